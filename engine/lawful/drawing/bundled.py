"""The Graphviz that pygraphviz brings along, run by `render` as a program of its own.

A crash of the C library ends that program and not the caller's, and what the library prints goes
where the caller can read it: `python -m lawful.drawing.bundled layout dot FILE.dot svg=OUT png=OUT`,
or `... fonts`, which prints the characters of each font as fontconfig's ranges.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit status is 0 when all of it was done."""
    if arguments[:1] == ["fonts"]:
        sys.stdout.write("\n".join(_charsets()))
        return 0
    engine, source, *outputs = arguments[1:]
    pairs = [output.split("=", 1) for output in outputs]
    return _lay_out(engine, Path(source), [(name, Path(file)) for name, file in pairs])


def _lay_out(engine: str, source: Path, outputs: list[tuple[str, Path]]) -> int:
    from pygraphviz import AGraph
    from pygraphviz import graphviz as gv

    graph = AGraph(string=source.read_text(encoding="utf-8"))
    context = gv.gvContextWithBuiltins()
    if gv.gvLayout(context, graph.handle, engine.encode()):
        sys.stderr.write("Error: the layout failed\n")
        return 1
    for name, file in outputs:
        if gv.gvRenderFilename(context, graph.handle, name.encode(), str(file).encode()):
            sys.stderr.write(f"Error: `{name}` was not written\n")
            return 1
    return 0


def _charsets() -> Iterator[str]:
    import pygraphviz

    beside = Path(pygraphviz.__file__).parent.parent / "pygraphviz.libs"
    for file in sorted(beside.glob("libfontconfig*")):
        yield from _list_charsets(ctypes.CDLL(str(file)))
        return


class _FontSet(ctypes.Structure):
    _fields_ = (
        ("count", ctypes.c_int),
        ("room", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    )


def _list_charsets(fontconfig: ctypes.CDLL) -> Iterator[str]:
    for name in ("FcPatternCreate", "FcObjectSetCreate", "FcPatternFormat", "FcFontList"):
        getattr(fontconfig, name).restype = ctypes.c_void_p
    fontconfig.FcFontList.restype = ctypes.POINTER(_FontSet)
    fontconfig.FcFontList.argtypes = [ctypes.c_void_p] * 3
    fontconfig.FcObjectSetAdd.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    fontconfig.FcPatternFormat.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    wanted = fontconfig.FcObjectSetCreate()
    fontconfig.FcObjectSetAdd(wanted, b"charset")
    found = fontconfig.FcFontList(None, fontconfig.FcPatternCreate(), wanted)
    if not found:
        return
    for number in range(found.contents.count):
        said = fontconfig.FcPatternFormat(found.contents.fonts[number], b"%{charset}")
        if said:
            yield ctypes.string_at(said).decode("ascii")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
