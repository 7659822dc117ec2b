"""Fonts: which scripts of a text no font of this machine can show."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Iterable, Sequence
from shutil import which

from lawful.drawing.programs import bundled, environment
from lawful_dsl.frozen import frozen

__all__ = ["LATIN", "Coverage", "find_fonts", "missing_scripts", "parse_coverage"]

_SECONDS = 60
#: Characters that leave no mark by themselves, or that every renderer does without.
_UNMARKED = frozenset({"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"})


@frozen
class Coverage:
    """Ranges of code points, sorted, for which some font has a glyph."""

    ranges: tuple[tuple[int, int], ...]

    def has(self, character: str) -> bool:
        """Whether some font has it."""
        return any(first <= ord(character) <= last for first, last in self.ranges)


#: What is taken to be there where nothing can be found out.
LATIN = Coverage(((0x20, 0x24F), (0x2000, 0x206F), (0x2190, 0x2193)))


def parse_coverage(text: str) -> Coverage:
    """Fontconfig's character sets: `20-7e a0 ...`, those of all fonts together.

    >>> parse_coverage("61-63 65").has("e")
    True
    """
    found = set()
    for piece in text.split():
        first, _, last = piece.partition("-")
        found.add((int(first, 16), int(last or first, 16)))
    return Coverage(tuple(sorted(found)))


def find_fonts(*, ours: bool) -> Coverage | None:
    """What the fonts cover that the renderer sees; None when that cannot be found out.

    `ours` asks the fontconfig that came with the renderer, else the machine's.
    """
    listing = which("fc-list")
    machine = [listing, "--format", "%{charset}\n"] if listing else None
    for command in (bundled("fonts"), machine) if ours else (machine, bundled("fonts")):
        if command is None:
            continue
        text = _output(command)
        if text is not None:
            return parse_coverage(text)
    return None


def _output(command: Sequence[str]) -> str | None:
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, check=False, env=environment()
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("ascii", "replace") if done.returncode == 0 else None


def missing_scripts(texts: Iterable[str], coverage: Coverage) -> tuple[str, ...]:
    """The scripts, by their names in Unicode, of which a character has no font.

    >>> missing_scripts(["a", "ب"], parse_coverage("61"))
    ('Arabic',)
    """
    characters = {c for text in texts for c in text if unicodedata.category(c) not in _UNMARKED}
    return tuple(sorted({script(c) for c in characters if not coverage.has(c)}))


def script(character: str) -> str:
    """The script of a letter as Unicode names it, or `symbols`."""
    name = unicodedata.name(character, "")
    if unicodedata.category(character)[0] not in "LM" or not name:
        return "symbols"
    return name.split(" ", 1)[0].split("-", 1)[0].capitalize()
