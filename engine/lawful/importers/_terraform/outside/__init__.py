"""Outside: who else gets data, by policies, roles, lists and groups, and where anyone may come."""
