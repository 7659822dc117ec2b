"""Listed: the registers that a policy has itself, laid beside what a system does: row by row, what it lets through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lawful.findings import Verdict
from lawful.rules.judgements import Bench
from lawful.rules.paths import name_of
from lawful.rules.sheets import Judged
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Closed, Policy


@frozen(order=True)
class Passed:
    """A flow or node, and what of its data a row lets through there."""

    carrier: str
    data: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.carrier} ({', '.join(self.data)})"


@frozen
class RowUse:
    """A row of a register of the policy, by block and number, and what it lets through."""

    block: str
    row: int
    text: str
    clauses: tuple[str, ...]
    lets_through: tuple[Passed, ...]


@frozen
class Unlisted:
    """A flow or node with an event that no row or permit of a block lets through, or perhaps none.

    Or a flow that another rule forbids, though a row has room for it.
    """

    rule: str
    carrier: str
    verdict: Verdict


def listing(policy: Policy) -> Policy:
    """The policy, and beside each of its closed blocks one for each of its rows by itself.

    What a block with one row keeps is what that row lets through, whatever the other rows do.
    """
    alone = [
        replace(
            block,
            about=replace(block.about, id=_alone(block, permit.row)),
            permits=(permit,),
            admits=(),
        )
        for block in _blocks(policy)
        for permit in block.permits
        if permit.row
    ]
    return replace(policy, rules=(*policy.rules, *alone))


def _blocks(policy: Policy) -> list[Closed]:
    """The closed blocks of a policy, without those of one row that are made here."""
    rules = (rule for rule in policy.rules if isinstance(rule, Closed))
    return [rule for rule in rules if "\n" not in rule.about.id]


def _alone(block: Closed, row: int) -> str:
    """The id of a block of one row: no rule of a text has such a one."""
    return f"{block.about.id}\n{row}"


def compared(bench: Bench) -> tuple[tuple[RowUse, ...], tuple[Unlisted, ...]]:
    """Each row with what it lets through, and what no row lets through or another rule forbids."""
    through: dict[str, dict[str, set[str]]] = {}
    unlisted: dict[tuple[str, str], Verdict] = {}
    for judged in bench.all():
        id, carrier = judged.rule.about.id, judged.happening.frame.carrier
        if "\n" in id:
            if judged.judgement.verdict is Verdict.KEPT:
                name = name_of(bench.propagation, judged.happening.datum)
                through.setdefault(id, {}).setdefault(carrier, set()).add(name)
        elif _fails(judged) and unlisted.get((id, carrier)) is not Verdict.BROKEN:
            unlisted[id, carrier] = judged.judgement.verdict
    rows = [
        RowUse(
            block.about.id,
            permit.row,
            permit.text,
            permit.clauses,
            _passed(through.get(_alone(block, permit.row), {})),
        )
        for block in _blocks(bench.law.policy)
        for permit in block.permits
        if permit.row
    ]
    return tuple(rows), tuple(
        Unlisted(rule, carrier, verdict) for (rule, carrier), verdict in sorted(unlisted.items())
    )


def _fails(judged: Judged) -> bool:
    """Whether no permit surely lets an event through, or another rule forbids a flow."""
    if isinstance(judged.rule, Closed):
        return judged.judgement.verdict is not Verdict.KEPT
    return judged.flow >= 0 and judged.judgement.verdict is Verdict.BROKEN


def _passed(through: Mapping[str, set[str]]) -> tuple[Passed, ...]:
    return tuple(Passed(carrier, tuple(sorted(through[carrier]))) for carrier in sorted(through))
