"""Interpolation: variables in the values of Compose, and files of variables."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lawful.importers._hosts import UNKNOWN
from lawful.importers._written import Yaml
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.source import NOWHERE, Source, Span

Values = Mapping[str, str]
_VARIABLE = re.compile(r"\$(?:(?P<escaped>\$)|(?P<bare>[A-Za-z_]\w*)|(?P<open>\{))")
_BRACED = re.compile(r"(?P<name>[A-Za-z_]\w*)(?P<operator>:?[-?+])?")
_LINE = re.compile(
    r"\s*(?:export\s+)?(?P<name>[A-Za-z_][\w.-]*)\s*(?:(?P<sign>[=:])\s*(?P<value>.*))?"
)
_DEEPEST = 20
#: So many characters may come of the variables of one file.
MOST = 20_000_000


@dataclass
class Variables:
    """The values of variables; `missing` are those that were asked for and have none.

    `behind` are, by where they stand, the texts of which nothing is known but the name of their variable,
    or of which nothing is left as it has no value.
    """

    values: Values
    missing: set[str] = field(default_factory=set)
    behind: dict[Span, str] = field(default_factory=dict)
    left: int = MOST
    asked: list[str] = field(default_factory=list)

    def within(self, value: Yaml) -> Yaml:
        """A value with all variables in it replaced; keys stay as they are."""
        if isinstance(value.value, str):
            return self.scalar(value, value.value) if "$" in value.value else value
        if isinstance(value.value, tuple):
            return replace(value, value=tuple(self.within(each) for each in value.value))
        if isinstance(value.value, Mapping):
            return replace(value, value={key: self.within(v) for key, v in value.value.items()})
        return value

    def scalar(self, value: Yaml, text: str) -> Yaml:
        """A text with its variables replaced, and what is behind it where that is not known."""
        self.asked.clear()
        done = self.text(text)
        _, sign, listed = done.partition("=")  # of an item of a list, what is after its key
        if self.asked and {done, listed if sign else done} & {UNKNOWN, ""}:
            self.behind[value.span] = self.asked[-1]
        return replace(value, value=done)

    def text(self, text: str, depth: int = 0) -> str:
        """A text with its variables replaced; what has no value is unknown."""
        done, at = [], 0
        while found := _VARIABLE.search(text, at):
            done.append(text[at : found.start()])
            at = found.end()
            if found["escaped"]:
                done.append("$")
            elif found["bare"]:
                done.append(self.value(found["bare"]))
            else:
                inner, at = _closed(text, at)
                done.append(self.braced(inner, depth))
        whole = "".join([*done, text[at:]])
        self.left -= len(whole)
        if self.left < 0:
            raise Rejected(
                [Diagnostic("the variables unfold to too much", NOWHERE, "shorten them")]
            )
        return whole

    def braced(self, inner: str, depth: int) -> str:
        """What `${NAME}`, or `${NAME:-otherwise}` with its operator, stands for."""
        found = _BRACED.match(inner)
        if (
            found is None
            or depth > _DEEPEST
            or (not found["operator"] and found.end() < len(inner))
        ):
            self.missing.add(inner)
            return UNKNOWN
        name, operator, other = found["name"], found["operator"] or "", inner[found.end() :]
        value = self.values.get(name)
        if value is None:
            self.asked.append(name)
        given = value is not None and (value != "" or ":" not in operator)
        if operator.endswith("+"):
            return self.text(other, depth + 1) if given else ""
        if operator.endswith("-") and not given:
            return self.text(other, depth + 1)
        return self.value(name)

    def value(self, name: str) -> str:
        """The value of a variable."""
        if name not in self.values:
            self.missing.add(name)
            self.asked.append(name)
        return self.values.get(name, UNKNOWN)


def _closed(text: str, start: int) -> tuple[str, int]:
    """What stands up to the brace that closes, and where it goes on after that."""
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if not depth:
            return text[start:at], at + 1
    return text[start:], len(text)


def read_env(source: Source, outer: Values, *, silent: str | None = None) -> dict[str, str]:
    """The variables of a file of them; those before a line may be used in it, and the outer ones win.

    Those that are named alone, and have no value outside, are `silent`, or left out.
    """
    values: dict[str, str] = {}
    variables = Variables(ChainMap(dict(outer), values))
    for line in source.lines:
        found = _LINE.fullmatch(line)
        if found is None or line.lstrip().startswith("#"):
            continue
        if not found["sign"]:
            value = outer.get(found["name"], silent)
            if value is not None:
                values[found["name"]] = value
            continue
        values[found["name"]] = _unquoted(found["value"], variables)
    return values


def _unquoted(written: str, variables: Variables) -> str:
    """A value without its quotes and remark; between single quotes no variable is replaced."""
    for quote in ("'", '"'):
        closing = written.find(quote, 1)
        if written.startswith(quote) and closing > 0:
            inner = written[1:closing]
            return inner if quote == "'" else variables.text(inner)
    return variables.text(re.split(r"\s+#", written, maxsplit=1)[0].strip())
