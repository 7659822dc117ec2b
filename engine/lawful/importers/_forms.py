"""Forms: whether a text may be data in JSON or YAML, and no page, program or schema that shows some.

Documentation quotes models, and tests have them in strings; neither is one.
"""

from __future__ import annotations

import re

from lawful_dsl.source import Source

#: A value, perhaps after some lines that a program printed before it, which no text of a program begins.
_JSON = re.compile(r"(?:(?![ \t]*(?:```|~~~|#|<|---))[^\n{\[]*(?<![\"'`(=,>])\n){0,20}?[ \t]*[{\[]")
_SCHEMA = re.compile(r'"\$schema"\s*:\s*"https?://json-schema\.org/|"\$id"\s*:\s*"[^"\s]*schema')
#: So far into a text it is told of which schema it is.
_HEAD = 2000
_BLANK = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
_YAML = re.compile(
    r"---(?:\s|$)|%YAML|[{\[]|-\s|[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'`#:][^\n\"'`#:()]*):(?:\s|$)"
)
_FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)


def may_be_json(source: Source) -> bool:
    """Whether a text may be a value of JSON, or has some lines before one."""
    return bool(_JSON.match(source.text))


def is_schema(source: Source) -> bool:
    """Whether a text of JSON says that it is a schema, which describes models and is none."""
    return bool(_SCHEMA.search(source.text[:_HEAD]))


def may_be_yaml(source: Source) -> bool:
    """Whether a text may be YAML: it begins with a key, an item or a document, and has no fences of a page."""
    begins = _BLANK.match(source.text)
    begun = _YAML.match(source.text, begins.end() if begins else 0)
    return begun is not None and not _FENCE.search(source.text)
