"""Session: a system and its report, kept while the system or the rules are edited."""

from lawful.session.changed import Changed, changed
from lawful.session.edits import (
    DropFact,
    DropFlow,
    DropNode,
    Edit,
    Law,
    PutFact,
    PutFlow,
    PutNode,
    Whole,
)
from lawful.session.session import Session

__all__ = [
    "Changed",
    "DropFact",
    "DropFlow",
    "DropNode",
    "Edit",
    "Law",
    "PutFact",
    "PutFlow",
    "PutNode",
    "Session",
    "Whole",
    "changed",
]
