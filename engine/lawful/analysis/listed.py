"""Listed: the registers that a policy has itself, laid beside what a system does: row by row, what it lets through."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lawful.findings import Verdict
from lawful.rules.judgements import Bench
from lawful_dsl.program import Closed, Policy


@dataclass(frozen=True, slots=True)
class RowUse:
    """A row of a register of the policy, by block and number, and the flows and nodes that it lets through."""

    block: str
    row: int
    text: str
    clauses: tuple[str, ...]
    carriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A flow or node with an event that no row or permit of a block lets through, or perhaps none."""

    block: str
    carrier: str
    verdict: Verdict


def listing(policy: Policy) -> Policy:
    """The policy of its closed blocks alone, and beside each block one for each of its rows by itself.

    What a block with one row keeps is what that row lets through, whatever the other rows do.
    """
    blocks = [rule for rule in policy.rules if isinstance(rule, Closed)]
    alone = [
        replace(
            block,
            about=replace(block.about, id=_alone(block, permit.row)),
            permits=(permit,),
            admits=(),
        )
        for block in blocks
        for permit in block.permits
        if permit.row
    ]
    return replace(policy, rules=(*blocks, *alone))


def _alone(block: Closed, row: int) -> str:
    """The id of a block of one row: no rule of a text has such a one."""
    return f"{block.about.id}\n{row}"


def compared(bench: Bench) -> tuple[tuple[RowUse, ...], tuple[Unlisted, ...]]:
    """Each row with what it lets through, and what no row lets through."""
    through: dict[str, set[str]] = {}
    unlisted: dict[tuple[str, str], Verdict] = {}
    for judged in bench.all():
        id, carrier = judged.rule.about.id, judged.happening.frame.carrier
        verdict = judged.judgement.verdict
        if "\n" not in id:
            if verdict is not Verdict.KEPT and unlisted.get((id, carrier)) is not Verdict.BROKEN:
                unlisted[id, carrier] = verdict
        elif verdict is Verdict.KEPT:
            through.setdefault(id, set()).add(carrier)
    blocks = [rule for rule in bench.law.policy.rules if isinstance(rule, Closed)]
    rows = [
        RowUse(
            block.about.id,
            permit.row,
            permit.text,
            permit.clauses,
            tuple(sorted(through.get(_alone(block, permit.row), ()))),
        )
        for block in blocks
        for permit in block.permits
        if permit.row and "\n" not in block.about.id
    ]
    return tuple(rows), tuple(
        Unlisted(block, carrier, verdict) for (block, carrier), verdict in sorted(unlisted.items())
    )
