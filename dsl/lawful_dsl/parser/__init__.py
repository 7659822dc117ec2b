"""From text to syntax tree. The only package that imports Lark."""

from lawful_dsl.parser.parse import Parsed, beginnings, parse_flow, parse_law, read

__all__ = ["Parsed", "beginnings", "parse_flow", "parse_law", "read"]
