"""The parts of a picture that need no Graphviz: text, ids, tokens, words, fonts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lawful.drawing.fonts import LATIN, missing_scripts, parse_coverage
from lawful.drawing.naming import Naming
from lawful.drawing.text import cut, identifier, markup, packed, tooltip, visible, width, wrapped
from lawful.drawing.tokens import count_edges, statements, tokens
from lawful.drawing.words import WORDS, word

names = st.text(max_size=12)


@given(names, names)
def test_ids_are_as_different_as_names(one: str, other: str) -> None:
    assert (identifier(one) == identifier(other)) is (one == other)
    assert not set(identifier(one)) & set(':\\"<>%&')
    assert identifier(one)


@given(st.text(max_size=60), st.integers(4, 20))
def test_lines_are_no_longer_than_they_may_be(text: str, most: int) -> None:
    assert all(width(line) <= most for line in wrapped(text, most))
    assert width(cut(text, most)) <= most


@given(st.lists(st.text("abc ", min_size=1, max_size=9), max_size=6), st.integers(12, 30))
def test_nothing_is_lost_in_packing(items: list[str], most: int) -> None:
    said = "".join(packed(items, ", ", most)).replace(" ", "").replace(",", "")
    assert said == "".join(items).replace(" ", "")


@given(names)
def test_markup_has_no_tags(text: str) -> None:
    assert not set(markup(text)) & set('<>"')
    assert "\n" not in tooltip([text])


def test_text_is_made_visible() -> None:
    assert visible("  a\u2028b\x07 ") == "a b\N{REPLACEMENT CHARACTER}"
    assert visible("می\u200cخواهم") == "می\u200cخواهم"
    assert visible("\ud800\uffff") == "\N{REPLACEMENT CHARACTER}" * 2


def test_wide_letters_count_twice() -> None:
    assert width("電話") == 4
    assert cut("電話番号", 5) == "電話\N{HORIZONTAL ELLIPSIS}"


def test_dots_join_within_lines_and_not_at_their_ends() -> None:
    assert packed(["production", "US"], " · ", 20) == ("production · US",)
    assert packed(["production", "US"], " · ", 10) == ("production", "US")


def test_arrows_are_counted_where_they_are_edges() -> None:
    text = """digraph "a -> b" { // a -> b
      /* a -> b */
# a -> b
      a -> "b -> c" [label=<<b>x &#45;&gt; // y</b> "> tooltip="\\"a -> b\\""];
      a->b;
    }"""
    assert count_edges(text) == 2


@given(st.text('ab<>"\\-/*#[]{};=:, \n', max_size=40))
def test_any_text_has_an_end(text: str) -> None:
    assert all(token.start < token.end <= len(text) for token in tokens(text))
    list(statements(text))


def test_statements_have_ends_and_attributes() -> None:
    text = 'digraph g { graph [bb="0,0,1,1"]; a:p -> "b c" [x=1, y="2\\\n3"]; d [] }'
    graph, edge, node = statements(text)
    assert (graph.names, graph.value("bb")) == (("graph",), "0,0,1,1")
    assert (edge.names, edge.value("x"), edge.value("y")) == (("a", "b c"), "1", "23")
    assert (node.names, node.value("x"), edge.is_edge) == (("d",), "", True)


def test_every_language_has_every_word() -> None:
    for language, words in WORDS.items():
        assert words.keys() == WORDS["en"].keys(), language
        for name, text in words.items():
            fields = [
                piece for piece in ("{whole}", "{less}", "{term}") if piece in WORDS["en"][name]
            ]
            assert all(field in text for field in fields), (language, name)
    assert word("store", "fr") == "store"
    assert word("store", "nl") == "opslag"


def test_lists_are_joined_as_the_language_does() -> None:
    assert Naming("ar").joined(["أ", "ب"]) == "أ، ب"
    assert Naming("ar").short(["أ", "ب"], 1) == ["أ", "\u200e+1\u200e"]


def test_scripts_that_no_font_has() -> None:
    coverage = parse_coverage("20-7e 621-64a\n620 a0-ff")
    assert missing_scripts(["é", "بيت", "a"], coverage) == ()
    assert missing_scripts(["é", "क", "電", "→"], coverage) == ("Cjk", "Devanagari", "symbols")
    assert missing_scripts(["é", "→", "·"], LATIN) == ()
    assert missing_scripts(["ب\u064e\u200d"], parse_coverage("628")) == ()
