"""Plugin: pytest runs the expectations of `.flow` files, and gives tests systems and policies.

A `.flow` file that is named on the command line, or lies in a folder that is named there or in
`testpaths`, becomes items, one for each `expect`. A file that expects nothing has none.

The engine is imported when a file expects something, or a fixture is called, and not before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

try:
    import pytest
except ModuleNotFoundError as missing:  # pragma: no cover
    raise ModuleNotFoundError(
        "lawful.testing.plugin is for pytest: pip install 'lawful[test]'", name=missing.name
    ) from missing

if TYPE_CHECKING:
    from lawful.system.model import System
    from lawful.testing.cases import Case, Outcome
    from lawful.testing.suites import Suite
    from lawful_dsl.program import Policy

__all__ = ["lawful_policy", "lawful_system"]

SUFFIX = ".flow"
#: A text that may have expectations: worth being read.
_EXPECTS = re.compile(r"^\s*expect\b", re.MULTILINE)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> FlowFile | None:
    """The file as a collector, if it was asked for and expects something."""
    named = parent.config.args_source is not pytest.Config.ArgsSource.INVOCATION_DIR
    if named and file_path.suffix == SUFFIX and _expects(file_path):
        found: FlowFile = FlowFile.from_parent(parent, path=file_path)
        return found
    return None


def _expects(path: Path) -> bool:
    try:
        return bool(_EXPECTS.search(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError):
        return False


class FlowFile(pytest.File):
    """A `.flow` file that expects something of rules."""

    def collect(self) -> Iterable[Expectation]:
        """An item for each `expect`, in the order of the text."""
        from lawful.failure import Failure

        try:
            suite = self._suite()
        except Failure as failure:
            raise self.CollectError(str(failure)) from None
        yield from self._items(suite)

    def _suite(self) -> Suite:
        """The cases of the file, or a failure that says what is wrong with its text or its policies."""
        from lawful.given import refuse
        from lawful.system.load import load as read
        from lawful.testing.checking import load
        from lawful.testing.suites import suite

        path = _short(self.path)
        trees, sources, wrong = read([path])
        refuse(wrong, sources)
        found = suite(path, trees[0], next(iter(sources.values())), (), load)
        refuse(found.faults, found.sources)
        return found

    def _items(self, suite: Suite) -> Iterator[Expectation]:
        seen: dict[str, int] = {}
        for case in suite.cases:
            name = _name(case)
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                name = f"{name} #{seen[name]}"
            item: Expectation = Expectation.from_parent(self, name=name, suite=suite, case=case)
            yield item


def _short(path: Path) -> Path:
    """The path as messages show it: from the working directory, where it lies there."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _name(case: Case) -> str:
    said = f"{case.verdict} {', '.join(name.text for name in case.rules)}"
    said += f" on {case.on}" if case.on else ""
    return f"{case.test}: {said}" if case.test else said


class Expectation(pytest.Item):
    """One `expect`: it fails where one of its rules has another verdict."""

    def __init__(self, *, suite: Suite, case: Case, **about: Any) -> None:
        super().__init__(**about)
        self.suite = suite
        self.case = case

    def runtest(self) -> None:
        """Check the system of the case."""
        from lawful.given import refuse

        outcome, wrong = self.suite.run(self.case)
        refuse(wrong, self.suite.sources)
        if outcome is None or outcome.otherwise:
            raise Otherwise(outcome)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any) -> Any:
        """What the check found, or what is wrong with the text: no traceback."""
        from lawful.failure import Failure
        from lawful.testing.outcomes import tell

        if isinstance(excinfo.value, Otherwise) and excinfo.value.outcome is not None:
            return tell(excinfo.value.outcome)
        if isinstance(excinfo.value, Failure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *args)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the expectation stands."""
        return self.path, self.case.span.line - 1, self.name


class Otherwise(Exception):
    """A rule has another verdict than what is expected of it."""

    def __init__(self, outcome: Outcome | None) -> None:
        super().__init__()
        self.outcome = outcome


@pytest.fixture(scope="session")
def lawful_system(pytestconfig: pytest.Config) -> Callable[..., System]:
    """A factory of systems: `lawful_system("flows/shop.flow")` is the one of that path.

    The path is taken from the root of the tests. `policies` are those under which it is linked, if
    it names none. What it makes can be changed as a value, and given to `assert_lawful`.
    """

    def system(path: str | Path, policies: str | Sequence[str] = (), *, on: str = "") -> System:
        from lawful.given import read_file
        from lawful.testing.checking import load, names_of

        names = names_of(policies)
        return read_file(_short(pytestconfig.rootpath / path), names, on, load=load).system

    return system


@pytest.fixture(scope="session")
def lawful_policy(pytestconfig: pytest.Config) -> Callable[..., Policy]:
    """A factory of policies: `lawful_policy("callbridge")` is the latest version of that policy.

    It is sought from the root of the tests, as the command seeks it; `on` asks for the version that
    is in effect on a date.
    """

    def policy(name: str, *, on: str = "") -> Policy:
        from lawful.testing.checking import policy_of

        return policy_of(name, on, pytestconfig.rootpath)[1]

    return policy
