"""Labels: HTML-like labels of flows, nodes, parties and of the whole picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lawful.drawing import style
from lawful.drawing.naming import Naming
from lawful.drawing.paths import Trace
from lawful.drawing.text import cut, markup, packed, visible, wrapped
from lawful.system.model import Flow, Node, Party, Subject, System
from lawful_dsl.frozen import frozen

__all__ = ["Block", "Line", "flow_label", "node_label", "party_label", "stacked"]


@frozen
class Line:
    """One line of a label."""

    text: str
    colour: str = style.INK
    size: int = 10
    bold: bool = False
    italic: bool = False


@frozen
class Block:
    """Lines of a label that stand on one plate of a colour."""

    lines: tuple[Line, ...]
    plate: str


def stacked(pieces: Iterable[Line | Block], *, plate: str = "", align: str = "center") -> str:
    """The pieces as one label, one below the other, on a plate of a colour; empty of none."""
    table = _table(pieces, plate, align)
    return f"<{table}>" if table else ""


def _table(pieces: Iterable[Line | Block], plate: str, align: str) -> str:
    rows = "".join(
        f'<TR><TD CELLPADDING="2">{_table(piece.lines, piece.plate, align)}</TD></TR>'
        if isinstance(piece, Block)
        else _row(piece, align)
        for piece in pieces
    )
    if not rows:
        return ""
    background = f' BGCOLOR="{plate}" STYLE="rounded"' if plate else ""
    padding = 4 if plate not in ("", style.PLATE) else 1
    measures = f'BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="{padding}"'
    return f"<TABLE {measures}{background}>{rows}</TABLE>"


def _row(line: Line, align: str) -> str:
    text = markup(line.text)
    if not text:
        return ""
    if line.bold:
        text = f"<B>{text}</B>"
    if line.italic:
        text = f"<I>{text}</I>"
    font = f'COLOR="{line.colour}" POINT-SIZE="{line.size}"'
    return f'<TR><TD ALIGN="{align}"><FONT {font}>{text}</FONT></TD></TR>'


def flow_label(flow: Flow, traces: Sequence[Trace], naming: Naming) -> str:
    """What a flow carries and for what, then what goes wrong on it; empty when there is nothing to say."""
    lines: list[Line | Block] = []
    plain = flow.kind == "flow"
    if plain:
        silent = flow.carries is None and not flow.placing
        lines += _listed(naming.data(flow), Line("", style.INK, 10, italic=silent), naming)
    if flow.changes:
        lines += _listed(naming.changes(flow), Line("", style.QUIET, 9, bold=True), naming)
    if plain or flow.kind == "access":
        lines += _listed(naming.purposes(flow), Line("", style.QUIET, 9, italic=True), naming)
    lines += _traced(traces, naming)
    return stacked(lines, plate=style.PLATE)


def _traced(traces: Sequence[Trace], naming: Naming) -> list[Line | Block]:
    """The data and the rule of each trace, the worst first, and how many more there are."""
    pieces: list[Line | Block] = []
    for trace in traces[: style.FINDINGS]:
        colour = _colour(trace)
        ink = "#ffffff" if trace.here else colour
        data = naming.short([naming.category(c) for c in trace.categories], style.TERMS)
        data[0] = f"{'×' if trace.broken else '?'} {data[0]}"
        lines = _listed(data, Line("", ink, 10, bold=True), naming)
        lines += [Line(text, ink, 9) for text in wrapped(trace.rule, style.FLOW_LETTERS + 6)]
        if trace.waived:
            lines.append(Line(naming.word("waived"), ink, 9, italic=True))
        pieces += [Block(tuple(lines), colour)] if trace.here else lines
    more = traces[style.FINDINGS :]
    colour = _colour(more[0]) if more else style.QUIET
    pieces += [Line(text, colour, 9, bold=True) for text in naming.more(len(more))]
    return pieces


def _colour(trace: Trace) -> str:
    if trace.waived:
        return style.WAIVED
    return style.BROKEN if trace.broken else style.UNDETERMINED


def _listed(items: Sequence[str], like: Line, naming: Naming) -> list[Line]:
    lines = packed(items, naming.word("comma"), style.FLOW_LETTERS)
    return [replace(like, text=text) for text in lines]


def _details(items: Sequence[str], most: int) -> list[Line]:
    return [Line(text, style.QUIET, 9) for text in packed(items, " · ", most)]


def node_label(node: Node, system: System, traces: Sequence[Trace], naming: Naming) -> str:
    """The name of a node, where and in which environment it is, and what goes wrong at it."""
    party, subject = system.parties.get(node.id), system.subjects.get(node.subject)
    name = node.label or (party.label if party else "") or (subject.label if subject else "")
    pieces = wrapped(name or node.id.replace("_", " "), style.NODE_LETTERS) or (node.id,)
    lines = [Line(piece, style.INK, 11, bold=True) for piece in pieces]
    details = _subject_details(subject, naming) if subject else _node_details(node, system, naming)
    lines += _details(details, style.NODE_LETTERS)
    return stacked([*lines, *_traced(traces, naming)])


def _node_details(node: Node, system: System, naming: Naming) -> list[str]:
    details = [naming.term(name) for name in node.environments.values]
    owner = system.parties.get(node.owner)
    if node.places.values and (owner is None or owner.places.values != node.places.values):
        details.append(_places(node.places.values, naming))
    return details


def _subject_details(subject: Subject, naming: Naming) -> list[str]:
    details = []
    if subject.kind not in (subject.id, ""):
        details.append(naming.term(subject.kind))
    if subject.of:
        details.append(naming.word("of").format(subject=subject.of.replace("_", " ")))
    if subject.age is not None:
        details.append(naming.word("age").format(years=subject.age))
    if subject.residences.values:
        details.append(_places(subject.residences.values, naming))
    return details


def _places(names: Sequence[str], naming: Naming) -> str:
    return naming.joined(naming.short([naming.term(name) for name in names], style.TERMS))


def party_label(party: Party, naming: Naming, *, named: bool) -> str:
    """The name of a party, unless its one node says it already, its role and kind, its places."""
    lines = []
    if named:
        name = visible(party.label or party.id.replace("_", " "))
        lines.append(Line(cut(name, 2 * style.NODE_LETTERS), style.INK, 12, bold=True))
    said = dict.fromkeys(naming.form(role.role) for role in party.roles)
    said |= dict.fromkeys(naming.term(kind) for kind in party.kinds.values)
    lines += _details(list(said)[: style.TERMS], 2 * style.NODE_LETTERS)
    lines += _details([_places(party.places.values, naming)], 2 * style.NODE_LETTERS)
    return stacked(lines, align="left")
