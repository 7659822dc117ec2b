"""Every reporter: found by its name, documented, the same bytes for the same report."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint, EntryPoints
from types import SimpleNamespace

import pytest

import lawful.reporters
from lawful.findings import Report, UsedFact, Verdict, overall
from lawful.reporters import find, names
from lawful.wording import ENGLISH

#: How the snapshots of each are called.
SUFFIXES = {
    "github": "txt",
    "gitlab": "json",
    "json": "json",
    "jsonl": "jsonl",
    "junit": "xml",
    "markdown": "md",
    "sarif": "sarif",
    "text": "txt",
}


def test_the_reporters_are_the_files_of_the_folder() -> None:
    assert set(names()) >= set(SUFFIXES)


@pytest.mark.parametrize("name", names())
def test_a_reporter_says_what_it_is(name: str) -> None:
    assert (find(name).__doc__ or "").strip()


@pytest.mark.parametrize("name", names())
def test_a_report_is_as_it_was(
    name: str, shop: Report, snapshot: Callable[[str, str], None]
) -> None:
    text = find(name).render([shop], width=80, colour=False, strict=False, wording=ENGLISH)
    snapshot(f"reporters/{name}.{SUFFIXES[name]}", text)


@pytest.mark.parametrize("name", names())
def test_several_reports_are_as_they_were(
    name: str, kept: Report, untouched: Report, snapshot: Callable[[str, str], None]
) -> None:
    text = find(name).render(
        [kept, untouched], width=80, colour=False, strict=False, wording=ENGLISH
    )
    snapshot(f"reporters/{name}-several.{SUFFIXES[name]}", text)


@pytest.mark.parametrize("name", names())
def test_every_finding_is_told(name: str, shop: Report) -> None:
    text = find(name).render([shop], width=80, colour=False, strict=False, wording=ENGLISH)
    assert [f.fingerprint for f in shop.findings if f.fingerprint not in text] == []
    assert text.endswith("\n")


@pytest.mark.parametrize("name", names())
def test_notices_and_what_is_not_declared_are_told(name: str, shop: Report) -> None:
    text = find(name).render([shop], width=200, colour=False, strict=False, wording=ENGLISH)
    assert "is ignored because" in text
    assert "but is not declared there" in text


@pytest.mark.parametrize("name", names())
def test_what_was_not_exercised_is_no_pass(name: str, untouched: Report) -> None:
    text = find(name).render([untouched], width=80, colour=False, strict=False, wording=ENGLISH)
    assert re.search('no rule met an event|"verdict": ?"not exercised"', text)
    assert "kept:" not in text


@pytest.mark.parametrize("name", sorted(set(names()) - {"json", "jsonl"}))
def test_only_documents_have_the_facts_that_a_finding_rests_on(name: str, shop: Report) -> None:
    facts = (UsedFact("tickets", "password", "hunter2"),)
    finding = dataclasses.replace(shop.findings[0], facts=facts)
    report = dataclasses.replace(shop, findings=(finding,))
    text = find(name).render([report], width=80, colour=False, strict=False, wording=ENGLISH)
    assert "hunter2" not in text


@pytest.mark.parametrize("name", names())
def test_nothing_that_a_terminal_obeys_is_written(name: str, shop: Report) -> None:
    text = find(name).render([shop], width=80, colour=False, strict=False, wording=ENGLISH)
    assert {c for c in text if ord(c) < 32} == {"\n"}


def test_another_distribution_adds_a_reporter(
    monkeypatch: pytest.MonkeyPatch, shop: Report
) -> None:
    shout = SimpleNamespace(
        render=lambda reports, *, width, colour, strict, wording: f"{reports[0].verdict.upper()}!\n"
    )
    monkeypatch.setitem(sys.modules, "shouting", shout)
    point = EntryPoint("shout", "shouting", lawful.reporters.GROUP)
    monkeypatch.setattr(
        importlib.metadata, "entry_points", lambda **wanted: EntryPoints([point]).select(**wanted)
    )
    assert "shout" in names()
    assert (
        find("shout").render([shop], width=80, colour=False, strict=False, wording=ENGLISH)
        == "BROKEN!\n"
    )


def test_an_unknown_reporter_is_an_error() -> None:
    with pytest.raises(LookupError, match="xml"):
        find("xml")


def test_what_was_not_exercised_outweighs_what_was_kept(
    kept: Report, untouched: Report, shop: Report
) -> None:
    assert overall([kept, untouched]) is Verdict.NOT_EXERCISED
    assert overall([kept, shop, untouched]) is Verdict.BROKEN
    assert overall([]) is Verdict.NOT_EXERCISED


def test_finding_the_reporters_loads_none_of_them() -> None:
    code = (
        "import sys, lawful.reporters as r; r.names(); "
        "sys.exit(bool({'rich', 'pydantic'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
