"""The plugin: expectations as items, what of a repository is collected, and what is imported when."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

LAW = """policy ours
  by us
  effective 2025-01-01

data
  email
  card
subjects
  buyer
environments
  development
  production

forbid no_cards: transfer of email, card to development
  unless of email
"""
CASES = """system cases  for policy ours

party us  controller
subject buyer
us {
  service till  production
  store   lake  development
}
buyer -> till : card, email

test "Cards stay out of development" {
  expect broken no_cards {
    till -> lake : card
  }
  expect kept no_cards {
    till -> lake : email
  }
}
"""
Ran = Callable[..., pytest.RunResult]


@pytest.fixture
def run(pytester: pytest.Pytester) -> Ran:
    """Run pytest in a repository that has the policy, with the plugin as it is where Lawful is installed."""
    pytester.mkdir("policies").joinpath("ours.law").write_text(LAW, "utf-8")
    installed = any(point.name == "lawful" for point in entry_points(group="pytest11"))
    load = () if installed else ("-p", "lawful.testing.plugin")

    def run(*arguments: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess(*load, "-p", "no:cacheprovider", *arguments)

    return run


def cases(pytester: pytest.Pytester, text: str = CASES) -> Path:
    path = pytester.path / "policies" / "cases.flow"
    path.write_text(text, "utf-8")
    return path


def test_each_expectation_is_an_item(run: Ran, pytester: pytest.Pytester) -> None:
    cases(pytester, CASES + CASES[CASES.index("test") :])
    found = run("policies", "-v")
    found.assert_outcomes(passed=4)
    found.stdout.fnmatch_lines(
        [
            "*cases.flow::Cards stay out of development: broken no_cards PASSED*",
            "*cases.flow::Cards stay out of development: kept no_cards PASSED*",
            "*cases.flow::Cards stay out of development: broken no_cards #2 PASSED*",
        ]
    )


def test_one_that_does_not_hold_fails_with_what_was_found(
    run: Ran, pytester: pytest.Pytester
) -> None:
    cases(pytester, CASES.replace("broken no_cards", "kept no_cards"))
    found = run("policies/cases.flow")
    found.assert_outcomes(passed=1, failed=1)
    found.stdout.fnmatch_lines(
        [
            'policies/cases.flow:12  "Cards stay out of development"',
            "  no_cards is expected to be kept, and is broken",
            "broken  medium  ours  no_cards",
            "*till -> lake*cases.flow:13",
        ]
    )
    assert "Traceback" not in found.stdout.str()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kept no_cards", "kept no_crads", "*there is no rule `no_crads`*"),
        ("till -> lake : email", "till -> lake : emial", "*`emial`*"),
        ("subject buyer", "subjct buyer", "*`subjct`*"),
        ("for policy ours", "", "*names no policy, so there is nothing to test*"),
        (
            "for policy ours",
            "for policy theirs",
            "*there is no policy, pack or vocabulary `theirs`*",
        ),
    ],
)
def test_what_is_wrong_with_a_text_is_told(
    run: Ran, pytester: pytest.Pytester, old: str, new: str, told: str
) -> None:
    cases(pytester, CASES.replace(old, new))
    found = run("policies")
    assert found.ret != 0
    found.stdout.fnmatch_lines([told])
    assert "Traceback" not in found.stdout.str()


def test_a_system_that_expects_nothing_has_no_items(run: Ran, pytester: pytest.Pytester) -> None:
    cases(pytester, CASES[: CASES.index("test")])
    run("policies").assert_outcomes()


def test_files_that_nobody_asked_for_are_left(run: Ran, pytester: pytest.Pytester) -> None:
    cases(pytester)
    pytester.makepyfile("def test_one(): pass")
    run().assert_outcomes(passed=1)
    pytester.makeini("[pytest]\ntestpaths = policies")
    run().assert_outcomes(passed=2)


def test_the_fixtures(run: Ran, pytester: pytest.Pytester) -> None:
    path = cases(pytester, CASES[: CASES.index("test")] + "till -> lake : card\n")
    pytester.mkdir("elsewhere")
    pytester.makepyfile(
        f"""
        import os
        import pytest
        from lawful.testing import assert_lawful

        def test_both(lawful_system, lawful_policy, pytestconfig):
            system = lawful_system("{path.relative_to(pytester.path).as_posix()}")
            with pytest.raises(AssertionError, match="no_cards"):
                assert_lawful(system)
            assert [rule.about.id for rule in lawful_policy("ours").rules] == ["no_cards"]
        """
    )
    run().assert_outcomes(passed=1)


def test_what_is_installed_is_this_plugin(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"lawful": "lawful.testing.plugin"}


def imported(program: str, root: Path) -> set[str]:
    """The packages that are imported when a program has run."""
    said = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": f"{root / 'dsl'}:{root / 'engine'}"},
    )
    return set(said.stdout.split())


def test_what_pytest_loads_imports_nothing_heavy(root: Path) -> None:
    before = imported("import pytest", root)
    after = imported("import pytest, lawful.testing.plugin", root)
    assert {name for name in after - before if "." in name or name.startswith("lawful")} <= {
        "lawful",
        "lawful.failure",
        "lawful.testing",
        "lawful.testing.asserting",
        "lawful.testing.plugin",
    }
    assert not {"lark", "networkx", "pydantic", "rich", "hypothesis", "lawful_dsl"} & (
        after - before
    )


@pytest.mark.parametrize(
    ("module", "missing"),
    [("lawful.testing.plugin", "pytest"), ("lawful.testing.strategies", "hypothesis")],
)
def test_what_is_missing_is_told(module: str, missing: str, root: Path) -> None:
    program = (
        f"sys.modules['{missing}'] = None\n"
        f"try:\n    import {module}\nexcept ModuleNotFoundError as error:\n"
        f"    assert \"pip install 'lawful[test]'\" in str(error), error\n"
        "else:\n    raise AssertionError\n"
    )
    assert imported(program, root)
