"""What SARIF 2.1.0 says of a log: its own schema, and what it says in words that no schema can."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema

SCHEMA = json.loads(
    Path(__file__).with_name("standard").joinpath("sarif-schema-2.1.0.json").read_text("utf-8")
)
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)
#: A message in which nothing is a placeholder or a link: each brace is doubled, each bracket escaped.
PLAIN = re.compile(r"(?:[^\\\[\]{}]|\\[\\\[\]]|\{\{|\}\})+")
#: A relative reference, or a file.
URI = re.compile(
    r"(?:file:///|(?![A-Za-z][A-Za-z0-9+.-]*:))(?:[A-Za-z0-9/._~+,;=@&$!*'()-]|%[0-9A-F]{2})*"
)


def departures(log: Any) -> list[str]:
    """Where a log is not as the standard says; none where it is."""
    wrong = [f"{each.json_path}: {each.message}" for each in VALIDATOR.iter_errors(log)]
    return wrong or [*_in_words(log, "$"), *_rules(log)]


def _in_words(value: Any, path: str) -> Iterator[str]:
    """Messages and references of every object in a value."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _in_words(each, f"{path}[{number}]")
        return
    if not isinstance(value, dict):
        return
    if isinstance(text := value.get("text"), str) and not PLAIN.fullmatch(text):
        yield f"{path}.text: {text!r} has something that stands for something else"
    if isinstance(uri := value.get("uri"), str) and not URI.fullmatch(uri):
        yield f"{path}.uri: {uri!r} is no reference to a file"
    for name, each in value.items():
        if name != "properties":
            yield from _in_words(each, f"{path}.{name}")


def _rules(log: Any) -> Iterator[str]:
    """That each result is of the rule that its number says, and all have suppressions where one has."""
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        for result in run["results"]:
            if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
                yield f"{result['ruleId']} is not rule {result['ruleIndex']}"
        if len({"suppressions" in result for result in run["results"]}) > 1:
            yield "some results say whether they are suppressed, and some do not"
