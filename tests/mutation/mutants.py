"""Mutants: every change of a module, where it stands, and the code that it makes."""

from __future__ import annotations

import ast
import builtins
import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from pkgutil import walk_packages
from types import CodeType

from tests.mutation import changes

#: What instrumented code calls before each statement, with the statement's line.
_HIT = "_hit_"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: in `holder`, the field `name` (at `index`, where it is a list) becomes `node`.

    `function` is the name of a function or, where it `assigns`, what the module assigns to.
    `statement` is the line at which the statement begins that has the change.
    """

    module: str
    function: str
    line: int
    text: str
    change: str
    statement: int
    assigns: bool
    holder: ast.AST = field(repr=False)
    name: str = field(repr=False)
    index: int | None = field(repr=False)
    node: ast.AST | None = field(repr=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is, wherever its line has moved to."""
        return f"{self.module}.{self.function}", self.text, self.change

    def chance(self, seed: int) -> float:
        """A number from 0 to 1 that turns on the seed and on what it is: samples are drawn by it."""
        said = "\n".join((str(seed), *self.key))
        return int.from_bytes(sha256(said.encode()).digest()[:6]) / 2**48

    def put(self, node: ast.AST | None) -> ast.AST | None:
        """Put a node where the change is; what was there."""
        held = getattr(self.holder, self.name)
        if self.index is None:
            setattr(self.holder, self.name, node)
            return held
        before, held[self.index] = held[self.index], node
        return before


@dataclass(frozen=True, slots=True)
class Module:
    """A module's text and its syntax tree, which is changed and changed back."""

    name: str
    path: Path
    lines: Sequence[str]
    tree: ast.Module

    def mutants(self) -> Iterator[Mutant]:
        """All of them, in the order of the text."""
        return _Walk(self).body(self.tree)

    def mutated(self, mutant: Mutant) -> CodeType | None:
        """The code with a change; None where Python refuses it.

        It is that of the whole module or, of an assignment, that of all assignments from there on.
        """
        tree = self.tree
        if mutant.assigns:
            after = [s for s in tree.body if s.lineno >= mutant.statement and _assigned(s)]
            tree = ast.Module(after, [])
        before = mutant.put(mutant.node)
        try:
            return compile(ast.fix_missing_locations(tree), str(self.path), "exec")
        except SyntaxError:
            return None
        finally:
            mutant.put(before)

    def instrumented(self) -> CodeType:
        """The code of the module, with a call before each statement of a function that tells its line."""
        tree = _Telling(self.name).visit(ast.parse("\n".join(self.lines)))
        return compile(ast.fix_missing_locations(tree), str(self.path), "exec")


def read(name: str) -> Module:
    """The module of a name."""
    path = Path(str(importlib.import_module(name).__file__))
    text = path.read_text("utf-8")
    return Module(name, path, text.split("\n"), ast.parse(text))


def modules_of(package: str) -> list[str]:
    """The names of a package and of all modules in it, or of the module itself."""
    found = importlib.import_module(package)
    if not hasattr(found, "__path__"):
        return [package]
    inside = walk_packages(found.__path__, f"{package}.")
    return [package, *sorted(module.name for module in inside)]


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through a module; where it is: in which function, which statement, and what the function returns."""

    module: Module
    function: str = ""
    statement: int = 0
    returns: str = ""
    assigns: bool = False

    def body(self, node: ast.AST) -> Iterator[Mutant]:
        """The statements in a module or a class: what functions do, and what module-level names stand for."""
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.FunctionDef):
                yield from self._function(inner)
            elif isinstance(inner, ast.ClassDef):
                yield from replace(self, function=f"{self.function}{inner.name}.").body(inner)
            elif isinstance(node, ast.Module) and (name := _assigned(inner)):
                walk = replace(self, function=name, statement=inner.lineno, assigns=True)
                yield from walk._field(inner, "value", None, inner.value)

    def _function(self, node: ast.FunctionDef) -> Iterator[Mutant]:
        name = f"{self.function}{node.name}"
        walk = replace(self, function=name, returns=changes.returned(node.returns))
        for i, statement in enumerate(node.body):
            yield from walk._field(node, "body", i, statement)

    def _field(
        self, holder: ast.AST, name: str, index: int | None, node: ast.AST
    ) -> Iterator[Mutant]:
        """The changes of what one field of a node holds, and of all that is in it."""
        if _is_idle(node) or name in ("annotation", "format_spec"):
            return
        walk = replace(self, statement=node.lineno) if isinstance(node, ast.stmt) else self
        for other in walk._others(name, node):
            yield walk._mutant(holder, name, index, node, other)
        if isinstance(node, ast.match_case):
            yield from walk._case(node)
        if isinstance(node, ast.FunctionDef):
            yield from replace(walk, function=f"{self.function}.<locals>.")._function(node)
        elif isinstance(node, ast.JoinedStr):
            for value in node.values:
                if isinstance(value, ast.FormattedValue):
                    yield from walk._field(value, "value", None, value.value)
        else:
            yield from walk._children(node)

    def _children(self, node: ast.AST) -> Iterator[Mutant]:
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.AST):
                yield from self._field(node, name, None, value)
            elif isinstance(value, list):
                for i, item in enumerate(value):
                    if isinstance(item, ast.AST):
                        yield from self._field(node, name, i, item)

    def _others(self, name: str, node: ast.AST) -> Iterator[ast.AST]:
        if isinstance(node, ast.stmt):
            yield from changes.of_statement(node, self.returns)
        elif isinstance(node, ast.expr):
            yield from changes.of_expression(node)
            if name in ("test", "ifs", "guard"):
                yield from changes.of_condition(node)
            if name == "ifs":
                yield ast.Constant(True)

    def _case(self, node: ast.match_case) -> Iterator[Mutant]:
        """A case that never is, and one whose guard is forgotten."""
        if not isinstance(node.body[0], ast.Raise):
            never = ast.Constant(False)
            yield self._mutant(node, "guard", None, node.guard or node.pattern, never)
        if node.guard:
            yield self._mutant(node, "guard", None, node.guard, ast.Constant(True))

    def _mutant(
        self, holder: ast.AST, name: str, index: int | None, node: ast.AST, other: ast.AST
    ) -> Mutant:
        line = getattr(node, "lineno", self.statement)
        before, after = (_said(ast.unparse(each)) for each in (node, other))
        return Mutant(
            self.module.name,
            self.function,
            line,
            self.module.lines[line - 1].strip(),
            f"{before} → {after}",
            self.statement,
            self.assigns,
            holder,
            name,
            index,
            other,
        )


def _assigned(node: ast.AST) -> str:
    """The name to which a statement of a module assigns a value."""
    match node:
        case ast.Assign([ast.Name(name)]):
            return name
        case ast.AnnAssign(ast.Name(name), value=ast.expr()):
            return name
    return ""


def _said(text: str) -> str:
    first, *more = text.split("\n")
    return f"{first} ..." if more else first


def _is_idle(node: ast.AST) -> bool:
    """Docstrings, annotations, and what is said of states that never are."""
    match node:
        case ast.Expr(ast.Constant()) | ast.Assert() | ast.expr_context() | ast.arguments():
            return True
        case ast.Raise(ast.Call(ast.Name("AssertionError"))):
            return True
    return False


class _Telling(ast.NodeTransformer):
    """Puts a call before each statement of a function that tells its line."""

    def __init__(self, module: str) -> None:
        self._module = module

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        for inner in ast.walk(node):
            for name in ("body", "orelse", "finalbody"):
                held = getattr(inner, name, None)
                if isinstance(held, list) and not isinstance(inner, ast.ClassDef):
                    told = [each for s in held for each in (self._call(s), s)]
                    setattr(inner, name, told)
        return node

    def _call(self, node: ast.stmt) -> ast.stmt:
        call = ast.parse(f"{_HIT}(({self._module!r}, {node.lineno}))").body[0]
        for each in ast.walk(call):
            if hasattr(each, "lineno"):
                ast.copy_location(each, node)
        return call


def listen(hits: set[tuple[str, int]]) -> None:
    """Have instrumented code tell its lines to a set."""
    setattr(builtins, _HIT, hits.add)
