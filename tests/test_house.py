"""The house: what holds of every module, whatever it does."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path
    for package in (ROOT / "dsl" / "lawful_dsl", ROOT / "engine" / "lawful")
    for path in package.rglob("*.py")
)
PACKAGES = [path for path in MODULES if path.name == "__init__.py"]
#: A file is read in one sitting.
LONGEST = 400


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts[1:]
    return ".".join(part for part in parts if part != "__init__")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_and_is_not_too_long(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{path} does not say what it is"
    assert text.count("\n") <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_pattern_has_a_possessive_group(path: Path) -> None:
    """Python before 3.11.5 stands in a wrong place after one (gh-106052): `(?>(...)*)` says the same."""
    assert re.findall(r"\)[*+?]\+", path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", PACKAGES, ids=name_of)
def test_what_is_public_is_there(path: Path) -> None:
    package = importlib.import_module(name_of(path))
    public = getattr(package, "__all__", [])
    assert [name for name in public if not hasattr(package, name)] == []


def test_what_is_installed_has_its_types() -> None:
    assert (ROOT / "dsl" / "lawful_dsl" / "py.typed").exists()
    assert (ROOT / "engine" / "lawful" / "py.typed").exists()
