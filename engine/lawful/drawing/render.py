"""Rendering: DOT to bytes of a picture, by the `dot` on the path or else by the one that pygraphviz brings.

Nothing is printed. A picture that lacks an edge of its text is a failure, not a picture.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from math import sqrt
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from lawful.drawing import svg
from lawful.drawing.fonts import LATIN, find_fonts, missing_scripts
from lawful.drawing.layout import read_layout
from lawful.drawing.placing import place_labels
from lawful.drawing.programs import bundled, environment
from lawful.drawing.tokens import count_edges
from lawful.drawing.turning import turn, turn_back
from lawful_dsl.frozen import frozen

__all__ = ["FORMATS", "DrawingFailed", "Rendering", "render"]

FORMATS = ("svg", "png", "pdf", "dot")
#: Dots to the inch of a PNG, and how many dots it has at most: beyond, it is drawn smaller.
_DOTS = 144
_MOST_DOTS = 60_000_000
_FEW_DOTS = 72
_TIMED_OUT = "Graphviz did not finish the picture in {seconds:g} seconds"
_SMALLER = "draw a part of the system, or write the format `dot` and lay it out elsewhere"
_INSTALL = "install Graphviz (https://graphviz.org/download/), or `pip install pygraphviz`"
_UNPLACED = "the labels are where Graphviz put them, and may overlap"
_SMALL = "the picture is too large for a PNG that can be read: write `svg` or `pdf`"
_WARNING = re.compile("Warning: |.*too large for")
_NO_FORMAT = re.compile(r'Format: "[^"]*" not recognized')


class DrawingFailed(Exception):
    """The picture could not be drawn. The message says why, `help` what to do."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


class _TimedOut(DrawingFailed):
    """Graphviz took longer than it was given."""


@frozen
class Rendering:
    """A picture, and what its reader must know beside it."""

    content: bytes
    notices: tuple[str, ...] = ()


def render(dot_text: str, format: str, *, timeout: float = 120) -> Rendering:
    """The picture of DOT text in a format of `FORMATS`; `DrawingFailed` when there is none."""
    if format not in FORMATS:
        known = ", ".join(f"`{name}`" for name in FORMATS)
        raise DrawingFailed(f"`{format}` is no format of a picture", f"use one of {known}")
    if format == "dot":
        return Rendering(dot_text.encode("utf-8"))
    installed = which("dot")
    with TemporaryDirectory(prefix="lawful-") as folder:
        source = Path(folder, "picture.dot")
        source.write_bytes(dot_text.encode("utf-8", "replace"))
        drawing = _Drawing(Path(folder), installed, format, timeout)
        content, text, said, left = _draw(drawing, source, dot_text)
    notices = [
        *_font_notices(svg.texts(text), format, ours=installed is None),
        *left,
        *_warnings(said),
    ]
    return Rendering(content, tuple(dict.fromkeys(notices)))


@frozen
class _Drawing:
    """How one picture is drawn: where its files are, by which `dot`, to what, in what time."""

    folder: Path
    installed: str | None
    format: str
    timeout: float

    def run(self, engine: str, source: Path, outputs: Mapping[str, Path]) -> str:
        """Have a layout engine write files by format."""
        pairs = outputs.items()
        if self.installed is not None:
            written = [word for name, file in pairs for word in (f"-T{name}", "-o", str(file))]
            command = [self.installed, f"-K{engine}", *written, str(source)]
        else:
            files = [f"{name}={file}" for name, file in pairs]
            ours = bundled("layout", engine, str(source), *files)
            if ours is None:
                raise DrawingFailed("no Graphviz was found to draw the picture", _INSTALL)
            command = ours
        return _run(command, self.format, self.timeout)

    def draw(self, engine: str, source: Path, dot_text: str) -> tuple[bytes, str, str]:
        """The picture, the same as SVG, and what was said; every edge is in it."""
        drawn = self.folder / "picture.svg"
        files = {self.format: self.folder / f"picture.{self.format}", "svg": drawn}
        said = self.run(engine, source, files)
        text = _read(drawn, "svg", said).decode("utf-8")
        _count(dot_text, text)
        if self.format == "svg":
            return svg.clean(text).encode("utf-8"), text, said
        content = _read(files[self.format], self.format, said)
        return _undated(content) if self.format == "pdf" else content, text, said


def _draw(
    drawing: _Drawing, source: Path, dot_text: str
) -> tuple[bytes, str, str, tuple[str, ...]]:
    """Lay out, place the labels, draw; where that fails, draw it as Graphviz lays it out."""
    laid, ready = drawing.folder / "laid.dot", drawing.folder / "placed.dot"
    try:
        ready.write_bytes(turn(dot_text).encode("utf-8", "replace"))
        first = drawing.run("dot", ready, {"xdot": laid})
        text = place_labels(turn_back(_read(laid, "xdot", first).decode("utf-8")))
        text, left = _sharp(text) if drawing.format == "png" else (text, ())
        ready.write_bytes(text.encode("utf-8"))
        content, text, said = drawing.draw("nop2", ready, dot_text)
        return content, text, f"{first}\n{said}", left
    except _TimedOut:
        raise
    except (DrawingFailed, ValueError):
        content, text, said = drawing.draw("dot", source, dot_text)
        return content, text, said, (_UNPLACED,)


def _sharp(text: str) -> tuple[str, tuple[str, ...]]:
    """The laid out text with its dots to the inch, and whether they are too few to read."""
    frame = read_layout(text).frame
    inches = (frame.right - frame.left) * (frame.high - frame.low) / 72**2
    dots = min(_DOTS, int(sqrt(_MOST_DOTS / max(inches, 1))))
    sharp = text.replace("{", f"{{ graph [dpi={dots}];", 1)
    return sharp, (_SMALL,) if dots < _FEW_DOTS else ()


def _run(command: Sequence[str], format: str, timeout: float) -> str:
    """What the program said on its way to exit status 0."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _TimedOut(_TIMED_OUT.format(seconds=timeout), _SMALLER) from None
    except OSError as error:
        raise DrawingFailed(f"Graphviz could not be started: {error}", _INSTALL) from error
    said = done.stderr.decode("utf-8", "replace")
    if _NO_FORMAT.search(said):
        raise DrawingFailed(
            f"this Graphviz cannot write `{format}`",
            "write `svg`, which every Graphviz can, or " + _INSTALL,
        )
    if done.returncode:
        raise DrawingFailed(f"Graphviz failed ({_status(done.returncode)}){_last(said)}", _SMALLER)
    return said


def _status(code: int) -> str:
    return f"exit status {code}" if code > 0 else f"signal {-code}"


def _last(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip() and "Fontconfig" not in line]
    return f": {lines[-1].strip()}" if lines else ""


def _read(file: Path, format: str, said: str) -> bytes:
    content = file.read_bytes() if file.is_file() else b""
    if not content:
        raise DrawingFailed(f"Graphviz wrote no `{format}`{_last(said)}", "write `svg` instead")
    return content


def _count(dot_text: str, drawn: str) -> None:
    """Graphviz has been known to lose edges and to say so, if at all, in a warning."""
    expected, found = count_edges(dot_text), svg.count_edges(drawn)
    if expected != found:
        message = f"the picture has {found} edges where the system has {expected} flows"
        raise DrawingFailed(message, "write the format `dot`, and report this with the text")


def _font_notices(texts: Sequence[str], format: str, *, ours: bool) -> list[str]:
    """The scripts that could not be shown here, or of which nobody can tell."""
    coverage = find_fonts(ours=ours)
    scripts = missing_scripts(texts, LATIN if coverage is None else coverage)
    if coverage is None:
        said = "it could not be found out whether this machine has a font for {}"
    else:
        said = "this machine has no font for {}"
    if format == "svg":
        after = ": the text is in the SVG, measured by guess; a viewer that has a font shows it"
    else:
        after = ": its letters are not in the picture; write `svg`, or install a font for it"
    return [said.format(name) + after for name in scripts]


def _warnings(said: str) -> list[str]:
    """What Graphviz warned of the picture, each once."""
    lines = (line.strip() for line in said.splitlines())
    found = (line.removeprefix("Warning: ") for line in lines if _WARNING.match(line))
    return [f"Graphviz: {line}" for line in dict.fromkeys(found)]


def _undated(content: bytes) -> bytes:
    """The PDF without the time at which it was made; of the same length, so that its table holds."""
    return re.sub(rb"\(D:\d{14}", b"(D:19700101000000", content)
