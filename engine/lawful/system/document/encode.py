"""Encode: the syntax tree of a system as a document and as JSON text."""

from __future__ import annotations

import json

from lawful.system.document import schema as d
from lawful.system.document.declaring import declarations, every_of, label, single, texts
from lawful_dsl import syntax as s


def encode(flows: s.Flows) -> str:
    """The JSON text of a system: what says nothing is left out.

    Raises `Rejected` where a declaration says twice what a document can say once.
    """
    said = document(flows).model_dump(mode="json", exclude_defaults=True)
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def document(flows: s.Flows) -> d.Document:
    """The document of a syntax tree."""
    statements = flows.statements
    system = single(every_of(statements, s.System), "system")
    return d.Document(
        lawful=1,
        use=[name.text for use in every_of(statements, s.Use) for name in use.names],
        system=_system(system) if system else None,
        **declarations(statements),
        waivers=[_waiver(each) for each in every_of(statements, s.Waive)],
        expected=[_expectation(each) for each in every_of(statements, s.Expect)],
        tests=[_test(each) for each in every_of(statements, s.Test)],
    )


def _system(said: s.System) -> d.System:
    return d.System(
        name=said.name.text,
        label=label(said.label),
        policies=texts(said.policies),
        as_of=said.as_of or None,
    )


def _waiver(said: s.Waive) -> d.Waiver:
    return d.Waiver(
        rule=said.rule.text,
        of=texts(said.of),
        at=texts(said.at),
        owner=label(said.owner),
        because=said.because.text,
        until=said.until,
    )


def _test(said: s.Test) -> d.Test:
    return d.Test(
        label=said.label.text,
        clauses=texts(said.clauses),
        **declarations(said.given),
        expected=[_expectation(each) for each in said.expected],
    )


def _expectation(said: s.Expect) -> d.Expectation:
    return d.Expectation.model_validate(
        {
            "verdict": said.verdict,
            "rules": texts(said.rules),
            "on": said.on or None,
            **declarations(said.added),
        }
    )
