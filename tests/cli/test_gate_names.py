"""The forms of a gate: nothing in a name means something to whoever reads them."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from lawful.analysis.difference import Change, Difference
from lawful.analysis.gate import Amended, Claim, Gate, New, Turned
from lawful.analysis.passing import Terms
from lawful.analysis.record import Known, Record
from lawful.cli.gate_forms import find, names
from lawful.findings import Verdict
from lawful.wording import ENGLISH
from tests.reporters import conftest
from tests.reporters.hostile import NAMES, named
from tests.reporters.sarif_standard import departures
from tests.reporters.test_github import commands

GONE = Known("shop_policy", "sale", Verdict.BROKEN, "0" * 16, "high", "sale", "a -> b", "name of x")


def gate(name: str = "") -> Gate:
    """A gate with something of everything, and a name in all of it."""
    report = named(conftest.SHOP, name)
    said = Difference(Change.CHANGED, f"rule{name}", f"no_sale{name}", (f"P-1{name}",), name, name)
    gone = replace(GONE, rule=f"sale{name}", carrier=f"a -> b{name}", data=f"name of x{name}")
    return Gate(
        Record(f"shop{name}", "2024-01-01", (), (), {}, (), ()),
        report,
        (said,),
        (said,),
        (said,),
        (Amended(f"shop_policy{name}", (said,)), Amended(f"other{name}", (), shared=True)),
        (Claim(f"node a{name}", f"places{name}", name, f"FR{name}"),),
        (
            Turned(
                f"shop_policy{name}", f"retention{name}", "low", Verdict.KEPT, Verdict.UNDETERMINED
            ),
        ),
        tuple(map(New, report.findings)),
        (gone,),
        (gone,),
        (),
        (f"a notice{name}",),
    )


def told(form: str, name: str = "") -> str:
    """A gate in a form."""
    return find(form).render(gate(name), Terms(), width=80, colour=False, wording=ENGLISH)


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_no_name_is_markup(name: str) -> None:
    texts = {form: told(form, name) for form in names()}
    assert departures(json.loads(texts["sarif"])) == []
    entries = json.loads(texts["gitlab"])
    assert len(entries) == len(json.loads(told("gitlab")))
    assert all(each["description"].isprintable() for each in entries)
    tags = [element.tag for element in ET.fromstring(texts["junit"]).iter()]
    assert tags == [element.tag for element in ET.fromstring(told("junit")).iter()]
    assert len(commands(texts["github"])) == len(commands(told("github")))
    assert texts["github"].count("\n") == told("github").count("\n")
    assert len(texts["jsonl"].split("\n")) == len(told("jsonl").split("\n"))
    assert all(map(json.loads, texts["jsonl"].strip("\n").split("\n")))
    for form in set(names()) - {"json", "jsonl"}:
        assert all(c.isprintable() or c == "\n" for c in texts[form]), form
