"""YAML as importers read it: values with their lines, bounded, and one message where it is wrong."""

from __future__ import annotations

import pytest

from lawful.importers._yaml import MOST_VALUES, read_documents
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source


def test_values_and_where_they_stand() -> None:
    text = "a: 1\nb: [x, null, true, 1.5, 0x10, 2024-01-01]\nc:\n  d: 'e'\n"
    (document,) = read_documents(Source("f.yml", text))
    assert document.value == {
        "a": "1",
        "b": ["x", None, True, "1.5", "0x10", "2024-01-01"],
        "c": {"d": "e"},
    }
    assert str(document.at("c").at("d").span) == "f.yml:4:6"
    assert str(document.at("b").at(1).span) == "f.yml:2:8"
    assert str(document.at("missing").span) == "f.yml#/missing"


def test_several_documents_and_json() -> None:
    documents = read_documents(Source("f", '{"a": [1]}\n---\nb: 2\n---\n'))
    assert [document.value for document in documents] == [{"a": ["1"]}, {"b": "2"}, None]


def test_what_is_merged_stands_beneath_what_is_said() -> None:
    text = "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz:\n  a: 0\n  <<: [*x, *y]\n"
    (document,) = read_documents(Source("f", text))
    assert document.at("z").value == {"a": "0", "b": "2", "c": "4"}
    assert str(document.at("z").at("a").span) == "f:4:6"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1", "this is not YAML"),
        ("a: b: c", "mapping values are not allowed here"),
        ("\t- a", "this is not YAML"),
        ("a: *b", "undefined alias"),
        ("a: 1\na: 2", "`a` is said twice"),
        ("? [a]\n: 1", "is no text"),
        ("<<: 1", "is no object"),
        ("[" * 50_000, "nested too deeply"),
        ("- " * 1_000 + "a", "nested too deeply"),
        ("a: &a [*a]", "nested too deeply"),
        ('a: "\\u202e"', "hidden character"),
        ("a: \x01", "this is not YAML"),
    ],
)
def test_what_is_wrong_is_one_message(text: str, message: str) -> None:
    with pytest.raises(Rejected) as rejected:
        read_documents(Source("f", text))
    (diagnostic,) = rejected.value.diagnostics
    assert message in diagnostic.message
    assert diagnostic.span.file == "f"


def test_aliases_do_not_multiply_without_end() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert MOST_VALUES < 10**9
    with pytest.raises(Rejected, match="too many values"):
        read_documents(Source("f", "\n".join(lines)))
