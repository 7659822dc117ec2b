"""The reference of the languages: its examples are texts that hold, and all that can be said is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from lark import Lark, Token
from lark.grammar import Rule

from lawful.system.link import link
from lawful.testing.cases import cases, has_cases, run
from lawful_dsl.diagnostics import render_all
from lawful_dsl.format import format_flow, format_law
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.parser.tables import parser_of
from lawful_dsl.program import Program
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source
from tests.docs.pages import Block, blocks

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "dsl" / "SPEC.md"
CASES = ROOT / "tests" / "semantics" / "cases"
EXAMPLES = blocks(SPEC)
LAWS = [block for block in EXAMPLES if block.language == "law"]
FLOWS = [block for block in EXAMPLES if block.language == "flow"]
#: What a text begins with that says what it is.
_HEADED = re.compile(r"(?:#.*\n|\n)*(vocabulary|pack|policy|system)\b")
_NUMBERED = re.compile(r"^(\d+)\. ")
_CITED = re.compile(r"\bdecisions? (\d+(?:(?:, | and | to |; [^.\n]*, )\d+)*)")


def line_of(block: Block) -> str:
    return f"line {block.line}"


def placed(parts: list[Block]) -> Source:
    """The text of some examples, each line where it stands on the page."""
    lines = [""] * parts[-1].line
    for block in parts:
        lines[block.line :] = [*[""] * (block.line - len(lines)), *block.lines]
    return Source("dsl/SPEC.md", "".join(f"{line}\n" for line in lines))


def texts(examples: list[Block]) -> tuple[Source, ...]:
    """The texts that examples are of: one without a header goes on with the one before."""
    found: list[list[Block]] = []
    for block in examples:
        if _HEADED.match(block.text):
            found.append([])
        found[-1].append(block)
    return tuple(placed(parts) for parts in found)


def program() -> Program:
    parsed = [parse_law(source) for source in texts(LAWS)]
    found, wrong = resolve(parsed)
    said = [*chain.from_iterable(law.diagnostics for law in parsed), *wrong]
    assert not said, "\n" + render_all(said, {"dsl/SPEC.md": Source("", SPEC.read_text("utf-8"))})
    return found


def test_the_laws_are_a_vocabulary_a_policy_and_a_pack() -> None:
    assert [each.name for each in program().policies] == ["shop_policy"]


def test_the_flows_are_a_system() -> None:
    known = program()
    parsed = [parse_flow(source) for source in texts(FLOWS)]
    trees = [each.tree for each in parsed if not has_cases(each.tree)]
    system, wrong = link(trees, known.vocabulary, policies=known.policies)
    said = [*chain.from_iterable(each.diagnostics for each in parsed), *wrong]
    assert not said, "\n" + render_all(said, {"dsl/SPEC.md": Source("", SPEC.read_text("utf-8"))})
    assert system.flows


def test_what_the_tests_expect_is_so() -> None:
    known = program()
    trees = [parse_flow(source).tree for source in texts(FLOWS)]
    outcomes = [run(case, known, ["shop_policy"]) for tree in trees for case in cases(tree)]
    assert [outcome and outcome.otherwise for outcome, _ in outcomes] == [()] * 4


def styled(examples: list[Block]) -> list[Block]:
    """The examples in the one style: all but those that show what else may be typed."""
    return [block for block in examples if block.title != "typed"]


@pytest.mark.parametrize("block", styled(LAWS), ids=line_of)
def test_each_law_is_in_the_one_style(block: Block) -> None:
    assert format_law(parse_law(Source("example.law", block.text))) == block.text


@pytest.mark.parametrize("block", styled(FLOWS), ids=line_of)
def test_each_flow_is_in_the_one_style(block: Block) -> None:
    assert format_flow(parse_flow(Source("example.flow", block.text))) == block.text


# --- all that can be said is shown ----------------------------------------------------------------


def said_by(rule: Rule) -> Iterator[tuple[str, str]]:
    """What a production says: each alternative by its name, and each symbol that may stand in it."""
    named = str(rule.alias or rule.origin.name)
    # Names that begin with `__` are Lark's own, for what may be repeated; `_NL` says nothing.
    if not named.startswith("__"):
        names = (symbol.name for symbol in rule.expansion)
        yield from ((named, name) for name in names if not name.startswith(("__", "_NL")))


def words_of(parser: Lark) -> set[tuple[str, str]]:
    """Each word of the terminals that stand for one of several."""
    found: set[tuple[str, str]] = set()
    for terminal in parser.terminals:
        match = re.match(r"\(\?:(\(\?:)?([a-z_]+(\|[a-z_]+)+)\)", terminal.pattern.value)
        found |= {(terminal.name, word) for word in match[2].split("|")} if match else set()
    return found


def shown(language: str, texts: list[str]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Of a language, all that can be said, and what some texts say."""
    parser, _ = parser_of(language)
    inner = parser.parser.parser.parser
    possible = set(chain.from_iterable(said_by(rule) for rule in parser.rules))
    used: set[tuple[str, str]] = set()

    def watching(rule: Rule, build: object) -> object:
        def reduce(children: list[object]) -> object:
            used.update(said_by(rule))
            used.update((each.type, str(each)) for each in children if isinstance(each, Token))
            return build(children)  # type: ignore[operator]

        return reduce

    before = dict(inner.callbacks)
    inner.callbacks.update({rule: watching(rule, build) for rule, build in before.items()})
    try:
        for text in texts:
            parser.parse(text)
    finally:
        inner.callbacks.update(before)
    words = words_of(parser)
    assert words
    return possible | words, used


@pytest.mark.parametrize(("language", "examples"), [("law", LAWS), ("flow", FLOWS)])
def test_every_alternative_of_the_grammar_is_shown(language: str, examples: list[Block]) -> None:
    possible, used = shown(language, [block.text for block in examples])
    assert sorted(f"{rule}: {symbol}" for rule, symbol in possible - used) == []


# --- decisions ------------------------------------------------------------------------------------


def decisions() -> dict[int, str]:
    """The decisions of the page, by number."""
    text = SPEC.read_text("utf-8")
    section = text[text.index("## 5. ") : text.index("## 6. ")]
    found: dict[int, str] = {}
    for part in re.split(r"\n(?=\d+\. |#)", section):
        if number := _NUMBERED.match(part):
            found[int(number[1])] = part
    return found


def cited(text: str) -> set[int]:
    """The numbers of the decisions that a text cites."""
    found: set[int] = set()
    for match in _CITED.finditer(text):
        numbers = [int(each) for each in re.findall(r"\d+", match[1])]
        found.update(range(*numbers) if " to " in match[1] else (), numbers)
    return found


def test_the_decisions_are_numbered_without_gaps() -> None:
    assert list(decisions()) == list(range(1, 46))


@pytest.mark.parametrize("folder", ["dsl", "engine", "tests"])
def test_what_code_and_cases_cite_is_there(folder: str) -> None:
    files = (path for end in ("py", "case") for path in (ROOT / folder).rglob(f"*.{end}"))
    numbers = chain.from_iterable(cited(path.read_text("utf-8")) for path in files)
    assert set(numbers) <= set(decisions())


def test_each_decision_names_the_cases_that_cite_it() -> None:
    citing: dict[int, set[str]] = {}
    for case in CASES.glob("*.case"):
        head = case.read_text("utf-8").split("[law]")[0]
        for number in cited(head):
            citing.setdefault(number, set()).add(case.name[:3])
    named = {
        number: set(re.findall(r"\d{3}", match[1]))
        for number, text in decisions().items()
        if (match := re.search(r"\*Cases?\s+([\d,\s]+)\.\*", text))
    }
    assert named == citing
