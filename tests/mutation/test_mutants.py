"""Mutation: what is changed, how it is put to tests, and that the hand-solved cases notice it."""

from __future__ import annotations

import ast
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lawful.kernel.bits import bits_of
from tests.mutation.__main__ import Results
from tests.mutation.equivalents import equivalents
from tests.mutation.living import Living, reassign
from tests.mutation.mutants import Module, Mutant, modules_of, read
from tests.mutation.trial import Fate
from tests.semantics import test_cases as solved
from tests.semantics.checkers import engine

#: So many mutants of each package are put to the cases in the run of the tests; the seed says which.
FEW, SEED = 3, 1
#: What no case is large enough for.
LARGE = {"lawful.kernel.rows", "lawful.kernel.rounds", "lawful.kernel.compiled"}
PACKAGES = ("lawful.kernel", "lawful.rules", "lawful_dsl.resolve")


def module(text: str) -> Module:
    return Module("m", Path("m.py"), text.split("\n"), ast.parse(text))


def of(body: str, returns: str = "int") -> list[str]:
    """The changes of the body of a function."""
    return [m.change for m in module(f"def f(a, b) -> {returns}:\n    {body}").mutants()]


# --- what is changed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ("return a < b", ["a < b → a <= b", "a < b → a >= b"]),
        ("return a is b", ["a is b → a is not b"]),
        ("return a and b", ["a and b → a or b", "a and b → b", "a and b → a"]),
        ("return not a", ["not a → a"]),
        ("return a & b", ["a & b → a | b", "a & b → a"]),
        ("return a | ~b", ["a | ~b → a & ~b", "a | ~b → a", "a | ~b → ~b", "~b → b"]),
        ("return a if b else a", ["b → not b"]),
        ("return [a for a in b if a]", ["a → not a", "a → True"]),
        ("return max(a, b)", ["max(a, b) → min(a, b)"]),
        ("a.append(b)", ["a.append(b) → pass"]),
        ("a |= b", ["a |= b → pass", "a |= b → a &= b"]),
        ("return f'of {a}'", ["f'of {a}' → ''"]),
        ("return a + 'text'", ["'text' → ''"]),
        ("assert a < b", []),
        ("raise AssertionError('never')", []),
        ("'''What it does.'''", []),
        ("c: tuple[int, str] = a", []),
    ],
)
def test_what_is_changed(body: str, changes: list[str]) -> None:
    assert [c for c in of(body) if not c.startswith("return")] == changes


@pytest.mark.parametrize(
    ("returns", "changes"),
    [
        ("bool", ["return a → return False", "return a → return True"]),
        ("frozenset[int]", ["return a → return frozenset()"]),
        ("str | None", ["return a → return None"]),
        ("Datum", []),
    ],
)
def test_what_is_returned_instead(returns: str, changes: list[str]) -> None:
    assert of("return a", returns) == changes


def test_guards_loops_and_cases() -> None:
    text = "\n".join(
        (
            "def f(a):",
            "    for b in a:",
            "        if b:",
            "            continue",
            "        match b:",
            "            case int() if a:",
            "                break",
        )
    )
    assert [(m.line, m.change) for m in module(text).mutants()] == [
        (3, "if b: ... → pass"),
        (3, "b → not b"),
        (4, "continue → pass"),
        (4, "continue → break"),
        (6, "a → False"),
        (6, "a → True"),
        (6, "a → not a"),
        (7, "break → pass"),
        (7, "break → continue"),
    ]


def test_a_mutant_says_where_it_is() -> None:
    text = (
        "WORST = 'broken'\n\n\nclass A:\n    def f(self):\n        def g():\n            return 1\n"
    )
    found = [(m.key, m.line, m.statement, m.assigns) for m in module(text).mutants()]
    assert found == [
        (("m.WORST", "WORST = 'broken'", "'broken' → ''"), 1, 1, True),
        (("m.A.f.<locals>.g", "return 1", "1 → 2"), 7, 7, False),
    ]


def test_the_tree_is_as_it_was() -> None:
    text = "def f(a, b):\n    return a < b and not b"
    one = module(text)
    assert all(one.mutated(mutant) for mutant in one.mutants())
    assert ast.unparse(one.tree) == ast.unparse(ast.parse(text))


def test_what_python_refuses_is_no_mutant() -> None:
    one = module("def f(a):\n    if a:\n        return\n    for b in a:\n        continue")
    assert all(one.mutated(m) for m in one.mutants())
    outside = next(m for m in one.mutants() if m.change == "continue → break")
    assert one.mutated(outside) is not None


def test_a_sample_turns_on_the_seed_and_not_on_lines() -> None:
    text = "def f(a, b):\n    return a < b"
    (one, *_), (other, *_) = module(text).mutants(), module(f"\n\n{text}").mutants()
    assert one.line != other.line
    assert one.chance(1) == other.chance(1) != one.chance(2)
    assert 0 <= one.chance(1) < 1


# --- living code ----------------------------------------------------------------------------------


def test_living_code_is_changed_and_restored() -> None:
    bits = read("lawful.kernel.bits")
    living = Living([bits.name])
    shift = next(m for m in bits.mutants() if m.change == "1 << position → 1 >> position")
    code = bits.mutated(shift)
    assert code
    assert living.replace(bits.name, code)
    try:
        assert bits_of([0, 1]) == 1
    finally:
        living.restore()
    assert bits_of([0, 1]) == 3


def test_a_name_is_given_another_value_wherever_it_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = read("lawful.rules.rows")
    three = next(m for m in rows.mutants() if m.function == "MOST")
    code = rows.mutated(three)
    assert code
    monkeypatch.setattr(sys.modules[rows.name], "MOST", 3)
    monkeypatch.setattr(sys.modules[__name__], "MOST", 3, raising=False)
    assert reassign(rows.name, code)
    assert sys.modules[rows.name].MOST == sys.modules[__name__].MOST == 4


# --- what is told ---------------------------------------------------------------------------------


def test_equivalents_are_counted_apart(capsys: pytest.CaptureFixture[str]) -> None:
    mutants = list(module("def f(a, b):\n    return a < b and not b").mutants())
    results = Results({mutants[0].key: "why", mutants[1].key: "why"})
    fates = [Fate.SURVIVED, Fate.KILLED, Fate.UNREACHED, Fate.NONE]
    for mutant, fate in zip(mutants, [*fates, *[Fate.KILLED] * 9], strict=False):
        results.tell(mutant, fate)
    assert "| all | 5 | 3 | 1 | 1 | 80.0 % |" in results.table()
    assert results.survivors == [mutants[2]]
    assert results.needless == {mutants[1].key}
    assert mutants[2].change in capsys.readouterr().out


def test_the_command_puts_mutants_to_tests(root: Path) -> None:
    command = [sys.executable, "-m", "tests.mutation", "lawful.rules.kleene", "--share", "0.3"]
    done = subprocess.run(
        [*command, "--tests", "tests/rules/test_kleene.py"],
        cwd=root,
        env={"PYTHONPATH": "dsl:engine"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "`lawful.rules.kleene`" in done.stdout
    assert "100.0 %" in done.stdout


# --- a few of each package, in every run ----------------------------------------------------------


def _few(package: str) -> list[tuple[Module, Mutant]]:
    same = equivalents()
    names = [name for name in modules_of(package) if name not in LARGE]
    found = [(m, x) for m in map(read, names) for x in m.mutants()]
    sure = [each for each in found if each[1].key not in same and not each[1].assigns]
    return sorted(sure, key=lambda each: each[1].chance(SEED))[:FEW]


@pytest.mark.parametrize("package", PACKAGES)
def test_the_cases_notice(package: str) -> None:
    """All but one: of that, the tests of the modules themselves must be aware (`make mutate-engine`)."""
    few = _few(package)
    living = Living([module.name for module, _ in few])
    unnoticed = []
    for module, mutant in few:
        code = module.mutated(mutant)
        assert code
        assert living.replace(module.name, code)
        living.forget()
        try:
            if not _noticed():
                unnoticed.append(mutant)
        finally:
            living.restore()
            living.forget()
    assert len(unnoticed) <= 1, "\n".join(map(str, unnoticed))


def _noticed() -> bool:
    try:
        with _within(10):
            for case in solved.SOLVED:
                solved.test_a_checker_solves_it(engine, case)
            for case in solved.REFUSED:
                solved.test_its_texts_are_refused(case)
    except Exception:  # noqa: BLE001 - a mutant may fail in every way
        return True
    return False


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    def stop(signum: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
