"""Behaviour: what an output emits of what arrives, line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from lawful.system.document.pointed import Pointed
from lawful_dsl.diagnostics import near

Labels = frozenset[str]
NO_LABELS: Labels = frozenset()
OPERATORS = frozenset({"TRUE", "FALSE", "!", "&&", "||"})


def plain(text: str) -> str:
    """A text as a name can hold it: on one line, without single quotes."""
    return re.sub(r"[\s\x00-\x1f]+", " ", text).strip().replace("'", "’")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a behaviour; `condition` is in postfix order, `pins` are the inputs it reads."""

    word: str
    labels: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    pins: Labels = NO_LABELS


@dataclass(frozen=True, slots=True)
class Output:
    """An output of a vertex, and the lines of its behaviour in their order."""

    id: str
    vertex: str
    lines: tuple[Line, ...]

    def value(self, label: str, pin: str, present: Labels) -> bool:
        """Whether what comes of a datum at an input has the label, if the datum has those present."""
        value = False
        for line in self.lines:
            if line.word == "forward":
                value |= pin in line.pins and label in present
            elif label in line.labels:
                seen = present if pin in line.pins else NO_LABELS
                value = line.word == "set" or (
                    line.word == "assign" and _holds(line.condition, seen)
                )
        return value

    def reads(self, label: str, pin: str) -> Labels:
        """The labels of a datum at an input on which the value of a label turns."""
        reads = NO_LABELS
        for line in self.lines:
            if line.word == "forward" and pin in line.pins:
                reads |= {label}
            elif label in line.labels:
                reads = frozenset(line.condition if pin in line.pins else ()) - OPERATORS
        return reads

    def mentioned(self) -> Labels:
        """The labels that it decides."""
        return frozenset(label for line in self.lines for label in line.labels)

    def forwards(self, pin: str) -> bool:
        """Whether the labels of a datum at an input go on, but for those that it decides."""
        return any(line.word == "forward" and pin in line.pins for line in self.lines)


_PRECEDENCE = {"||": 1, "&&": 2, "!": 3}
_ASSIGN = re.compile(r"assign\s+(?P<labels>\S.*?)\s+if\s+(?P<term>.+?)(?:\s+from\s+(?P<pins>.+))?")


def read_behaviour(
    port: Pointed, labels: Labels, arriving: Mapping[str, Set[str]]
) -> tuple[tuple[Line, ...], int]:
    """The lines of an output, and how many of the names in them are of no input.

    `arriving` are the names of the flows into each input of its vertex.
    """
    at = port.at("behavior")
    lines: list[Line] = []
    lost = 0
    for written in (line.strip() for line in port.text("behavior", "").split("\n")):
        word, _, rest = written.partition(" ")
        assigned = _ASSIGN.fullmatch(written)
        if not written:
            continue
        if word == "forward":
            found, lost_here = _pins(rest, arriving)
            lost += lost_here
            lines.append(Line("forward", pins=found))
        elif word in ("set", "unset"):
            lines.append(Line(word, labels_of(rest, labels, at)))
        elif assigned:
            found, lost_here = _pins(assigned["pins"] or "", arriving)
            lost += lost_here
            condition = _postfix(assigned["term"], labels, at)
            lines.append(
                Line("assign", labels_of(assigned["labels"], labels, at), condition, found)
            )
        else:
            at.reject(
                f"`{written}` is no line of a behaviour",
                "known are `forward FLOWS`, `set LABELS`, `unset LABELS` and"
                " `assign LABELS if CONDITION from FLOWS`",
            )
    return tuple(lines), lost


def _pins(names: str, arriving: Mapping[str, Set[str]]) -> tuple[Labels, int]:
    """The inputs that the names choose: `a|b` is one with flows of both names, with commas several."""
    found: set[str] = set()
    lost = 0
    for name in re.split(r",\s*", names.strip()):
        chosen = {pin for pin, flows in arriving.items() if flows >= set(name.split("|"))}
        lost += bool(name) and not chosen
        found |= chosen if name else set()
    return frozenset(found), lost


def labels_of(written: str, known: Labels, at: Pointed) -> tuple[str, ...]:
    """The labels of a list with commas, which must be known."""
    return tuple(_label(name.strip(), known, at) for name in written.split(",") if name.strip())


def _label(name: str, known: Labels, at: Pointed) -> str:
    name = plain(name)
    if name not in known:
        at.reject(f"there is no label `{name}`", near(name, known))
    return name


def _postfix(term: str, known: Labels, at: Pointed) -> tuple[str, ...]:
    """A condition in postfix order."""
    out: list[str] = []
    waiting: list[str] = []
    operand = True  # whether one is expected
    for token in re.findall(r"&&|\|\||[!()]|[^\s!()&|]+|[&|]", term):
        if token not in (")", "&&", "||"):
            fits, operand = operand, token in ("!", "(")
        else:
            fits, operand = not operand, token != ")"
        if not fits:
            at.reject(f"the condition `{term}` cannot be read at `{token}`")
        if token in ("!", "("):
            waiting.append(token)
        elif token == ")" or token in _PRECEDENCE:
            lowest = _PRECEDENCE.get(token, 0)
            while waiting and _PRECEDENCE.get(waiting[-1], -1) >= lowest:
                out.append(waiting.pop())
            if token != ")":
                waiting.append(token)
            elif not waiting:
                at.reject(f"the condition `{term}` closes a parenthesis that none opens")
            else:
                waiting.pop()
        else:
            out.append(token if token in OPERATORS else _label(token, known, at))
    if operand or "(" in waiting:
        at.reject(f"the condition `{term}` ends too early")
    return (*out, *reversed(waiting))


def _holds(condition: tuple[str, ...], present: Labels) -> bool:
    stack: list[bool] = []
    for token in condition:
        match token:
            case "!":
                stack.append(not stack.pop())
            case "&&" | "||":
                right, left = stack.pop(), stack.pop()
                stack.append((left and right) if token == "&&" else (left or right))
            case _:
                stack.append(token == "TRUE" or token in present)
    return stack.pop()
