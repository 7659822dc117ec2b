"""The corpus: every good text is understood and in its one form, every bad one says what is wrong.

In a bad text, a comment `# error: MESSAGE` says what is wrong with its line, or, where it stands
alone, with the next line that is no such comment; `# help: ...` after it, or alone on the next
line, says what to do, ` / ` being a line break. `# warning:` is what the linter says of a text
without errors, `# notice:` what every report on a system has to say.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from lawful.system.link import link
from lawful.system.model import System
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, render_all
from lawful_dsl.format import format_flow, format_law
from lawful_dsl.lint import lint
from lawful_dsl.parser import Parsed, parse_flow, parse_law, read
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "dsl" / "corpus"
#: The modules that a text of the corpus may use; a system that uses none is told in `tiny`.
SHARED = {
    "tiny": ROOT / "tests" / "semantics" / "tiny.law",
    "common": ROOT / "policies" / "common.law",
    "house": CORPUS / "used" / "house.law",
}
_QUOTED = re.compile(r"`([^`]*)`")
_SAID = re.compile(
    r"# (error|warning|notice|help): (.*?)(?=\s+# (?:error|warning|notice|help): |$)"
)


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """What is said of a line: an error or a warning, and the help with it."""

    line: int
    severity: str
    message: str
    help: str = ""


def texts(folder: str) -> list[Path]:
    """The texts of a folder of the corpus, in order."""
    return sorted(p for p in (CORPUS / folder).iterdir() if p.suffix in {".law", ".flow"})


def expectations(text: str) -> list[Expected]:
    """What the comments of a text expect."""
    found: list[Expected] = []
    waiting: list[tuple[str, str, str]] = []
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        said = [(match[1], match[2]) for match in _SAID.finditer(line)]
        for word, content in said:
            if word == "help":
                severity, message, _ = waiting.pop()
                waiting.append((severity, message, content.replace(" / ", "\n")))
            else:
                waiting.append((word, content, ""))
        alone = bool(said) and line.lstrip().startswith("#")
        if not alone and waiting:
            found += [Expected(number, *each) for each in waiting]
            waiting = []
    return sorted([*found, *(Expected(len(lines), *each) for each in waiting)])


@cache
def shared(name: str) -> Parsed[s.Law]:
    """A vocabulary that texts of the corpus use."""
    source, unread = read(SHARED[name], f"{name}.law")
    assert source is not None
    assert not unread
    parsed = parse_law(source)
    assert not parsed.diagnostics
    return parsed


def understand(source: Source) -> tuple[Diagnostic, ...]:
    """All that is wrong with a text, read together with the vocabularies that it uses."""
    if source.file.endswith(".law"):
        law = parse_law(source)
        used = [shared(name) for name in _used(law.tree.statements)]
        _, unresolved = resolve([*used, law])
        return (*law.diagnostics, *unresolved)
    return _linked(source)[1]


def advise(source: Source) -> list[Expected]:
    """What the linter says of a policy without errors, and a report of a system."""
    if source.file.endswith(".law"):
        law = parse_law(source)
        program, _ = resolve([*(shared(name) for name in _used(law.tree.statements)), law])
        return [_expected(each) for each in lint(program, {source.file: law}, only=[source.file])]
    notices = _linked(source)[0].notices
    return [Expected(each.span.line, "notice", each.message) for each in notices]


def _linked(source: Source) -> tuple[System, tuple[Diagnostic, ...]]:
    flow = parse_flow(source)
    used = _used(flow.tree.statements) or ["tiny"]
    program, _ = resolve([shared(name) for name in used])
    system, unlinked = link([flow.tree], program.vocabulary)
    # What a line that cannot be read may have declared is not missed, as in `lawful check`.
    missed = [d for d in unlinked if not flow.lost.intersection(_QUOTED.findall(d.message))]
    return system, (*flow.diagnostics, *missed)


def _expected(each: Diagnostic) -> Expected:
    return Expected(each.span.line, each.severity, each.message, each.help)


def _used(statements: tuple[object, ...]) -> list[str]:
    named = [n.text for each in statements if isinstance(each, s.Use) for n in each.names]
    beneath = [n for name in named if name in SHARED for n in _used(shared(name).tree.statements)]
    return [name for name in SHARED if name in (*named, *beneath)]


def seen(source: Source) -> list[Expected]:
    """What is said of a text."""
    wrong = [_expected(each) for each in understand(source)]
    return sorted(wrong or advise(source))


@pytest.mark.parametrize("path", texts("good"), ids=lambda path: path.name)
def test_a_good_text_is_understood_and_in_its_form(path: Path) -> None:
    source, unread = read(path, path.name)
    assert source is not None
    assert not unread
    wrong = understand(source)
    assert not wrong, "\n" + render_all(wrong, {source.file: source})
    formatted = (
        format_law(parse_law(source)) if path.suffix == ".law" else format_flow(parse_flow(source))
    )
    assert formatted == source.text


@pytest.mark.parametrize("path", texts("bad"), ids=lambda path: path.name)
def test_a_bad_text_gets_its_messages_and_no_other(path: Path) -> None:
    text = path.read_text("utf-8")
    expected = expectations(text)
    assert expected
    source = Source(path.name, text)
    found = seen(source)
    shown = "\n" + render_all(understand(source), {source.file: source})
    assert [(e.line, e.severity, e.message) for e in found] == [
        (e.line, e.severity, e.message) for e in expected
    ], shown
    for one, other in zip(found, expected, strict=True):
        assert other.help in ("", one.help), shown


def test_each_message_is_said_once() -> None:
    for path in texts("bad"):
        found = Counter(seen(Source(path.name, path.read_text("utf-8"))))
        assert set(found.values()) <= {1}, path.name
