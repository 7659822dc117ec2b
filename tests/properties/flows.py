"""Strategies for small systems, as texts of the language over the vocabulary of the cases.

Systems have up to 8 nodes and 20 flows beside those that make something known, and a cycle in about half.
Half of them are told: what rules commonly ask is declared there, so that little is undetermined.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from tests.properties.words import (
    BASES,
    CHANNELS,
    CONSENTS,
    DATA,
    FORMS,
    KINDS,
    LEAVES,
    MEASURES,
    MECHANISMS,
    PERIODS,
    PLACES,
    PURPOSES,
    ROLES,
    STATES,
    Draw,
    fact,
    joined,
    maybe,
    one,
    some,
)


@st.composite
def systems(draw: Draw, most: int = 20) -> str:
    """A system of up to 8 nodes and `most` flows."""
    told = draw(st.booleans())
    lines = ["system s for policy p", "", "use tiny, wide", ""]
    lines.append(maybe(draw, f"fact notice {one(draw, ('48 hours', '4 days'))}", 50))
    lines.append(maybe(draw, "fact insured", 30))
    lines.append(f"party us_co operator {draw(_our_role(told))} in FR")
    parties = [f"v{n}" for n in range(draw(st.integers(1, 3)))]
    lines += [draw(_party(id, told)) for id in parties]
    people = ["ann", "kid"][: draw(st.integers(1, 2))]
    lines.append(f"subject ann is {one(draw, ('adult', 'parent'))} {draw(_person(told))}".rstrip())
    if "kid" in people:
        lines.append(f"subject kid is child of ann {draw(_person(told))}".rstrip())
    ours = [f"n{n}" for n in range(draw(st.integers(1, 3)))]
    theirs = [f"m{n}" for n in range(draw(st.integers(0, 1)))]
    free = [f"o{n}" for n in range(draw(st.integers(0, 1)))]
    lines.append("us_co {")
    for id in ours:
        lines += [f"  {line}" for line in draw(_node(id, parties, told)).split("\n")]
    lines.append("}")
    for id in theirs:
        body = draw(_node(id, [], told)).replace("\n", "\n  ")
        lines += [f"{one(draw, parties)} {{", f"  {body}", "}"]
    alone = ("source", "recipient") if told else ("service", "store", "source", "recipient")
    lines += [draw(_node(id, [], told, alone)) for id in free]
    gadgets = ["phone_of_ann"][: draw(st.integers(0, 3)) // 3]
    lines += [f"device {id} of ann" for id in gadgets]
    ends = [*people, *ours, *theirs, *free, *parties, *gadgets]
    pairs = draw(_pairs(ends, ours, most))
    for n, (source, target) in enumerate(pairs):
        into = [f"f{i}" for i, (_, t) in enumerate(pairs) if t == source]
        carried = draw(_carried(told, from_us=source in ours))
        lines.append(f"f{n}: {source} -> {target}{carried}{draw(_flow(told, into))}")
        lines[-1] += maybe(draw, " to another", 20 if target in people else 0)
        lines[-1] += draw(_placing()) if target in gadgets else ""
    # Something is surely there, of someone, for something: else nearly all would be undetermined.
    for n, person in enumerate(people):
        lines.append(
            f"known{n}: {person} -> {ours[0]} : {some(draw, LEAVES if told else DATA, 3)}"
            f" for {some(draw, PURPOSES)} on {one(draw, BASES)} with none by mail"
        )
    if not any(" from f0" in line or ", f0" in line for line in lines):
        lines.append(maybe(draw, 'ignore f0 because "It was switched off."', 5))
    return "\n".join(line for line in lines if line) + "\n"


@st.composite
def _pairs(
    draw: Draw, ends: Sequence[str], ours: Sequence[str], most: int
) -> list[tuple[str, str]]:
    """The ends of the flows, with a cycle in half of the systems that have two nodes of ours."""
    pairs = []
    for _ in range(draw(st.integers(1, most if draw(st.booleans()) else most // 2))):
        source = one(draw, [*ends, *ours])
        pairs.append((source, one(draw, [e for e in [*ends, *ours] if e != source])))
    if draw(st.booleans()) and len(ours) > 1:
        pairs[:2] = [(ours[0], ours[1]), (ours[1], ours[0])]
    return pairs


# --- parties and people ---------------------------------------------------------------------------


@st.composite
def _our_role(draw: Draw, told: bool) -> str:
    return one(
        draw,
        ("controller", "controller", "" if not told else "controller", "processor acting for v0"),
    )


@st.composite
def _party(draw: Draw, id: str, told: bool) -> str:
    roles = [draw(_role())] if told or draw(st.integers(0, 3)) else []
    roles += [f"{one(draw, ROLES)} of {one(draw, ('card', 'email'))} for billing"] * draw(_seldom())
    certified = "dpf_list" + maybe(draw, " from 2023-01-01 until 2023-12-31", 25)
    return joined(
        f"party {id}",
        maybe(draw, one(draw, KINDS), 100 if told else 85),
        maybe(draw, f"in {fact(draw, PLACES, told)}", 100 if told else 80),
        maybe(draw, f"under {fact(draw, MECHANISMS, told)}", 90 if told else 50),
        maybe(draw, f"certified {certified}", 25),
        maybe(draw, "affiliate of us_co", 10),
        maybe(draw, f"trust = {one(draw, ('low', 'high'))}", 40),
        *roles,
    )


@st.composite
def _seldom(draw: Draw) -> int:
    return int(draw(st.integers(0, 6)) == 0)


@st.composite
def _role(draw: Draw) -> str:
    role = one(draw, ROLES)
    return joined(
        role,
        maybe(draw, f"of {one(draw, DATA)}", 20),
        maybe(draw, f"for {one(draw, PURPOSES)}", 15),
        maybe(draw, f"acting for {one(draw, ('us_co', 'v0'))}", 0 if role == "controller" else 30),
    )


@st.composite
def _person(draw: Draw, told: bool) -> str:
    state = f"state {one(draw, ('', 'not '))}{one(draw, STATES)}"
    return joined(
        maybe(draw, f"in {fact(draw, PLACES, told)}", 100 if told else 75),
        maybe(draw, f"age {draw(st.sampled_from((12, 40)))}", 100 if told else 75),
        maybe(draw, one(draw, ("known", "not known")), 100 if told else 75),
        maybe(draw, state, 30),
        maybe(draw, "joined = 2023-09-01", 30),
        maybe(draw, f"loyal = {one(draw, ('yes', 'no'))}", 30),
    )


# --- nodes ----------------------------------------------------------------------------------------


@st.composite
def _node(
    draw: Draw,
    id: str,
    hosts: Sequence[str],
    told: bool,
    kinds: Sequence[str] = ("service", "store", "store", "client"),
) -> str:
    line = f"{one(draw, kinds)} {id}"
    line += maybe(draw, " " + one(draw, ("production", "development")), 30)
    line += maybe(draw, " " + one(draw, ("gate", "app")), 25)
    line += maybe(draw, f" site {one(draw, ('shop', 'forum'))}", 10)
    line += maybe(draw, " outside p", 4)
    line += maybe(draw, f" in {fact(draw, PLACES, told)}", 60)
    line += maybe(draw, f" using {fact(draw, MEASURES, told)}", 80 if told else 30)
    if hosts:
        line += maybe(
            draw, f" on {one(draw, hosts)}{one(draw, ('', ' keys ours', ' keys theirs'))}", 20
        )
        line += maybe(draw, f" access {one(draw, hosts)} for {one(draw, PURPOSES)}", 10)
    line += maybe(draw, f" for {fact(draw, PURPOSES, told)}", 30)
    line += maybe(draw, f" retention {one(draw, PERIODS)}", 90 if told else 50)
    narrower = one(draw, (f"of {one(draw, DATA)}", f"for {one(draw, PURPOSES)}"))
    line += maybe(draw, f" retention {one(draw, PERIODS)} {narrower}", 30)
    line += maybe(draw, f" honours {fact(draw, ('erasure_request',))}", 30)
    line += maybe(draw, f" score = {draw(st.integers(1, 4))}", 20)
    line += maybe(draw, f" rotation = {one(draw, ('30 days', '1 year'))}", 20)
    lines = [line, *draw(_contents())]
    return "\n".join(lines)


@st.composite
def _contents(draw: Draw) -> list[str]:
    """What a node holds, generates, joins, keeps apart and derives, each on a line of its own."""
    lines = []
    held = draw(st.integers(0, 9))
    if held < 2:
        lines.append("  holds nothing")
    elif held < 4:
        lines.append(f"  holds {some(draw, DATA)}{draw(_origin())}")
    if draw(st.integers(0, 3)) == 0:
        lines.append(f"  generates {some(draw, DATA)}{draw(_origin())}")
    if draw(st.integers(0, 5)) == 0:
        join = f"  joins {one(draw, DATA)} with {one(draw, DATA)}"
        join += maybe(draw, " as profile", 60) + maybe(draw, f" for {fact(draw, PURPOSES)}", 40)
        lines.append(join + maybe(draw, f" with {draw(_consents())}", 30))
    if draw(st.integers(0, 5)) == 0:
        lines.append(f"  derives clicks from {one(draw, DATA)}{maybe(draw, ' removing', 50)}")
    if draw(st.integers(0, 7)) == 0:
        lines.append(f"  keeps {one(draw, DATA)} apart from {one(draw, DATA)}")
    return lines


@st.composite
def _origin(draw: Draw) -> str:
    text = maybe(draw, " of ann", 60)
    text += maybe(draw, f" for {one(draw, PURPOSES)} on {fact(draw, BASES)}", 50)
    text += maybe(draw, f" with {draw(_consents())}", 25)
    return text + maybe(draw, f" under {fact(draw, MECHANISMS)}", 15)


# --- flows ----------------------------------------------------------------------------------------


@st.composite
def _consents(draw: Draw) -> str:
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return one(draw, ("none", "none", "unknown"))
    consent = f"{one(draw, CONSENTS)} consent" + maybe(draw, " given by parent", 25)
    if kind < 4:
        scope = joined(
            maybe(draw, one(draw, ("disclosure", "use", "sale", "transfer, storage")), 40),
            maybe(draw, f"for {one(draw, PURPOSES)}", 40),
            maybe(draw, f"to {one(draw, ('us', 'v0', 'ad_firm', 'third_party'))}", 30),
            maybe(draw, f"of {one(draw, DATA)}", 30),
            maybe(draw, f"by {one(draw, CHANNELS)}", 15),
        )
        consent += f" ({scope})" if scope else ""
    return consent + (" ..." if kind == 1 else "")


@st.composite
def _carried(draw: Draw, told: bool, from_us: bool) -> str:
    """What a flow carries; what others send is named, where all is told."""
    if told and not from_us:
        return f" : {some(draw, LEAVES, 3)}"
    if draw(st.integers(0, 5)) == 0:
        return ""
    if draw(st.integers(0, 9)) < (2 if told else 4):
        text = f" : {some(draw, (*DATA, 'erasure_request'), 3)}"
    else:
        text = " : all" + maybe(draw, f" except {some(draw, DATA)}", 50)
    return text + maybe(draw, f" of {one(draw, ('ann', 'ann', 'adult', 'child'))}", 15)


@st.composite
def _flow(draw: Draw, told: bool, into: Sequence[str]) -> str:
    text = ""
    if told or draw(st.integers(0, 2)):
        purposes = f" for {fact(draw, PURPOSES, told)}"
        purposes += maybe(draw, f" on {fact(draw, BASES, told)}", 80 if told else 50)
        purposes += maybe(draw, ", for hosting on none", 15)
        same = " for same" + maybe(draw, f" on {one(draw, BASES)}", 15)
        text += one(draw, (purposes, purposes, same))
    text += maybe(draw, f" with {draw(_consents())}", 75 if told else 40)
    text += maybe(draw, f" under {fact(draw, MECHANISMS, told)}", 20)
    text += maybe(draw, f" by {fact(draw, CHANNELS, told)}", 75 if told else 20)
    text += maybe(draw, f" using {fact(draw, MEASURES, told)}", 75 if told else 20)
    text += maybe(
        draw, f" consideration {one(draw, ('money', 'money', 'valuable', 'unknown'))}", 10
    )
    text += maybe(draw, f" logged = {one(draw, ('yes', 'no'))}", 10)
    text += maybe(draw, f" {one(draw, FORMS)}", 15)
    text += maybe(draw, " masking card as card_last4", 15)
    text += maybe(draw, f" {one(draw, ('mark', 'unmark'))} verified", 15)
    text += maybe(draw, f" {one(draw, ('unless', 'only if'))} {one(draw, STATES)}", 20)
    return text + (maybe(draw, f" from {some(draw, into)}", 15) if into else "")


@st.composite
def _placing(draw: Draw) -> str:
    lasting = maybe(draw, f" lasting {one(draw, PERIODS[:3])}", 40)
    return maybe(draw, f" places {one(draw, ('cookie', 'clicks'))}{lasting}", 70)
