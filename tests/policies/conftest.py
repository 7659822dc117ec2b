"""The tests of policies, multiplied by the shipped policies that are whole."""

from __future__ import annotations

import pytest

from tests.policies.shipped import WHOLE, files, shown


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    names = metafunc.config.getoption("--policies") or WHOLE
    if "whole" in metafunc.fixturenames:
        metafunc.parametrize("whole", names)
    if "cases" in metafunc.fixturenames:
        found = [(name, path) for name in names for path in files(name)]
        ids = [f"{name}/{path.stem}" for name, path in found]
        metafunc.parametrize("cases", [path for _, path in found], ids=ids)
    if "version" in metafunc.fixturenames:
        found_in = [(version, clause) for name in names for version, clause in shown(name)]
        ids = [f"{clause.id}-{version.effective}" for version, clause in found_in]
        metafunc.parametrize(("version", "clause"), found_in, ids=ids)
