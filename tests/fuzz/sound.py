"""Sound: what holds of any bytes that are read, whatever they are.

Each function takes the bytes of one file through all that the command does with them. It raises
`AssertionError` where something does not hold; any other exception is a fault by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import networkx as nx

from lawful import importers, reporters
from lawful.analysis.repairs import mend
from lawful.check import check
from lawful.system.document import decode as decode_document
from lawful.system.document import encode
from lawful.system.graph import from_graph
from lawful.system.link import link
from lawful.system.load import parse
from lawful.system.model import System
from lawful.wording import ENGLISH
from lawful_dsl.diagnostics import Diagnostic, Rejected, render, render_all
from lawful_dsl.format import format_flow, format_law, print_flow, print_law
from lawful_dsl.lint import lint
from lawful_dsl.parser import Parsed, parse_flow, parse_law
from lawful_dsl.parser.parse import MOST_ERRORS, decode
from lawful_dsl.program import Program
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source
from lawful_dsl.syntax import Flows, Law
from tests.semantics.cases import vocabulary

DATE = "2024-01-01"
#: How long one diagnostic may be, shown: nobody reads more.
LONGEST = 4000
#: So long may a text be that is taken through all that follows the parser.
WHOLE = 20_000

#: A message that says what may stand there says what to do.
_REMEDY = re.compile("expected |names ")
SYSTEM = """system small
party us_co
us_co {
  store basket
  service shop
}
party vendor_co  vendor
vendor_co {
  store cellar
}
shop -> basket : email
shop -> cellar : email
"""
#: What may be shown though it cannot be seen: line ends, and what joins letters that are not ASCII.
_HIDDEN = re.compile("\n|(?<=[^\x00-\x7f])[\u200c\u200d]")
POLICY = "policy rules\n  by us_co\nuse tiny\nforbid transfer of email to outside\n"


# --- texts of the languages -----------------------------------------------------------------------


def law(raw: bytes) -> bool:
    """A `.law` text: whether nothing is wrong with it."""
    source = _text(raw, "a.law")
    if source is None:
        return False
    parsed = parse_law(source)
    sources = {source.file: source}
    _tell(parsed.diagnostics, sources, MOST_ERRORS)
    if not parsed.diagnostics:
        _settled(parsed, parse_law, format_law, print_law)
    if len(source.text) > WHOLE:
        return not parsed.diagnostics
    program, wrong = resolve([_tiny(), parsed])
    _tell(wrong, sources)
    if _stops([*parsed.diagnostics, *wrong]):
        return False
    _tell(lint(program, {source.file: parsed}), sources)
    told, torn = link([_small().tree], program.vocabulary, policies=program.policies)
    _tell(torn, {})
    if not _stops(torn):
        _checked(program, told)
    return True


def flow(raw: bytes) -> bool:
    """A `.flow` text, or a JSON document: whether nothing is wrong with it."""
    source = _text(raw, "a.flow")
    if source is None:
        return False
    tree, wrong = parse(source)
    _tell(wrong, {source.file: source}, MOST_ERRORS)
    if tree is not None and not wrong and not source.text.strip().startswith(("{", "[")):
        _settled(parse_flow(source), parse_flow, format_flow, print_flow)
        _encodes(tree, source)
    if tree is None or len(source.text) > WHOLE:
        return not wrong
    return _linked(tree, source) and not wrong


def document(raw: bytes) -> bool:
    """A system as JSON: whether nothing is wrong with it."""
    source = _text(raw, "a.json")
    if source is None:
        return False
    tree, wrong = parse(source)
    _tell(wrong, {source.file: source})
    if tree is None or wrong:
        assert wrong
        return False
    encoded = encode(tree)
    again, faults = decode_document(encoded, "b.json")
    assert not faults, faults
    assert again is not None
    assert encode(again) == encoded
    printed = parse_flow(Source("a.flow", print_flow(tree)))
    assert not printed.diagnostics, printed.diagnostics
    if len(source.text) > WHOLE:
        return True
    return _linked(tree, source)


def model(raw: bytes) -> bool:
    """A model of xDECAF: whether it can be imported."""
    source = _text(raw, "a.json")
    if source is None:
        return False
    importers.detect(source)
    wrong: tuple[Diagnostic, ...] = ()
    try:
        imported = importers.find("xdecaf").read([source], name="a")
    except Rejected as rejected:
        wrong = rejected.diagnostics
    if wrong:
        _tell(wrong, {source.file: source})
        return False
    assert imported.law is not None
    laws = parse_law(Source("a.law", print_law(imported.law)))
    flows = parse_flow(Source("a.flow", print_flow(imported.flows)))
    assert not laws.diagnostics, laws.diagnostics
    assert not flows.diagnostics, flows.diagnostics
    program, wrong = resolve([laws])
    assert not _stops(wrong), wrong
    system, wrong = link([flows.tree], program.vocabulary, policies=program.policies)
    assert not _stops(wrong), wrong
    _checked(program, system)
    return True


def graph(text: str) -> bool:
    """A graph whose nodes, edges and attributes are those of a JSON value: whether it is a system."""
    try:
        said = json.loads(text)
    except ValueError:
        return False
    if not isinstance(said, dict):
        return False
    built: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    built.graph.update({k: v for k, v in said.items() if k not in _OF_GRAPH})
    for each in _objects(said, "parties"):
        built.add_node(str(each.get("id")), **{**each, "kind": "party"})
    for each in _objects(said, "nodes"):
        built.add_node(str(each.get("id")), **{str(k): v for k, v in each.items() if k != "id"})
    for each in _objects(said, "flows"):
        about = {k: v for k, v in each.items() if k not in ("source", "target", "key")}
        built.add_edge(str(each.get("source")), str(each.get("target")), **about)
    wrong: tuple[Diagnostic, ...] = ()
    try:
        tree = from_graph(built)
    except Rejected as rejected:
        wrong = rejected.diagnostics
    if wrong:
        _tell(wrong, {})
        return False
    return _linked(tree, Source("<python>", ""))


_OF_GRAPH = ("lawful", "parties", "nodes", "flows")


def _objects(said: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = said.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


# --- what holds -----------------------------------------------------------------------------------


def _text(raw: bytes, file: str) -> Source | None:
    """The text, or nothing where the bytes are none and it is said why."""
    source, wrong = decode(raw, file)
    assert (source is None) == bool(wrong)
    _tell(wrong, {})
    return source


def _tell(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source], most: int | None = None
) -> None:
    """Every diagnostic says what is wrong, where, and what to do; of the rest there is a count."""
    found = tuple(diagnostics)
    assert most is None or len(found) <= 3 * most + 1
    for each in found:
        assert each.message
        assert each.help or _REMEDY.search(each.message), each
        assert each.span.file
        source = sources.get(each.span.file)
        if each.span.line and source is not None:
            line = source.line(each.span.line)
            assert each.span.line <= len(source.lines), each
            assert 1 <= each.span.column <= len(line) + 1, each
            assert each.span.line <= each.span.end_line, each
            shown = render(each, sources)
            assert "^" in shown, shown
        else:
            shown = render(each, sources)
        assert len(shown) <= LONGEST, shown
        assert _HIDDEN.sub("", shown).isprintable(), repr(shown)
    render_all(found, sources)


def _settled(
    parsed: Parsed[Any],
    read: Callable[[Source], Parsed[Any]],
    format: Callable[[Parsed[Any]], str],
    write: Callable[[Any], str],
) -> None:
    """What is printed of a text says the same, and is printed the same again."""
    formatted = format(parsed)
    again = read(Source(parsed.source.file, formatted))
    assert not again.diagnostics, again.diagnostics
    assert again.tree == parsed.tree
    assert format(again) == formatted
    bare = read(Source(parsed.source.file, write(parsed.tree)))
    assert bare.tree == parsed.tree


def _encodes(tree: Flows, source: Source) -> None:
    """A tree as JSON is read again, unless it says twice what JSON can say once."""
    try:
        encoded = encode(tree)
    except Rejected as rejected:
        _tell(rejected.diagnostics, {source.file: source})
        return
    again, faults = decode_document(encoded, "a.json")
    assert not faults, faults
    assert again is not None


def _linked(tree: Flows, source: Source) -> bool:
    """A system under a small policy, linked and, where nothing is wrong with it, checked."""
    program = _rules()
    system, wrong = link([tree], program.vocabulary, policies=program.policies)
    _tell(wrong, {source.file: source})
    if _stops(wrong):
        return False
    _checked(program, system)
    return True


def _checked(program: Program, system: System) -> None:
    """A report can be made and shown in every form."""
    names = [policy.name for policy in program.policies]
    report = mend(check(program, system, policies=names, on=DATE), program, system)
    for form in reporters.names():
        shown = reporters.find(form).render(
            [report], width=80, colour=False, strict=False, wording=ENGLISH
        )
        shown.encode("utf-8")


def _stops(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(each.is_error for each in diagnostics)


@cache
def _tiny() -> Parsed[Law]:
    return parse_law(Source("tiny.law", vocabulary()))


@cache
def _rules() -> Program:
    program, _ = resolve([_tiny(), parse_law(Source("rules.law", POLICY))])
    return program


@cache
def _small() -> Parsed[Flows]:
    return parse_flow(Source("small.flow", SYSTEM))
