"""Kubernetes: what becomes of objects, whichever files tell of them."""
