"""The JSON form of a system: it says all that a `.flow` text can say, and nothing else."""

from lawful.system.document.decode import decode, validate
from lawful.system.document.encode import document, encode
from lawful.system.document.reading import parse
from lawful.system.document.schema import Document, schema
from lawful.system.document.tree import tree

__all__ = ["Document", "decode", "document", "encode", "parse", "schema", "tree", "validate"]
