"""The targets need Atheris, which the tests do without."""

collect_ignore_glob = ["targets/*"]
