"""Property 3 of semantics, section 7: names and the order of texts change nothing that is found."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from lawful.system.link import link
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source
from tests.properties import flows, laws
from tests.properties.agreement import (
    Verdicts,
    engine_findings,
    engine_verdicts,
    report_of,
    understood,
)
from tests.properties.drawn import drawing

#: The ids of a drawn system. Renamed, each comes at another place among the others.
IDS = re.compile(r"\b(us_co|ann|kid|phone_of_ann|known\d|[vnmof]\d+)\b")
_STATEMENT = re.compile(r"^(f\d+:|known\d:|party v|subject )")


def renamed(text: str) -> str:
    """A text with every id renamed, the last in order to the first."""
    return IDS.sub(
        lambda m: (
            f"{chr(219 - ord(m[1][0]))}{99 - int(m[1][1:] or 0):02}"
            if m[1][1:].isdigit()
            else f"{chr(219 - ord(m[1][0]))}_{m[1]}"
        ),
        text,
    )


def _told(found: Verdicts, rename: bool) -> Counter[str]:
    said = [repr((event, verdict)) for event, verdict in found.items()]
    return Counter(renamed(each) if rename else each for each in said)


@drawing(15)
@given(laws.policies(), flows.systems(8))
def test_3_renaming_ids_renames_the_findings(texts: tuple[str, ...], flow: str) -> None:
    """Events are the same but for the names; findings are of the same things, each at one carrier or another."""
    both, others = (
        understood(texts, flow),
        understood([renamed(text) for text in texts], renamed(flow)),
    )
    assert (both is None) == (others is None)
    if both is None or others is None:
        return
    assert _told(engine_verdicts(*both), True) == _told(engine_verdicts(*others), False)
    assert {f[:4] for f in engine_findings(report_of(*both))} == {
        f[:4] for f in engine_findings(report_of(*others))
    }


@drawing(15)
@given(laws.policies(), flows.systems(8), st.randoms(use_true_random=False))
def test_3_the_order_of_texts_and_statements_changes_nothing(
    texts: tuple[str, ...], flow: str, random: st.DataObject
) -> None:
    """Statements in another order, in two texts instead of one, give the same findings in the same order."""
    both = understood(texts, flow)
    if both is None:
        return
    program, system = both
    lines = flow.split("\n")
    free = [line for line in lines if _STATEMENT.match(line)]
    rest = [line for line in lines if not _STATEMENT.match(line)]
    random.shuffle(free)  # type: ignore[attr-defined]
    half = len(free) // 2
    halves = ["\n".join([*rest, *free[half:]]), "\n".join(["use tiny, wide", *free[:half]])]
    random.shuffle(halves)  # type: ignore[attr-defined]
    trees = [parse_flow(Source(f"{n}.flow", text)).tree for n, text in enumerate(halves)]
    other, found = link(trees, program.vocabulary, policies=program.policies)
    assert not [each for each in found if each.is_error]
    one, two = report_of(program, system), report_of(program, other)
    assert one.rules == two.rules
    assert one.findings == two.findings
