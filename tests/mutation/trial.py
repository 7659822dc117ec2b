"""Trial: a run of pytest in which mutants are put to the tests, each in a process of its own.

First every test runs once, on code that tells which statements it comes to. Then, for each mutant,
those that come to its statement, the quickest first, until one fails.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from lawful_dsl import compiled
from tests.mutation.living import Living, reassign
from tests.mutation.mutants import Module, Mutant, listen

#: A test may take this many times as long as it did, and so many seconds more, before it counts as hanging.
_LONGER, _MORE = 4, 0.5
_MEMORY = 4 << 30


class Fate(StrEnum):
    """What became of a mutant; one that is no change of any function, or no Python, is none."""

    KILLED = "killed"
    SURVIVED = "survived"
    UNREACHED = "reached by no test"
    NONE = "none"


@dataclass(slots=True)
class Trial:
    """The plugin of a run; `fates` are told as they are found."""

    modules: Sequence[Module]
    chosen: Callable[[Mutant], bool]
    tell: Callable[[Mutant, Fate], None]
    _reached: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    _seconds: list[float] = field(default_factory=list)
    _items: Sequence[pytest.Item] = ()

    def pytest_collection(self) -> None:
        """What is drawn is the same for all mutants; nothing is kept, and no failure is made smaller."""
        from hypothesis import Phase, settings  # not before pytest has loaded its plugin

        compiled.FOLDER = Path(os.devnull)  # code without mistakes has compiled what is there
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile(
            "mutation", settings(), derandomize=True, database=None, phases=phases
        )
        settings.load_profile("mutation")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running the tests once."""
        self._items = session.items
        living = Living([module.name for module in self.modules])
        self._observe(living)
        gc.freeze()
        for module in self.modules:
            for mutant in module.mutants():
                if self.chosen(mutant):
                    self.tell(mutant, self._fate(living, module, mutant))
        return True

    def _observe(self, living: Living) -> None:
        """Which statements each test comes to, and how long it takes."""
        hits: set[tuple[str, int]] = set()
        listen(hits)
        for module in self.modules:
            living.replace(module.name, module.instrumented())
        for number, item in enumerate(self._items):
            living.forget()
            hits.clear()
            began = time.process_time()
            if not _passes(item, self._items[number + 1 :]):
                raise pytest.UsageError(f"without any change, this test fails: {item.nodeid}")
            self._seconds.append(time.process_time() - began)
            for hit in hits:
                self._reached.setdefault(hit, []).append(number)
        living.restore()
        living.forget()

    def _fate(self, living: Living, module: Module, mutant: Mutant) -> Fate:
        code = module.mutated(mutant)
        if code is None:
            return Fate.NONE
        tests: Sequence[int] = range(len(self._items))
        if not mutant.assigns:
            tests = self._reached.get((module.name, mutant.statement), ())
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            _silence()
            changed = (
                reassign(module.name, code) if mutant.assigns else living.replace(module.name, code)
            )
            if not changed:
                os._exit(_EXITS.index(Fate.NONE))
            living.forget()
            order = sorted(tests, key=lambda number: (self._seconds[number], number))
            os._exit(_EXITS.index(self._put_to(order)))
        _, status = os.waitpid(child, 0)
        fate = _EXITS[os.WEXITSTATUS(status)] if os.WIFEXITED(status) else Fate.KILLED
        return Fate.UNREACHED if fate is Fate.SURVIVED and not tests else fate

    def _put_to(self, tests: Sequence[int]) -> Fate:
        chosen = [self._items[number] for number in tests]
        for place, (number, item) in enumerate(zip(tests, chosen, strict=True)):
            limit = self._seconds[number] * _LONGER + _MORE
            signal.setitimer(signal.ITIMER_PROF, limit)
            if not _passes(item, chosen[place + 1 :]):
                return Fate.KILLED
        return Fate.SURVIVED


_EXITS = tuple(Fate)


def _passes(item: pytest.Item, following: Sequence[pytest.Item]) -> bool:
    reports = runtestprotocol(item, log=False, nextitem=following[0] if following else None)
    return not any(report.failed for report in reports)


def _silence() -> None:
    """What a mutant says is read by no one; what it takes is bounded."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
