"""HCL: the language in which Terraform is written, as a tree whose parts know where they stand."""

from lawful.importers._hcl.parser import parse
from lawful.importers._hcl.syntax import (
    Attribute,
    Block,
    Body,
    Call,
    Choice,
    Comprehension,
    Expression,
    Items,
    Literal,
    Object,
    Operation,
    Template,
    Traversal,
)

__all__ = [
    "Attribute",
    "Block",
    "Body",
    "Call",
    "Choice",
    "Comprehension",
    "Expression",
    "Items",
    "Literal",
    "Object",
    "Operation",
    "Template",
    "Traversal",
    "parse",
]
