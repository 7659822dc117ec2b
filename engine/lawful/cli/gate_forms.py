"""The forms in which a gate is told, by their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lawful.analysis.gate import Gate
from lawful.analysis.record import known
from lawful.cli import gate_document, gate_github, gate_markdown, gate_text
from lawful.cli.terminal import USUAL
from lawful.wording import Wording

#: What a gate is, why it does not pass, and in which words, as a text.
Render = Callable[[Gate, Sequence[str], Wording], str]


def _text(gate: Gate, why: Sequence[str], wording: Wording) -> str:
    return gate_text.render(gate, why, width=USUAL, colour=False, wording=wording)


def _json(gate: Gate, why: Sequence[str], wording: Wording) -> str:
    return gate_document.render(gate, why, [known(each) for each in gate.known], wording)


FORMS: dict[str, Render] = {
    "text": _text,
    "json": _json,
    "github": gate_github.render,
    "markdown": gate_markdown.render,
}
