"""Tables: the parsers that Lark makes of the grammars, or takes from what is compiled."""

from __future__ import annotations

import pickle
import re
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import lark
from lark import Lark, Token
from lark.lexer import PatternRE, TerminalDef

from lawful_dsl import compiled
from lawful_dsl.parser.layout import FlowLayout, LawLayout

GRAMMARS = Path(__file__).parents[1] / "grammar"
#: The languages, each with a grammar of its own beside the shared one.
LANGUAGES = ("law", "flow")


@cache
def parser_of(language: str) -> tuple[Lark, list[Token]]:
    """The parser of a language, and where it notes the comments that it comes by."""
    comments: list[Token] = []
    own = _own(language, comments)
    kept = kept_tables(language)
    return _load(kept, own) if kept else _build(language, own), comments


def kept_tables(language: str) -> dict[str, Any] | None:
    """The tables of a language as they are compiled, if they are those of this grammar and this Lark."""
    kept: dict[str, Any] | None = compiled.find(language, lark.__version__)
    return kept


def keep_tables(language: str) -> None:
    """Compile the grammar of a language."""
    compiled.keep(language, built_tables(language), lark.__version__)


def built_tables(language: str) -> dict[str, Any]:
    """The tables of a language as its grammar has them: plain values."""
    saved = BytesIO()
    own = _own(language, [])
    _build(language, own).save(saved, {*own, "edit_terminals"})
    tables: dict[str, Any] = pickle.loads(saved.getvalue())
    parsing = tables["data"]["parser"]
    parsing["parser"] = _numbered(parsing["parser"])
    return tables


@cache
def beginnings(rule: str) -> frozenset[str]:
    """The keywords with which a rule of the grammar of `.flow` texts may begin."""
    parser, _ = parser_of("flow")
    patterns = {terminal.name: terminal.pattern.value for terminal in parser.terminals}
    firsts = [each.expansion[0] for each in parser.rules if each.origin.name == rule]
    found: set[str] = set()
    for first in firsts:
        if not first.is_term:
            found |= beginnings(first.name)
        elif first.name not in ("NAME", "QUOTED"):
            found.update(re.findall(r"[a-z_]{2,}", patterns[first.name]))
    return frozenset(found)


def _numbered(table: dict[str, Any]) -> dict[str, Any]:
    """The same table with its states numbered as they are reached: the numbers that Lark gives are by chance."""
    found = list(table["start_states"].values())
    numbers = {state: number for number, state in enumerate(found)}
    tokens = sorted(table["tokens"].values())
    states: dict[int, dict[int, tuple[int, Any]]] = {}
    for state in found:  # which grows as others are reached
        actions = {table["tokens"][t]: action for t, action in table["states"][state].items()}
        states[numbers[state]] = row = {}
        for token in sorted(actions):
            kind, to = actions[token]
            if kind == _SHIFT and to not in numbers:
                numbers[to] = len(found)
                found.append(to)
            row[tokens.index(token)] = (kind, numbers[to] if kind == _SHIFT else to)
    return {
        "tokens": dict(enumerate(tokens)),
        "states": states,
        "start_states": {rule: numbers[at] for rule, at in table["start_states"].items()},
        "end_states": {rule: numbers[at] for rule, at in table["end_states"].items()},
    }


#: How Lark marks that an action goes on to another state.
_SHIFT = 0


def _load(kept: dict[str, Any], own: dict[str, Any]) -> Lark:
    loaded: Lark = Lark._load_from_dict(**kept, **own)  # type: ignore[no-untyped-call]
    return loaded


def _build(language: str, own: dict[str, Any]) -> Lark:
    names = ("shared.lark", f"{language}.lark")
    return Lark(
        "\n".join((GRAMMARS / name).read_text("utf-8") for name in names),
        parser="lalr",
        lexer="contextual",
        maybe_placeholders=True,
        propagate_positions=True,
        edit_terminals=_bounded,
        **own,
    )


def _own(language: str, comments: list[Token]) -> dict[str, Any]:
    """What a parser has that no table can keep."""
    return {
        "postlex": LawLayout() if language == "law" else FlowLayout(),
        "lexer_callbacks": dict.fromkeys(_BEARERS[language], partial(_note, comments)),
    }


def _bounded(terminal: TerminalDef) -> None:
    """A keyword ends where its word ends, and beats a name (Lark asks for the change in place)."""
    pattern = terminal.pattern.to_regexp()
    if re.fullmatch(r"[a-z_]+", terminal.pattern.value) or terminal.name in _WORD_SETS:
        terminal.pattern = PatternRE(f"(?:{pattern}){_BOUNDARY}")
        terminal.priority = 1
    elif terminal.name in ("SINCE", "_OWNER", "COMMA_FOR", "COMMA_WITH", "COLUMN", "UNIT"):
        terminal.priority = 2


_BOUNDARY = r"(?![\w\-])"
_WORD_SETS = frozenset(
    re.findall(
        r"\w+",
        "HEADER_KIND GOVERNED LIST OPERATION OWNER TYPE SILENCE SEVERITY NODE_KIND UNSAID ROLE KEYS UNKNOWN "
        "REMOVING NOT FORM MARKING MODALITY CHECKABLE EXPECTED",
    )
)


#: The terminals that are comments or may have comments in them.
_BEARERS = {"law": ("COMMENT", "_NL"), "flow": ("COMMENT", "_NL", "COMMA_FOR", "COMMA_WITH")}


def _note(comments: list[Token], token: Token) -> Token:
    """Take down the comments of a token, each where it stands."""
    line, column = token.line or 1, token.column or 1
    for number, text in enumerate(token.split("\n")):
        start = text.find("#")
        if start >= 0:
            place = start + (column if number == 0 else 1)
            comments.append(
                Token(
                    "COMMENT",
                    text[start:],
                    line=line + number,
                    column=place,
                    end_line=line + number,
                    end_column=place + len(text) - start,
                )
            )
    return token
