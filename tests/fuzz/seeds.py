"""Seeds: the texts of this repository, from which others are made by damage."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from lawful.system.document import encode
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source
from tests.importers.models import chain, model
from tests.semantics.cases import cases

ROOT = Path(__file__).parents[2]
#: A text that is longer is too slow to be read ten thousand times.
LONGEST = 6000


@cache
def laws() -> tuple[str, ...]:
    """Policies and vocabularies: those of the cases, and the shorter ones of those that are shipped."""
    texts = [text for case in cases() for text in case.laws]
    return tuple(
        dict.fromkeys([*texts, *_shorter("policies", "*.law"), *_shorter("tests", "*.law")])
    )


@cache
def flows() -> tuple[str, ...]:
    """Systems: those of the cases, and of the tests of the shipped policies."""
    texts = [case.flow for case in cases()]
    return tuple(
        dict.fromkeys([*texts, *_shorter("policies", "*.flow"), *_shorter("tests", "*.flow")])
    )


@cache
def documents() -> tuple[Any, ...]:
    """The same systems as JSON."""
    trees = [parse_flow(Source("a.flow", text)) for text in flows()]
    return tuple(json.loads(encode(each.tree)) for each in trees if not each.diagnostics)


@cache
def models() -> tuple[Any, ...]:
    """Models of xDECAF."""
    fork = [("f", "a", "o1", "b.i"), ("g", "b", "o2", "c.i"), ("h", "b", "o2", "d.i")]
    behaviours = {
        "o1": "set A.x,A.y\nunset A.z",
        "o2": "forward f\nassign A.z if A.x && !A.y from f",
    }
    return (
        *(chain(each) for each in ("forward f", "set A.y", "assign A.y if A.x || TRUE from f", "")),
        model(
            {"a": "x", "b": "", "c": "y z", "d": ""},
            fork,
            behaviours,
            {"r": "data A.z neverFlows vertex V.y"},
        ),
    )


def _shorter(folder: str, pattern: str) -> list[str]:
    found = (path.read_text("utf-8") for path in sorted((ROOT / folder).rglob(pattern)))
    return [text for text in found if len(text) <= LONGEST]
