"""The head of the picture, and its legend: what each shape, colour and line stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lawful.drawing import style
from lawful.drawing.labels import Line, stacked
from lawful.drawing.naming import Naming
from lawful.drawing.paths import Painted
from lawful.drawing.text import cut, markup, visible
from lawful.findings import Report, Verdict
from lawful.system.model import System

__all__ = ["head", "key"]

_LETTERS = 90
_MOST = 4
_BARE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'


def head(system: System, report: Report | None, painted: Painted, naming: Naming) -> str:
    """The name of the system, under what and when it was checked, and how that came out."""
    lines = [Line(cut(visible(system.label or system.name), _LETTERS), style.INK, 20, bold=True)]
    policies = report.policies if report is not None else system.policies
    date = report.date if report is not None else system.as_of
    about = " · ".join(text for text in (", ".join(policies), date) if text)
    if about:
        lines.append(Line(cut(visible(about), _LETTERS), style.QUIET, 11))
    if report is not None:
        lines.append(_outcome(report, naming))
    for finding in painted.nowhere[:_MOST]:
        broken = finding.verdict is Verdict.BROKEN
        text = f"{'×' if broken else '?'} {finding.rule} ({naming.word('nowhere')})"
        colour = style.BROKEN if broken else style.UNDETERMINED
        if finding.waiver:
            text, colour = f"{text}, {naming.word('waived')}", style.WAIVED
        lines.append(Line(cut(visible(text), _LETTERS), colour, 10))
    lines += [
        Line(cut(visible(notice.message), _LETTERS), style.QUIET, 10)
        for notice in system.notices[:_MOST]
    ]
    more = sum(max(0, len(of) - _MOST) for of in (painted.nowhere, system.notices))
    lines += [Line(text, style.QUIET, 10) for text in naming.more(more)]
    return stacked(lines, align="left")


def _outcome(report: Report, naming: Naming) -> Line:
    broken = sum(f.verdict is Verdict.BROKEN for f in report.findings)
    undetermined = sum(f.verdict is Verdict.UNDETERMINED for f in report.findings)
    if not report.exercised:
        return Line(naming.word("unexercised"), style.UNDETERMINED, 12, bold=True)
    if not broken + undetermined:
        return Line(naming.word("kept"), style.QUIET, 12, bold=True)
    text = naming.word("findings").format(broken=broken, undetermined=undetermined)
    colour = style.BROKEN if broken else style.UNDETERMINED
    if waived := sum(f.waiver is not None for f in report.findings):
        text = naming.word("of them waived").format(found=text, waived=waived)
        colour = style.WAIVED if waived == broken + undetermined else colour
    return Line(text, colour, 12, bold=True)


def key(
    environments: Mapping[tuple[str, ...], style.Fill], lines: Sequence[str], naming: Naming
) -> str:
    """The environments by colour and the lines by kind, those that occur."""
    rows = [
        _key_row(_swatch(fill), naming.joined(naming.term(name) for name in names))
        for names, fill in environments.items()
    ]
    rows += [_key_row(_sample(name), naming.word(name)) for name in lines]
    table = 'BORDER="0" CELLBORDER="0" CELLSPACING="3" CELLPADDING="1"'
    return f"<<TABLE {table}>{''.join(rows)}</TABLE>>" if rows else ""


def _key_row(sample: str, text: str) -> str:
    shown = f'<FONT COLOR="{style.INK}" POINT-SIZE="10">{markup(cut(visible(text), 40))}</FONT>'
    return f'<TR><TD ALIGN="center">{sample}</TD><TD ALIGN="left">{shown}</TD></TR>'


def _swatch(fill: style.Fill) -> str:
    """A frame and what it frames, as fills: Graphviz's JSON writer crashes on dashed cells."""
    inner = _cell(36, 12, fill.fill)
    return (
        f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="1" CELLPADDING="0" BGCOLOR="{fill.line}">'
        f"<TR>{inner}</TR></TABLE>"
    )


def _sample(line: str) -> str:
    """A stretch of the line, drawn of cells so that it needs no font."""
    colour, thick, dash, gap = {
        "flow": (style.LINE, 2, 38, 0),
        "access": (style.FAINT, 2, 2, 3),
        "broken path": (style.BROKEN, 3, 38, 0),
        "broken here": (style.BROKEN, 10, 38, 0),
        "undetermined": (style.UNDETERMINED_LINE, 3, 8, 6),
        "waived": (style.WAIVED_LINE, 3, 8, 6),
    }[line]
    cells, used = "", 0
    while used + dash <= 38:
        cells += _cell(dash, thick, colour)
        used += dash
        if gap and used + gap + dash <= 38:
            cells += _cell(gap, thick, "")
        used += gap
    return f"{_BARE}<TR>{cells}</TR></TABLE>"


def _cell(wide: int, high: int, colour: str) -> str:
    background = f' BGCOLOR="{colour}"' if colour else ""
    return f'<TD FIXEDSIZE="TRUE" WIDTH="{wide}" HEIGHT="{high}"{background}></TD>'
