"""The gate as Markdown: for a comment on a pull request, and for the summary of a job.

Whether it passes, why not and with what, then each cause of new findings in a row, then all of it as the text
tells it, folded away. It is never longer than a comment may be.
"""

from __future__ import annotations

from collections.abc import Sequence

from lawful.analysis.gate import Gate, New, causes
from lawful.analysis.passing import Terms, allowances, failures
from lawful.cli.gate_forms import text
from lawful.marking import block, clipped, code, words
from lawful.prose import count, happening, position
from lawful.reporters.markdown import LIMIT, MARK
from lawful.wording import ENGLISH, Wording

#: The longest line or cell, before its escapes.
_LONGEST = 400
#: So many causes have a row, and so many characters the text.
_MOST_ROWS = 40
_MOST_TEXT = 24_000
_TABLE = "\n| Severity | Rule | New | Where |\n| --- | --- | --- | --- |\n"


__all__ = ["render"]


def render(
    gate: Gate, terms: Terms, *, width: int = 80, colour: bool = False, wording: Wording = ENGLISH
) -> str:
    """The comment."""
    head = f"{MARK}\n### {_short(text.headline(gate, terms).plain)}\n\n"
    told = (*failures(gate, terms)[:_MOST_ROWS], *allowances(gate, terms))
    head += "".join(f"- {_short(each)}\n" for each in told)
    groups = causes(gate.new)
    rows = [_row(group, wording) for group in groups[:_MOST_ROWS]]
    whole = text.render(gate, terms, width=78, wording=wording)
    shown = whole[:_MOST_TEXT]
    if len(shown) < len(whole):
        shown = shown[: shown.rfind("\n")] + "\n..."
    folded = f"\n<details><summary>All of it</summary>\n\n{block(shown)}\n</details>\n"
    room = LIMIT - len(head) - len(folded) - len(_TABLE) - _LONGEST
    kept: list[str] = []
    for row in rows:
        room -= len(row)
        if room < 0:
            break
        kept.append(row)
    left = len(groups) - len(kept)
    more = f"\nand {count(left, 'cause')} more\n" if left else ""
    return head + (_TABLE + "".join(kept) + more if groups else "") + folded


def _row(group: Sequence[New], wording: Wording) -> str:
    finding = group[0].finding
    clauses = f" ({words(', '.join(finding.clauses))})" if finding.clauses else ""
    message = _short(finding.message(wording.language))
    about = code(clipped(happening(finding, wording), _LONGEST))
    others = f"<br>and {len(group) - 1} more of this cause" if len(group) > 1 else ""
    waived = ", waived" if finding.waiver else ""
    cells = (
        f"{finding.severity}, {finding.verdict}{waived}",
        code(finding.rule) + clauses,
        f"{message}<br>{about}{others}",
        code(position(finding.place)),
    )
    return f"| {' | '.join(cells)} |\n"


def _short(said: str) -> str:
    return words(clipped(" ".join(said.split()), _LONGEST))
