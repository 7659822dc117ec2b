"""Declared: the part of the work that is about one flow by itself, for tools that take no datum further than that.

`declared(work)` is what each flow right out of where data begin brings: a workload of its own, whose nodes are those
flows, in which data begin and nothing goes on. `PEERS[name](work)` prepares such a one and gives the run, which says
whatever is its own of the rules that are hit; the second function makes sums of that, as of the engines.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.bench.engines import Run
from tests.bench.work import Sums, Work, sums

if TYPE_CHECKING:
    from lawful.findings import Report


def declared(work: Work) -> Work:
    """What each flow right out of where data begin brings, of those that bring something; and who gets it."""
    places, at = np.unique(work["inode"], return_inverse=True)
    begun = np.zeros((len(places), work["T"]), bool)
    begun[at, work["ilab"]] = True
    flows = np.flatnonzero(np.isin(work["src"], places))
    carried = begun[np.searchsorted(places, work["src"][flows])] & work["masks"][work["mid"][flows]]
    rows, data = np.nonzero(carried)
    brings = work["tmap"][work["tid"][flows[rows]], data]
    bringing, numbers = np.unique(rows, return_inverse=True)
    return {
        **work,
        **dict.fromkeys(("src", "dst", "mid", "tid"), np.empty(0, np.int32)),
        "N": len(bringing),
        "nattr": work["nattr"][work["dst"][flows[bringing]]],
        "inode": numbers.astype(np.int32),
        "ilab": brings.astype(np.int32),
    }


def lawful_check(work: Work) -> Run:
    """`lawful.check.check`, all of it: each flow goes to a service, whose attributes are environments."""
    from lawful.check import check
    from lawful.system.link import link
    from lawful_dsl.parser import parse_flow, parse_law
    from lawful_dsl.resolve import resolve
    from lawful_dsl.source import Source

    program, wrong = resolve([parse_law(Source("bench.law", _policy(work)))])
    assert not wrong, wrong
    tree = parse_flow(Source("bench.flow", _system(work))).tree
    system, wrong = link([tree], program.vocabulary, policies=program.policies)
    assert not wrong, wrong

    def hits(report: Report) -> Iterator[tuple[int, int]]:
        for finding in report.findings:
            yield _number(finding.event.target), _number(finding.datum.category)

    return lambda: check(program, system), lambda report: _sums(work, hits(report))


def _policy(work: Work) -> str:
    attributes = range(work["nattr"].shape[1])
    rules = [
        f"forbid {rule}: transfer of {', '.join(data)} to {attribute}"
        for rule, data, attribute in _rules(work)
    ]
    data = [f"  d{datum}" for datum in range(work["T"])]
    lists = ["subjects", "  person", "environments", "  other", *(f"  a{a}" for a in attributes)]
    return "\n".join(['policy bench "Bench"', "  by us", "data", *data, *lists, *rules, ""])


def _system(work: Work) -> str:
    each = list(enumerate(zip(_brought(work), _attributes(work), strict=True)))
    # A service of which no environment is said might be of any.
    services = [f"  service n{n} {' '.join(has or ['other'])}" for n, (_, has) in each]
    flows = [f"people -> n{n} : {', '.join(data)}" for n, (data, _) in each]
    head = ['system bench "Bench"  for policy bench', "party us  controller  in unknown"]
    return "\n".join([*head, "subject people  is person", "us {", *services, "}", *flows, ""])


def pytm_resolve(work: Work) -> Run:
    """pytm's `TM.resolve`: a dataflow each, to a process that has the attributes; a threat for each rule.

    It says which threats a dataflow has. For which of its data is looked up; a threat for none is a hit of nobody.
    """
    import pytm

    pytm.TM.reset()
    threats = [
        {
            "SID": rule,
            "target": ["Dataflow"],
            "description": rule,
            "severity": "High",
            "condition": f"target.sink.{attribute} and any(d.name in {set(data)} for d in target.data)",
        }
        for rule, data, attribute in _rules(work)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "threats.json"
        path.write_text(json.dumps(threats), "utf-8")
        model = pytm.TM("bench", description="Bench", threatsFile=str(path))
    known = {f"d{datum}": pytm.Data(f"d{datum}") for datum in range(work["T"])}
    people = pytm.Actor("people")
    brought = _brought(work)
    for number, (data, has) in enumerate(zip(brought, work["nattr"].tolist(), strict=True)):
        attributes = {f"a{a}": value for a, value in enumerate(has)}
        service = pytm.Process(f"n{number}", **attributes)
        pytm.Dataflow(people, service, f"to n{number}", data=[known[datum] for datum in data])
    rules = {rule: set(data) for rule, data, _ in _rules(work)}

    def run() -> list[Any]:
        model.resolve()
        found: list[Any] = model.findings
        return found

    def hits(findings: list[Any]) -> Iterator[tuple[int, int]]:
        for finding in findings:
            number = _number(finding.element.sink.name)
            by = rules[finding.threat_id].intersection(brought[number])
            yield from [(number, _number(datum)) for datum in by] or [(-1, 0)]

    return run, lambda findings: _sums(work, hits(findings))


def fides_evaluation(work: Work) -> Run:
    """Fides' `execute_evaluation`: a declaration for each flow and attribute, which is the use of what it brings.

    They are those of one system: Fides seeks each key among all systems there are.
    """
    from fides.core.evaluate import execute_evaluation
    from fideslang import models

    attributes = [f"a{a}" for a in range(work["nattr"].shape[1])]
    matching = models.MatchesEnum.ANY

    def of(*values: str) -> Any:
        return models.PrivacyRule(matches=matching, values=list(values))

    rules = [
        models.PolicyRule(
            name=rule, data_categories=of(*data), data_uses=of(use), data_subjects=of("person")
        )
        for rule, data, use in _rules(work)
    ]
    declarations = [
        models.PrivacyDeclaration(
            name=f"n{number}", data_categories=data, data_use=use, data_subjects=["person"]
        )
        for number, (data, has) in enumerate(zip(_brought(work), _attributes(work), strict=True))
        for use in has or ["other"]
    ]
    taxonomy = models.Taxonomy(
        data_category=[models.DataCategory(fides_key=f"d{datum}") for datum in range(work["T"])],
        data_use=[models.DataUse(fides_key=use) for use in [*attributes, "other"]],
        data_subject=[models.DataSubject(fides_key="person", name="person")],
        policy=[models.Policy(fides_key="bench", rules=rules)],
        system=[
            models.System(
                fides_key="bench", system_type="Service", privacy_declarations=declarations
            )
        ],
    )

    def hits(evaluation: Any) -> Iterator[tuple[int, int]]:
        for violation in evaluation.violations:
            # Whose it is stands in the sentence alone: `Declaration (n7) of system ...`.
            number = _number(violation.detail.partition("(")[2].partition(")")[0])
            for datum in violation.violating_attributes.data_categories:
                yield number, _number(datum)

    return lambda: execute_evaluation(taxonomy), lambda found: _sums(work, hits(found))


def _rules(work: Work) -> Iterator[tuple[str, list[str], str]]:
    """Each rule: its name, its data, and the attribute of whom it is on."""
    for number, (data, attribute) in enumerate(zip(work["rcls"], work["rattr"], strict=True)):
        yield f"r{number}", [f"d{datum}" for datum in np.flatnonzero(data)], f"a{attribute}"


def _brought(work: Work) -> list[list[str]]:
    """The data that each flow brings."""
    found: list[set[int]] = [set() for _ in range(work["N"])]
    for number, datum in zip(work["inode"].tolist(), work["ilab"].tolist(), strict=True):
        found[number].add(datum)
    return [[f"d{datum}" for datum in sorted(data)] for data in found]


def _attributes(work: Work) -> list[list[str]]:
    """The attributes of those whom each flow goes to."""
    return [[f"a{a}" for a in np.flatnonzero(has)] for has in work["nattr"]]


def _number(name: str) -> int:
    return int(name[1:])


def _sums(work: Work, hits: Iterable[tuple[int, int]]) -> Sums:
    """Several rules may be hit by the same."""
    size = work["T"]
    came = np.unique(work["inode"].astype(np.int64) * size + work["ilab"])
    return sums(came, np.unique(np.array([n * size + a for n, a in hits], np.int64)))


#: By the names under which the results list them.
PEERS: dict[str, Callable[[Work], Run]] = {
    "lawful check": lawful_check,
    "pytm": pytm_resolve,
    "Fides": fides_evaluation,
}
