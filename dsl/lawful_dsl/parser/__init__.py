"""From text to syntax tree. The only package that imports Lark."""

from lawful_dsl.parser.parse import Parsed, parse_flow, parse_law, read

__all__ = ["Parsed", "parse_flow", "parse_law", "read"]
