"""Pages: what a document shows, as things that can be run: commands with their output, and files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^```(\S*)[ ]*(.*)$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what stands beside that (a file's name), its lines, where it begins."""

    language: str
    title: str
    lines: tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        """What is within."""
        return "".join(f"{line}\n" for line in self.lines)


@dataclass(frozen=True)
class Command:
    """A line that begins with `$ `, and what is shown under it (`...` for anything)."""

    words: str
    shown: tuple[str, ...]
    line: int


def blocks(page: Path) -> tuple[Block, ...]:
    """The fenced blocks of a page."""
    found: list[Block] = []
    inside: tuple[str, str, int] | None = None
    lines: list[str] = []
    for number, line in enumerate(page.read_text("utf-8").split("\n"), start=1):
        fence = _FENCE.match(line)
        if fence and inside is None:
            inside, lines = (fence[1], fence[2].strip(), number), []
        elif fence and inside is not None:
            found.append(Block(inside[0], inside[1], tuple(lines), inside[2]))
            inside = None
        elif inside is not None:
            lines.append(line)
    assert inside is None, f"{page} ends within a block"
    return tuple(found)


def commands(block: Block) -> tuple[Command, ...]:
    """The commands of a `console` block."""
    found: list[Command] = []
    for number, line in enumerate(block.lines, start=block.line + 1):
        if line.startswith("$ "):
            found.append(Command(line[2:], (), number))
        else:
            assert found, f"line {number}: a console block begins with a command"
            last = found[-1]
            found[-1] = Command(last.words, (*last.shown, line), last.line)
    return tuple(found)


def agrees(shown: tuple[str, ...], said: str) -> bool:
    """Whether an output is what is shown, where a line of `...` stands for any lines."""
    pattern = "\n".join(
        r"(?:.*\n)*?.*" if line.strip() == "..." else re.escape(line) for line in shown
    )
    return re.fullmatch(pattern, "\n".join(said.rstrip("\n").split("\n"))) is not None
