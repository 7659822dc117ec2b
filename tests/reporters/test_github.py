"""The commands of a workflow: annotations that nothing in a name can turn into something else."""

from __future__ import annotations

import dataclasses
import re

import pytest

from lawful.findings import Report
from lawful.reporters.github import render
from lawful_dsl.diagnostics import shown
from lawful_dsl.source import Span
from tests.reporters.hostile import NAMES, named

_COMMAND = re.compile(r"^::(\w+) (.*?)::(.*)$")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands as a runner reads them: kind, properties, message."""
    found = []
    for line in text.split("\n"):
        if match := _COMMAND.match(line):
            given = dict(part.split("=", 1) for part in match[2].split(","))
            found.append(
                (match[1], {k: unescaped(v) for k, v in given.items()}, unescaped(match[3]))
            )
    return found


def unescaped(text: str) -> str:
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text


def test_a_broken_finding_is_an_error_at_its_line(shop: Report) -> None:
    kind, given, message = commands(render([shop]))[0]
    assert (kind, given) == (
        "error",
        {
            "file": "shop_policy.law",
            "line": "40",
            "col": "1",
            "title": "broken: shop_policy no_cards_in_development (SP-12, SP-13)",
        },
    )
    assert message.startswith("broken  critical  shop_policy  no_cards_in_development\n")
    assert "  repair   mask card_number" in message


def test_what_is_undetermined_is_a_warning_unless_it_is_strict(shop: Report) -> None:
    kinds = [kind for kind, _, _ in commands(render([shop]))]
    assert kinds == ["error", "warning", "error", "warning", "notice", "notice"]
    strict = [kind for kind, _, _ in commands(render([shop], strict=True))]
    assert strict == ["error"] * 4 + ["notice"] * 2


def test_a_finding_in_json_is_at_the_file_and_says_the_pointer(shop: Report) -> None:
    finding = dataclasses.replace(shop.findings[0], span=Span("a.json", pointer="/flows/3"))
    report = dataclasses.replace(shop, findings=(finding,))
    _, given, message = commands(render([report]))[0]
    assert (given["file"], given.get("line")) == ("a.json", None)
    assert message.startswith("at /flows/3\n")


def test_a_finding_that_stands_nowhere_is_at_the_system(shop: Report) -> None:
    report = dataclasses.replace(shop, span=Span("shop.flow", 1, 1, 1, 12))
    _, given, _ = commands(render([report]))[1]
    assert (given["file"], given["line"]) == ("shop.flow", "1")


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_no_name_is_a_command(shop: Report, untouched: Report, name: str) -> None:
    plain, hostile = render([shop, untouched]), render([named(shop, name), named(untouched, name)])
    lines = hostile.split("\n")
    assert len(lines) == len(plain.split("\n"))
    assert [line.startswith("::") for line in lines] == [
        line.startswith("::") for line in plain.split("\n")
    ]
    assert [re.match("::\\w+ ", line) is None for line in lines] == [
        not line.startswith("::") for line in lines
    ]
    for line in lines:
        assert line.startswith("::") or "##[" not in line
    for (kind, given, _), (same, others, _) in zip(commands(plain), commands(hostile), strict=True):
        assert (kind, sorted(given)) == (same, sorted(others))
    title = commands(hostile)[0][1]["title"]
    assert title.startswith(f"broken: shop_policy{shown(name)} no_cards_in_development")
