"""Reports in which every name and every sentence is one that means something to whoever reads the report."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import Any

from lawful.findings import Report
from lawful_dsl.source import Span

#: What is not of the user's, or cannot be anything else.
_OURS = {"kind", "form", "severity", "date", "span", "pointer"}

NAMES = {
    "a new line": "a\nb\r\nc",
    "a command": "a\n::error file=x::y",
    "an older command": "##[add-mask]a",
    "an escaped command": "%0A::warning::a%25",
    "a property": "a,line=1,title=b:c::d",
    "a cell": "a | b \\| c \\\\| d",
    "a tag": "<script>alert(1)</script></details><!-- a",
    "an entity": "&lt;b&gt;&#64;",
    "an end of data": "]]><a>",
    "a direction": "a\u202eb\u2066c",
    "a fence": "`a` ```\n```` b",
    "a mention": "@everyone #1 owner/repo#2",
    "a link": "[a](http://b.example) ![c](d) https://e.example www.f.example",
    "emphasis": "*a* _b_ ~~c~~ $d$",
    "a placeholder": "{0} {{1}} \\[a](1)",
    "nothing that can be seen": "\x00\x1b[31m\u2028\u0085\ufffe",
}


def named(report: Report, name: str) -> Report:
    """The report with a name in each text of the user's that it has."""
    changed = _named(report, name)
    assert isinstance(changed, Report)
    return changed


def _named(value: Any, name: str) -> Any:
    if isinstance(value, Enum | Span):
        return value
    if isinstance(value, str):
        return f"{value}{name}"
    if isinstance(value, tuple):
        return tuple(_named(each, name) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {
            f.name: _named(getattr(value, f.name), name)
            for f in dataclasses.fields(value)
            if f.name not in _OURS
        }
        return dataclasses.replace(value, **changes)
    return value
