"""The report as a comment, as a renderer of Markdown reads it."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from lawful.findings import Report
from lawful.reporters.markdown import LIMIT, render
from tests.reporters.hostile import NAMES, named


class Page(HTMLParser):
    """What a comment comes to in a browser: its elements, and the text outside what is shown as code."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.prose: list[str] = []
        self.everything = ""
        self._code = 0
        self.feed(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self._code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"

    def handle_data(self, data: str) -> None:
        self.everything += data
        if not self._code:
            self.prose.append(data)


def test_what_is_broken_comes_first_the_worst_before_the_others(shop: Report) -> None:
    turned = dataclasses.replace(shop, findings=shop.findings[::-1])
    rows = [line for line in render([turned]).split("\n") if line.startswith("| ")]
    assert [row.split(" | ")[0] for row in rows] == ["| Severity", "| ---", "| critical", "| low"]


def test_what_is_undetermined_is_grouped_by_what_is_missing(shop: Report) -> None:
    basis = shop.findings[1]
    others = [dataclasses.replace(basis, rule=rule) for rule in ("a_rule", "b_rule")]
    report = dataclasses.replace(shop, findings=(basis, *others))
    text = render([report])
    assert (
        "- `basis of mailbox`, to declare at `flows/shop/shop.flow:11`: "
        "3 findings of `a_rule`, `b_rule`, `basis_for_collection`\n"
    ) in text


def test_what_lacks_no_fact_says_why_it_is_undetermined(shop: Report) -> None:
    coarse = dataclasses.replace(shop.findings[1], missing=(), detail="the category may be either")
    text = render([dataclasses.replace(shop, findings=(coarse,))])
    assert "- undeclared: the category may be either: 1 finding of `basis_for_collection`\n" in text


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_no_name_is_markup(shop: Report, untouched: Report, name: str) -> None:
    """Each text of the user's is shown as it is: the elements of the page are the same without it."""
    plain = Page(render([shop, untouched]))
    hostile = Page(render([named(shop, name), named(untouched, name)]))
    assert hostile.elements == plain.elements
    assert not {"a", "img", "script", "em", "strong"} & (
        set(hostile.elements) - set(plain.elements)
    )
    for data in hostile.prose:  # each is a text by itself, for whoever looks for mentions
        assert not re.search(r"[@#]\w", data)
    assert "://" not in re.sub("`[^`]*`", "", "".join(_outside_code(render([named(shop, name)]))))


def _outside_code(text: str) -> list[str]:
    """The lines that are not within a fence."""
    lines, fence = [], ""
    for line in text.split("\n"):
        found = re.match("`{3,}", line)
        if found and not fence:
            fence = found[0]
        elif fence and line == fence:
            fence = ""
        elif not fence:
            lines.append(line)
    return lines


def test_a_name_is_shown_as_it_is_written(shop: Report) -> None:
    name = NAMES["a cell"] + NAMES["a tag"] + NAMES["an entity"] + NAMES["emphasis"]
    assert f"no_sale{name}" in Page(render([named(shop, name)])).everything


def many(report: Report, number: int) -> Report:
    finding, basis = report.findings[:2]
    copies = [
        dataclasses.replace(each, rule=f"{each.rule}_{n}")
        for n in range(number)
        for each in (finding, basis)
    ]
    return dataclasses.replace(report, findings=tuple(copies), notices=report.notices * number)


@pytest.mark.parametrize("number", [1, 10, 30, 60, 100, 1000])
def test_it_is_never_longer_than_a_comment_may_be(shop: Report, number: int) -> None:
    report = many(shop, number)
    text = render([report])
    assert len(text) <= LIMIT
    rows = len(re.findall("^\\| critical", text, re.MULTILINE))
    told = sum(map(int, re.findall("^and (\\d+) more$", text, re.MULTILINE)))
    items = len(re.findall("^\\| critical|^- |^<details><summary>[bu]", text, re.MULTILINE))
    assert items + told == 4 * number + 4  # with two facts, an arrival and a rule not met
    assert rows == number or f"and {number - rows} more" in text
    assert number not in (1, 10) or told == 0
    assert number not in (60, 100, 1000) or told > 0
    assert Page(text).elements.count("details") == text.count("</details>")


def test_a_name_that_is_too_long_is_no_way_past_the_limit(shop: Report) -> None:
    assert len(render([named(shop, "|" * 20_000)])) <= LIMIT
    assert len(render([named(shop, "x" * 20_000)] * 3)) <= LIMIT
    assert len(render([shop] * 500)) <= LIMIT
