"""Living code: a module's changed code put into what was imported already.

A process that imported everything once can so be forked for each mutant; nothing is imported again.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from types import CodeType, FunctionType
from typing import Any

#: What tests keep of texts comes of these.
_READING = ("lawful_dsl.", "lawful.system.")
_CACHED: Any = type(cache(len))


class Living:
    """The functions of some modules, wherever they are kept, and their caches."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._functions: dict[str, list[FunctionType]] = {name: [] for name in modules}
        self._caches = []
        for each in gc.get_objects():
            if isinstance(each, FunctionType) and each.__module__ in self._functions:
                self._functions[each.__module__].append(each)
            elif isinstance(each, _CACHED) and self._turns(each.__module__):
                self._caches.append(each)
        self._imported = [(f, f.__code__) for found in self._functions.values() for f in found]

    def _turns(self, module: str) -> bool:
        """Whether what the functions of a module have said may be otherwise when these modules are."""
        reading = any(name.startswith(_READING) for name in self._functions)
        return module in self._functions or (reading and module.startswith("tests."))

    def restore(self) -> None:
        """Give all functions the code that they were imported with."""
        for function, code in self._imported:
            function.__code__ = code

    def forget(self) -> None:
        """Empty the caches of the modules: what they said before a change is not known any more."""
        for each in self._caches:
            each.cache_clear()

    def replace(self, module: str, code: CodeType) -> bool:
        """Give the functions of a module their code of another; whether one of them has changed."""
        codes = {_place(each): each for each in _codes(code)}
        changed = False
        for function in self._functions[module]:
            new = codes.get(_place(function.__code__))
            if new is not None and new != function.__code__:
                if new.co_freevars != function.__code__.co_freevars:
                    return False
                function.__code__ = new
                changed = True
        return changed


def reassign(module: str, code: CodeType) -> bool:
    """Let names of a module stand for what changed code assigns to them, wherever they were imported."""
    before = dict(vars(sys.modules[module]))
    scope = dict(before)
    try:
        exec(code, scope)
    except Exception:  # noqa: BLE001 - what cannot even be imported is no mutant
        return False
    for name in [name for name in before if scope[name] is not before[name]]:
        for other in tuple(sys.modules.values()):
            if getattr(other, "__dict__", {}).get(name) is before[name]:
                setattr(other, name, scope[name])
    return True


def _place(code: CodeType) -> tuple[str, int]:
    """What the code of a function is known by in two codes of one module."""
    return code.co_qualname, code.co_firstlineno


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)
