"""Behaviour: what an output emits of what arrives, line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from lawful.importers._words import plain
from lawful.system.document.pointed import Pointed
from lawful_dsl.diagnostics import near
from lawful_dsl.frozen import frozen

Labels = frozenset[str]
NO_LABELS: Labels = frozenset()


@frozen
class Read:
    """A label that a condition reads: at one of some inputs, or at all that its line is about."""

    label: str
    pins: Labels | None = None


#: A condition in postfix order: labels, and `TRUE`, `FALSE`, `!`, `&&`, `||`.
Condition = tuple[Read | str, ...]


@frozen
class Line:
    """One line of a behaviour; `pins` are the inputs it reads."""

    word: str
    labels: tuple[str, ...] = ()
    condition: Condition = ()
    pins: Labels = NO_LABELS


@frozen
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
                    line.word == "assign" and _holds(line.condition, pin, seen)
                )
        return value

    def reads(self, label: str, pin: str) -> Labels:
        """The labels of a datum at an input on which the value of a label turns."""
        reads = NO_LABELS
        for line in self.lines:
            if line.word == "forward" and pin in line.pins:
                reads |= {label}
            elif label in line.labels:
                read = line.condition if pin in line.pins else ()
                reads = frozenset(
                    each.label
                    for each in read
                    if isinstance(each, Read) and (each.pins is None or pin in each.pins)
                )
        return reads

    def joins(self) -> bool:
        """Whether a condition reads several inputs at once."""
        return any(
            len(line.pins) > 1 and any(isinstance(each, Read) for each in line.condition)
            for line in self.lines
        )

    def mentioned(self) -> Labels:
        """The labels that it decides."""
        return frozenset(label for line in self.lines for label in line.labels)

    def forwards(self, pin: str) -> bool:
        """Whether the labels of a datum at an input go on, but for those that it decides."""
        return any(line.word == "forward" and pin in line.pins for line in self.lines)


_TERM = "a condition is labels with `&&`, `||`, `!` and parentheses between them"
_PRECEDENCE = {"||": 1, "&&": 2, "!": 3}
#: The lines, and how older versions of the editor wrote the same.
_SAID = {
    "forward": re.compile(r"forward(?:\s+(?P<pins>.*))?|Forwarding\(\{(?P<old>.*)\}\)"),
    "assign": re.compile(
        r"assign\s+(?P<labels>\S.*?)\s+if\s+(?P<term>.+?)(?:\s+from\s+(?P<pins>.+))?"
        r"|Assignment\(\{(?P<old_pins>.*)\}\s*;(?P<old_term>.+);\s*\{(?P<old_labels>.*)\}\s*\)"
        r"|set\s+(?P<first_labels>\S.*?)\s*=(?P<first_term>[^=]+)"
    ),
    "set": re.compile(r"set(?:\s+(?P<labels>.*))?"),
    "unset": re.compile(r"unset(?:\s+(?P<labels>.*))?"),
}
_COMMENT = re.compile(r"(?:#|//).*")
_TOKEN = re.compile(r"&&|\|\||[!()]|(?:[^\s!()&|]|&(?!&)|\|(?!\|))+")


@dataclass
class _Reading:
    """The behaviour of one output: its place, the labels that there are, the flows into each input."""

    at: Pointed
    labels: Labels
    arriving: Mapping[str, Set[str]]
    lost: int = 0

    def line(self, written: str) -> Line:
        """One line of it."""
        for word, pattern in _SAID.items():
            found = pattern.fullmatch(written)
            said = {
                key: value for key, value in (found.groupdict() if found else {}).items() if value
            }
            if found is None:
                continue
            if word == "forward":
                return Line("forward", pins=self.pins(" ".join(said.values())))
            if word == "assign":
                return self.assignment(said)
            return Line(word, labels_of(said.get("labels", ""), self.labels, self.at))
        return self.at.reject(
            f"`{written}` is no line of a behaviour",
            "known are `forward FLOWS`, `set LABELS`, `unset LABELS` and"
            " `assign LABELS if CONDITION from FLOWS`",
        )

    def assignment(self, said: Mapping[str, str]) -> Line:
        """A line with a condition; the first version read whatever inputs its condition names."""
        by_part = {key.rpartition("_")[2]: value for key, value in said.items()}
        condition = self.postfix(by_part["term"])
        pins = self.pins(by_part.get("pins", ""))
        if "first_term" in said:
            named = [each.pins for each in condition if isinstance(each, Read) and each.pins]
            pins = NO_LABELS.union(*named) if named else frozenset(self.arriving)
        labels = labels_of(by_part.get("labels", ""), self.labels, self.at)
        return Line("assign", labels, condition, pins)

    def pins(self, names: str) -> Labels:
        """The inputs that the names choose: `a|b` is one with flows of both names, with commas several."""
        found: set[str] = set()
        for name in re.split(r",\s*", names.strip()):
            chosen = self.chosen(name)
            self.lost += bool(name) and not chosen
            found |= chosen if name else set()
        return frozenset(found)

    def chosen(self, name: str) -> set[str]:
        """The inputs that have flows of all the names."""
        return {pin for pin, flows in self.arriving.items() if flows >= set(name.split("|"))}

    def operand(self, token: str) -> Read | str:
        """A label, or a label at an input that is named before it."""
        if token in ("TRUE", "FALSE"):
            return token
        name, dot, label = token.partition(".")
        if token not in self.labels and dot and plain(label) in self.labels:
            chosen = self.chosen(name)
            self.lost += not chosen
            return Read(plain(label), frozenset(chosen))
        return Read(_label(token, self.labels, self.at))

    def postfix(self, term: str) -> Condition:
        """A condition in postfix order."""
        out: list[Read | str] = []
        waiting: list[str] = []
        operand = True  # whether one is expected
        for token in _TOKEN.findall(term):
            if token not in (")", "&&", "||"):
                fits, operand = operand, token in ("!", "(")
            else:
                fits, operand = not operand, token != ")"
            if not fits:
                self.at.reject(f"the condition `{term}` cannot be read at `{token}`", _TERM)
            if token in ("!", "("):
                waiting.append(token)
            elif token == ")" or token in _PRECEDENCE:
                lowest = _PRECEDENCE.get(token, 0)
                while waiting and _PRECEDENCE.get(waiting[-1], -1) >= lowest:
                    out.append(waiting.pop())
                if token != ")":
                    waiting.append(token)
                elif not waiting:
                    self.at.reject(
                        f"the condition `{term}` closes a parenthesis that none opens", _TERM
                    )
                else:
                    waiting.pop()
            else:
                out.append(self.operand(token))
        if operand or "(" in waiting:
            self.at.reject(f"the condition `{term}` ends too early", _TERM)
        return (*out, *reversed(waiting))


def read_behaviour(
    port: Pointed, labels: Labels, arriving: Mapping[str, Set[str]]
) -> tuple[tuple[Line, ...], int]:
    """The lines of an output, and how many of the names in them are of no input.

    `arriving` are the names of the flows into each input of its vertex.
    """
    reading = _Reading(port.at("behavior"), labels, arriving)
    written = (line.strip() for line in port.text("behavior", "").splitlines())
    lines = tuple(reading.line(line) for line in written if line and not _COMMENT.fullmatch(line))
    return lines, reading.lost


def labels_of(written: str, known: Labels, at: Pointed) -> tuple[str, ...]:
    """The labels of a list with commas, which must be known."""
    return tuple(_label(name.strip(), known, at) for name in written.split(",") if name.strip())


def _label(name: str, known: Labels, at: Pointed) -> str:
    name = plain(name)
    if name not in known:
        at.reject(
            f"there is no label `{name}`",
            near(name, known) or "name one of `labelTypes`, as `TYPE.VALUE`",
        )
    return name


def _holds(condition: Condition, pin: str, present: Labels) -> bool:
    """Whether a condition holds of a datum at an input with the labels present."""
    stack: list[bool] = []
    for token in condition:
        match token:
            case Read(label, pins):
                stack.append(label in present and (pins is None or pin in pins))
            case "!":
                stack.append(not stack.pop())
            case "&&" | "||":
                right, left = stack.pop(), stack.pop()
                stack.append((left and right) if token == "&&" else (left or right))
            case _:
                stack.append(token == "TRUE")
    return stack.pop()
