"""From text to syntax tree. The only package that imports Lark."""

from lawful_dsl.parser.alike import parse_system
from lawful_dsl.parser.parse import Parsed, parse_flow, parse_law, read
from lawful_dsl.parser.tables import LANGUAGES, beginnings, keep_tables

__all__ = [
    "LANGUAGES",
    "Parsed",
    "beginnings",
    "keep_tables",
    "parse_flow",
    "parse_law",
    "parse_system",
    "read",
]
