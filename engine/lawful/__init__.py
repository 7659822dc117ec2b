"""Lawful: check that a system's data flows keep what its privacy policies promise."""

__all__ = ["__version__"]

__version__ = "0.1.0"
