"""Propagation: which data come to which node, and on which flow; semantics, section 3."""

from lawful.propagation.propagate import Propagation, propagate

__all__ = ["Propagation", "propagate"]
