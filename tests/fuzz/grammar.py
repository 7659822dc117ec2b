"""Grammar: texts drawn from the grammars themselves, so that every rule of them is met.

What the layout makes of line ends and margins is none of a grammar's: `_INDENT` and `_DEDENT` are
drawn as marks, and margins are made of them afterwards.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark

from tests.semantics.cases import vocabulary

_IN, _OUT = "\x0e", "\x0f"
#: Names that mean something in the small vocabulary, and some that do not.
_NAMES = sorted({*re.findall(r"[a-z_]{3,}", vocabulary()), "us_co", "web", "r", "'a b'", "naïve"})
_TERMINALS = {
    "NAME": st.sampled_from(_NAMES),
    "QUOTED": st.sampled_from(["'a b'", "' '", "'of'", "'a\x1b[2Jb'"]),
    "STRING": st.sampled_from(['"a text"', '""', '"\x1b[31m"', '"a # b"']),
    "DATE": st.sampled_from(["2024-01-01", "2020-02-29", "9999-12-31"]),
    "INT": st.integers(0, 999_999_999).map(str),
    "UNIT": st.sampled_from(["hours", "day", "weeks", "months", "year"]),
    "SINCE": st.just("from"),
    "COLUMN": st.sampled_from(["of", "to", "in", "for", "clause", "retention"]),
    "COMMA_FOR": st.just(", for"),
    "COMMA_WITH": st.just(", with"),
    "OP": st.sampled_from(["<", "<=", ">=", "!="]),
    "_NL": st.just("\n"),
    "_INDENT": st.just(_IN),
    "_DEDENT": st.just(_OUT),
    "_WS": st.just(" "),
    "COMMENT": st.just(" "),
}


@cache
def texts(language: str) -> st.SearchStrategy[str]:
    """Texts of a language, of few statements."""
    folder = files("lawful_dsl") / "grammar"
    told = "\n".join(
        (folder / name).read_text("utf-8") for name in ("shared.lark", f"{language}.lark")
    )
    grammar = Lark(told, parser="lalr")
    named = {terminal.name: terminal for terminal in grammar.terminals}
    known = {*named, "_INDENT", "_DEDENT"} if language == "law" else set(named)
    spelt = {
        name: st.sampled_from(re.findall(r"[a-z_]+", terminal.pattern.value))
        for name, terminal in named.items()
        if name not in _TERMINALS and re.search("[a-z]", terminal.pattern.value)
    }
    spelt |= {name: drawn for name, drawn in _TERMINALS.items() if name in known}
    apart = {name: drawn.map(lambda word: f" {word}") for name, drawn in spelt.items()}
    statement = Lark(told, parser="lalr", start="statement")
    drawn = from_lark(statement, start="statement", explicit=apart)
    return st.lists(drawn, min_size=1, max_size=4).map(lambda few: _laid_out("\n".join(few)))


def _laid_out(text: str) -> str:
    """The text with a margin for every mark."""
    lines, depth = [], 0
    for line in text.split("\n"):
        depth += line.count(_IN) - line.count(_OUT)
        words = line.replace(_IN, "").replace(_OUT, "").strip()
        lines.append("  " * max(depth, 0) + words if words else "")
    return "\n".join(lines) + "\n"
