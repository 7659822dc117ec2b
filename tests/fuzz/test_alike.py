"""A text of which what is alike is parsed once has the tree, and the faults, of one that is parsed whole."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from random import Random
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from lawful_dsl.parser import parse_flow, parse_system
from lawful_dsl.parser.alike import alike
from lawful_dsl.parser.outline import outline
from lawful_dsl.source import Source
from tests.fuzz import grammar, seeds
from tests.fuzz.damage import damaged
from tests.properties.drawn import drawing

randoms = st.integers(0, 2**32).map(Random)
MARGINS = ["", " ", "  ", "\t", "# so it is\n", "\n", "\n  \n  "]


def repeated(text: str, random: Random) -> str:
    """Some statements of a text again, where others begin, of other names perhaps."""
    lines = text.split("\n")
    there = list(outline(lines))
    put = []
    for each in random.choices(there, k=random.randint(0, 6)) if there else ():
        copy = "\n".join(lines[each.first - 1 : each.last])
        if random.random() < 0.5:
            name = random.choice(["b_2", "'a b'", "us_co", "store", "x-y", "é"])
            copy = re.sub(r"\w+(?=[ ]*(->|\"))|(?<=-> )\w+", name, copy, count=1)
        put.append((random.choice(there).first - 1, random.choice(MARGINS) + copy))
    for at, copy in sorted(put, reverse=True):
        lines.insert(at, copy)
    return "\n".join(lines)


def whole(value: Any) -> Any:
    """A tree with all its places."""
    if isinstance(value, tuple):
        return tuple(whole(each) for each in value)
    if not is_dataclass(value):
        return value
    return type(value), [whole(getattr(value, each.name)) for each in fields(value)]


def same(text: str) -> bool:
    """Whether some of it was parsed once; what is read of it is what is parsed."""
    source = Source("a.flow", text)
    parsed = parse_flow(source)
    tree, diagnostics = parse_system(source)
    assert diagnostics == parsed.diagnostics
    assert tree == parsed.tree
    assert whole(tree) == whole(parsed.tree)
    return alike(source) is not None


@drawing(150)
@given(st.sampled_from(seeds.flows()), randoms)
def test_our_own_texts_and_more_of_them(text: str, random: Random) -> None:
    text = repeated(text, random)
    note(text)
    same(text)


@drawing(60)
@given(grammar.texts("flow"), randoms)
def test_what_is_drawn_from_the_grammar(text: str, random: Random) -> None:
    text = repeated(repeated(text, random), random)
    note(text)
    same(text)


@drawing(150)
@given(st.sampled_from(seeds.flows()), randoms)
def test_what_is_damaged(text: str, random: Random) -> None:
    text = damaged(repeated(text, random), random)
    note(repr(text))
    same(text)


ALIKE = [
    "a -> b : x\nb -> c : x\nd -> e : y",
    "a -> b : x\n  for y,\n  z\nf: b  ->  'c d' : x\n  for y,\n  z\nd -> e : y",
    'us {\n  store a  "A" tls\n  store b tls\n}\nus {\n    store c tls\n\n}\nstore d tls\nstore e tls\n',
    "a -> b : x  # why\n# and so\nb -> c : x  # why\n\n\n  # not\n\nstore s\n",
]


@pytest.mark.parametrize("text", ALIKE)
def test_what_is_alike_is_parsed_once(text: str) -> None:
    assert same(text)


#: What looks like a statement that stands above it, and is none, or says something else there.
OTHERWISE = [
    "a -> b : x\nuse c,\na -> b : x\nd\nd -> e : y",
    "a -> b : x\nc -> d : x with express consent (to\na -> b : x\n)\nd -> e : y",
    'a -> b : x\ntest "t" {\na -> b : x\nexpect broken r {\na -> b : x\n}\n}\nd -> e : y',
    "store -> b : x\na -> b : x\nstore -> b : x\nd -> e : y",
    "a -> b : x\n  a -> c : x\nd -> e : y",
    "us {\nstore a tls\n}\nthem {\nstore b tls\n}\nstore {\nstore c tls\n}\nd -> e",
    'store a "A"tls\nstore b "B"tls\nstore c tls "C"\nstore d tls "D"\nd -> e',
    "  a -> b : x\n b -> c : x\n d -> e : x\na -> b",
    "a -> b : x\n\x0ca -> c : x\nd -> e",
    "a -> b : x\na -> c : x\u202e\nd -> e",
    "a -> b : 2024-13-01\na -> c : 2024-13-01\nd -> e",
    "a -> b : x from 'y'\na -> c : x from 'y'\nd -> e",
    "",
    "a -> b",
]


@pytest.mark.parametrize("text", OTHERWISE)
def test_what_only_looks_alike_is_what_it_is(text: str) -> None:
    same(text)
