"""Terraform: what becomes of resources and their configuration, whichever files tell of them."""
