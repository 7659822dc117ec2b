"""The subcommands, one file each: a module's name is the command's, its `command` is the command."""
