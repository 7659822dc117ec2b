"""Prose: the text of a rule as its file has it, in one line, for explanations."""

from __future__ import annotations

import re

from lawful_dsl.source import Source, Span

_CODE = re.compile(r"""(?:[^#"']|"[^"\n]*"|'[^'\n]*'|["'])*""")
#: Lines of a rule's block that say something of the rule and are no part of its condition.
_ABOUT = re.compile(r"(severity|because|cite|formerly|unwaivable|clause|in\s+place\s+of)\b")
_WITHIN_CLOSED = re.compile(r"(permit|admits)\b|\|")


def one_line(source: Source, span: Span, *, head: bool = False) -> str:
    """The text of a span without comments, line ends and what a rule says of itself.

    With `head` it ends where the permits of a closed block begin.
    """
    kept: list[str] = []
    skipped: int | None = None
    for number in range(span.line, span.end_line + 1):
        line = source.line(number)
        if number == span.end_line:
            line = line[: span.end_column - 1]
        margin = len(line) - len(line.lstrip())
        if number == span.line:
            line = line[span.column - 1 :]
        code = _CODE.findall(line)[0].strip()
        if not code or (skipped is not None and margin > skipped):
            continue
        skipped = None
        if kept and _ABOUT.match(code):
            skipped = margin
            continue
        if head and kept and _WITHIN_CLOSED.match(code):
            break
        kept.append(code)
    return re.sub(r"\s+", " ", " ".join(kept))
