"""Analysis: what can be done about findings, and what can be said of policies."""
