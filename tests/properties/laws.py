"""Strategies for small policies, as texts of the language over the vocabulary of the cases.

What is drawn is text, so that a failing example reads as a person would have written it.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from tests.properties.words import (
    BASES,
    CHANNELS,
    CONSENTS,
    DATA,
    KINDS,
    MEASURES,
    MECHANISMS,
    PERIODS,
    PLACES,
    PURPOSES,
    ROLES,
    STATES,
    SUBJECTS,
    Draw,
    joined,
    maybe,
    one,
    some,
    weighted,
)

EVENTS = ("collection", "transfer", "disclosure", "storage", "use")
ALL_EVENTS = (*EVENTS, "join", "placement", "sale")
ENDS = ("us", "outside", "third_party", "production", "store", "adult", "another", "own_subject")


@st.composite
def policies(draw: Draw) -> tuple[str, ...]:
    """The policy `p`, and now and then a second one, `q`, each a text of one to four rules."""
    texts = [draw(_policy("p", "r"))]
    if draw(st.integers(0, 5)) == 0:
        texts.append(draw(_policy("q", "s")))
        texts[0] += one(draw, ("p prevails over q\n", "q prevails over p\n", ""))
    return tuple(texts)


@st.composite
def _policy(draw: Draw, name: str, rule: str) -> str:
    lines = [f"policy {name}", "  by us_co"]
    governs = ("product app", "site shop", "subject adult", "subject adult, subject child")
    lines.append(maybe(draw, f"  governs {one(draw, governs)}", 10))
    lines += ["  text en, nl", "", "use tiny, wide", ""]
    if draw(st.integers(0, 2)) == 0:
        treats = ("treat child as parent", "treat minor as parent when not known")
        lines += draw(st.lists(st.sampled_from(treats), min_size=1, max_size=2, unique=True))
    ids = [f"{rule}{n}" for n in range(draw(st.integers(1, 4)))]
    for n, id in enumerate(ids):
        lines += draw(_rule(id, ids[:n])).split("\n")
    if len(ids) > 1:
        order = f"{ids[0]} prevails over {ids[1]}"
        lines.append(maybe(draw, order + maybe(draw, f" for {draw(_event())}", 30), 30))
    if len(ids) > 2:
        lines.append(maybe(draw, f"{ids[1]} prevails over {ids[2]}", 30))
    return "\n".join(line for line in lines if line) + "\n"


# --- rules ----------------------------------------------------------------------------------------


@st.composite
def _rule(draw: Draw, id: str, before: Sequence[str]) -> str:
    form = weighted(
        draw,
        (
            (7, "forbid"),
            (4, "require"),
            (3, "closed"),
            (2, "register"),
            (3, "retain"),
            (2, "passage"),
            (1, "reach"),
            (1, "readings"),
            (1, "assert"),
        ),
    )
    if form == "closed":
        return draw(_closed(id, before))
    if form == "register":
        return draw(_register(id))
    if form == "readings":
        nl = one(draw, (f"forbid {draw(_event(EVENTS))}", draw(_require("")), "nothing"))
        return f"readings {id}\n  en: forbid {draw(_event(EVENTS))}\n  nl: {nl}"
    if form == "assert":
        bound = one(draw, ("at most", "at least", "exactly"))
        asserted = one(draw, (f"notice {bound} {one(draw, ('72 hours', '3 days'))}", "insured"))
        return f"assert {id}: {asserted}"
    text = {
        "forbid": lambda: f"forbid {id}: {draw(_event())}",
        "require": lambda: draw(_require(f"{id}: ")),
        "retain": lambda: draw(_retain(id)),
        "passage": lambda: (
            f"require {id}: passage through {one(draw, ('gate', 'app, gate'))}"
            f" before {draw(_event(EVENTS))}"
        ),
        "reach": lambda: f"require {id}: reach of erasure_request to storage of {some(draw, DATA)}",
    }[form]()
    text += draw(_exceptions())
    replaced = one(draw, before) if before else ""
    return text + (maybe(draw, f"\n  in place of {replaced}", 10) if replaced else "")


@st.composite
def _require(draw: Draw, id: str) -> str:
    attribute, words = draw(
        st.sampled_from(
            (
                ("basis", BASES),
                ("consent", CONSENTS),
                ("mechanism", MECHANISMS),
                ("measure", MEASURES),
                ("channel", CHANNELS),
                ("purpose", PURPOSES),
                ("place", PLACES),
                ("contract", MECHANISMS),
                ("certificate", ("dpf_list",)),
                ("mark", ("verified",)),
            )
        )
    )
    what = f"{attribute} {one(draw, ('in', 'all of', 'only'))} {some(draw, words)}"
    return f"require {id}{what} for {draw(_event(EVENTS))}"


@st.composite
def _retain(draw: Draw, id: str) -> str:
    bound = one(draw, ("at most", "at most", "at least", "exactly"))
    parts = maybe(draw, draw(_parts(1, data=False)), 25)
    of = one(draw, (some(draw, DATA), some(draw, DATA), "placement of cookie, clicks"))
    return joined(f"retain {id}: {of}", parts, f"{bound} {one(draw, PERIODS)}")


@st.composite
def _closed(draw: Draw, id: str, before: Sequence[str]) -> str:
    lines = [f"closed {id}: {draw(_event(EVENTS))}"]
    for _ in range(draw(st.integers(0, 3))):
        lines.append(f"  permit {draw(_parts(2))}")
        lines.append(maybe(draw, f"    unless {draw(_parts(1))}", 20))
    if before:
        # Refused where it is no closed block: seldom enough.
        lines.append(maybe(draw, f"  admits {one(draw, before)}", 10))
    return "\n".join(line for line in lines if line)


@st.composite
def _register(draw: Draw, id: str) -> str:
    cells = {
        "of": lambda: one(draw, (some(draw, DATA), f"all except {one(draw, DATA)}", "all")),
        "to": lambda: one(draw, (*KINDS, *ROLES, "us", "all")),
        "in": lambda: one(draw, (some(draw, PLACES), "all")),
        "for": lambda: one(draw, (some(draw, PURPOSES), "all")),
        "on": lambda: one(draw, (*BASES, "all")),
        "with": lambda: one(draw, (*CONSENTS, "all")),
        "under": lambda: one(draw, (*MECHANISMS, "all")),
        "by": lambda: one(draw, (*CHANNELS, "all")),
        "using": lambda: one(draw, (*MEASURES, "all")),
        "retention": lambda: one(draw, (f"at most {one(draw, PERIODS)}", "")),
    }
    columns = draw(st.lists(st.sampled_from(sorted(cells)), min_size=1, max_size=3, unique=True))
    rows = [[cells[c]() for c in columns] for _ in range(draw(st.integers(1, 3)))]
    table = [f"  | {' | '.join(row)} |" for row in (columns, *rows)]
    return "\n".join([f"closed {id}: {draw(_event(EVENTS))}", *table])


@st.composite
def _exceptions(draw: Draw) -> str:
    if draw(st.integers(0, 9)) > 3:
        return ""
    text = f"\n  unless {draw(_parts(2))}"
    if draw(st.integers(0, 3)) == 0:
        text += f"\n    unless {draw(_parts(1))}"
    if draw(st.integers(0, 4)) == 0:
        text += f"\n  unless {draw(_parts(1))}"
    return text


# --- events, parts, conditions --------------------------------------------------------------------


@st.composite
def _event(draw: Draw, kinds: Sequence[str] = ALL_EVENTS) -> str:
    kind = one(draw, kinds)
    text = kind
    if draw(st.integers(0, 9)):
        text += f" of {some(draw, DATA)}"
        text += maybe(draw, f" except {one(draw, DATA)}", 15)
        text += maybe(draw, f" in {one(draw, ('any form', 'encrypted', 'aggregated'))}", 15)
        text += maybe(draw, f" of {one(draw, (*SUBJECTS, 'minor'))}", 15)
    elif draw(st.integers(0, 2)) == 0:
        text += f" anything from {some(draw, DATA)}"
    if kind == "join":
        text += f" with {some(draw, DATA)}"
    text += maybe(draw, " actual", 5)
    if draw(st.booleans()):
        text += " " + draw(_parts(draw(st.sampled_from((1, 1, 2))), data=False))
    return text


@st.composite
def _parts(draw: Draw, most: int, data: bool = True) -> str:
    """Some of the parts that an event, a permit or an exception may have, each at most once."""
    by = maybe(draw, f" given by {one(draw, ('parent', 'adult'))}", 25)
    found = {
        "of": f"of {some(draw, DATA)}",
        "to": f"to {one(draw, (*KINDS, *ROLES, *ENDS, 'risky', 'app'))}",
        "from": f"from {one(draw, (*SUBJECTS, 'us', 'outside', 'EU', 'US', 'service', 'vendor'))}",
        "in": f"in {some(draw, (*PLACES, 'abroad'))}",
        "seated": f"seated in {some(draw, PLACES)}",
        "for": f"for {one(draw, (*PURPOSES, 'within collected for'))}",
        "on": f"on {some(draw, BASES)}",
        "consent": f"with {one(draw, CONSENTS)} consent{by}",
        "under": f"under {some(draw, (*MECHANISMS, *MEASURES))}",
        "by": f"by {one(draw, CHANNELS)}",
        "using": f"using {one(draw, MEASURES)}",
        "certified": "certified dpf_list",
        "marked": "marked verified",
        "guard": f"guard {one(draw, STATES)}",
        "collected": f"collected for {some(draw, PURPOSES)}",
        "collected on": f"collected on {one(draw, BASES)}",
        "received": f"received under {some(draw, MECHANISMS)}",
        "residence": f"residence in {one(draw, PLACES)}",
        "lineage": f"anything from {one(draw, DATA)}",
        "when": "when " + draw(_condition()),
    }
    words = [w for w in found if data or w not in ("of", "lineage")]
    chosen = draw(st.lists(st.sampled_from(words), min_size=1, max_size=most, unique=True))
    chosen.sort(key=lambda word: word == "when")
    return " ".join(found[word] for word in chosen)


_TESTS = (
    "age < 16",
    "age >= 18",
    "known",
    "not known",
    *STATES,
    "not opted_out of ads",
    "place in residence",
    "residence in EU and not in US",
    "to ad_firm or in US",
    "not (of card and to vendor)",
    "consideration = money",
    "trust = low",
    "not trust = low",
    "score < 3",
    "score >= 3 or logged",
    "sensitivity = high",
    "volume < 5 or sensitivity != high",
    "loyal",
    "rotation > 90 days",
    "logged",
    "joined >= 2023-06-01",
    "to own_subject",
    "for billing and not on consent",
)


@st.composite
def _condition(draw: Draw) -> str:
    test = one(draw, _TESTS)
    if draw(st.integers(0, 3)) == 0:
        test = f"({test}) {one(draw, ('and', 'or'))} ({one(draw, _TESTS)})"
    return test
