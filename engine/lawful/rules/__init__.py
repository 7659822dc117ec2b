"""Rules: from the checked program to verdicts on events; semantics, sections 4 to 6."""
