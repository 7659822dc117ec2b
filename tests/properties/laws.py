"""Small policies, drawn as texts of the language over the vocabulary of the cases.

What is drawn is text, so that a failing example reads as a person would have written it.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis.strategies import SearchStrategy

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
    seeded,
    several,
    some,
    weighted,
)

EVENTS = ("collection", "transfer", "disclosure", "storage", "use")
ALL_EVENTS = (*EVENTS, "join", "placement", "sale")
ENDS = ("us", "outside", "third_party", "production", "store", "adult", "another", "own_subject")


def policies() -> SearchStrategy[tuple[str, ...]]:
    """Policies, each time one or two of them."""
    return seeded(policy_texts)


def policy_texts(draw: Draw) -> tuple[str, ...]:
    """The policy `p`, and now and then a second one, `q`, each a text of one to four rules."""
    texts = [_policy(draw, "p", "r")]
    if draw.randint(0, 5) == 0:
        texts.append(_policy(draw, "q", "s"))
        texts[0] += one(draw, ("p prevails over q\n", "q prevails over p\n", ""))
    return tuple(texts)


def _policy(draw: Draw, name: str, rule: str) -> str:
    lines = [f"policy {name}", "  by us_co"]
    governs = ("product app", "site shop", "subject adult", "subject adult, subject child")
    lines.append(maybe(draw, f"  governs {one(draw, governs)}", 10))
    lines += ["  text en, nl", "", "use tiny, wide", ""]
    if draw.randint(0, 2) == 0:
        treats = ("treat child as parent", "treat minor as parent when not known")
        lines += several(draw, treats, 2)
    ids = [f"{rule}{n}" for n in range(draw.randint(1, 4))]
    for n, id in enumerate(ids):
        lines += _rule(draw, id, ids[:n]).split("\n")
    if len(ids) > 1:
        order = f"{ids[0]} prevails over {ids[1]}"
        lines.append(maybe(draw, order + maybe(draw, f" for {_event(draw)}", 30), 30))
    if len(ids) > 2:
        lines.append(maybe(draw, f"{ids[1]} prevails over {ids[2]}", 30))
    return "\n".join(line for line in lines if line) + "\n"


# --- rules ----------------------------------------------------------------------------------------


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
        return _closed(draw, id, before)
    if form == "register":
        return _register(draw, id)
    if form == "readings":
        nl = one(draw, (f"forbid {_event(draw, EVENTS)}", _require(draw, ""), "nothing"))
        return f"readings {id}\n  en: forbid {_event(draw, EVENTS)}\n  nl: {nl}"
    if form == "assert":
        bound = one(draw, ("at most", "at least", "exactly"))
        asserted = one(draw, (f"notice {bound} {one(draw, ('72 hours', '3 days'))}", "insured"))
        return f"assert {id}: {asserted}"
    text = {
        "forbid": lambda: f"forbid {id}: {_event(draw)}",
        "require": lambda: _require(draw, f"{id}: "),
        "retain": lambda: _retain(draw, id),
        "passage": lambda: (
            f"require {id}: passage through {one(draw, ('gate', 'app, gate'))}"
            f" before {_event(draw, EVENTS)}"
        ),
        "reach": lambda: f"require {id}: reach of erasure_request to storage of {some(draw, DATA)}",
    }[form]()
    text += _exceptions(draw)
    replaced = one(draw, before) if before else ""
    return text + (maybe(draw, f"\n  in place of {replaced}", 10) if replaced else "")


def _require(draw: Draw, id: str) -> str:
    attribute, words = draw.choice(
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
    what = f"{attribute} {one(draw, ('in', 'all of', 'only'))} {some(draw, words)}"
    return f"require {id}{what} for {_event(draw, EVENTS)}"


def _retain(draw: Draw, id: str) -> str:
    bound = one(draw, ("at most", "at most", "at least", "exactly"))
    parts = maybe(draw, _parts(draw, 1, data=False), 25)
    of = one(draw, (some(draw, DATA), some(draw, DATA), "placement of cookie, clicks"))
    return joined(f"retain {id}: {of}", parts, f"{bound} {one(draw, PERIODS)}")


def _closed(draw: Draw, id: str, before: Sequence[str]) -> str:
    lines = [f"closed {id}: {_event(draw, EVENTS)}"]
    for _ in range(draw.randint(0, 3)):
        lines.append(f"  permit {_parts(draw, 2)}")
        lines.append(maybe(draw, f"    unless {_parts(draw, 1)}", 20))
    if before:
        # Refused where it is no closed block: seldom enough.
        lines.append(maybe(draw, f"  admits {one(draw, before)}", 10))
    return "\n".join(line for line in lines if line)


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
    columns = several(draw, sorted(cells), 3)
    rows = [[cells[c]() for c in columns] for _ in range(draw.randint(1, 3))]
    table = [f"  | {' | '.join(row)} |" for row in (columns, *rows)]
    return "\n".join([f"closed {id}: {_event(draw, EVENTS)}", *table])


def _exceptions(draw: Draw) -> str:
    if draw.randint(0, 9) > 3:
        return ""
    parts = f"with {one(draw, CONSENTS)} consent" if draw.randint(0, 3) == 0 else _parts(draw, 2)
    text = f"\n  unless {parts}"
    if draw.randint(0, 3) == 0:
        text += f"\n    unless {_parts(draw, 1)}"
    if draw.randint(0, 4) == 0:
        text += f"\n  unless {_parts(draw, 1)}"
    return text


# --- events, parts, conditions --------------------------------------------------------------------


def _event(draw: Draw, kinds: Sequence[str] = ALL_EVENTS) -> str:
    kind = one(draw, kinds)
    text = kind
    if draw.randint(0, 9):
        text += f" of {some(draw, DATA)}"
        text += maybe(draw, f" except {one(draw, DATA)}", 15)
        text += maybe(draw, f" in {one(draw, ('any form', 'encrypted', 'aggregated'))}", 15)
        text += maybe(draw, f" of {one(draw, (*SUBJECTS, 'minor'))}", 15)
    elif draw.randint(0, 2) == 0:
        text += f" anything from {some(draw, DATA)}"
    if kind == "join":
        text += f" with {some(draw, DATA)}"
    text += maybe(draw, " actual", 5)
    if draw.random() < 0.5:
        text += " " + _parts(draw, draw.choice((1, 1, 2)), data=False)
    return text


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
        "when": "when " + _condition(draw),
    }
    words = [w for w in found if data or w not in ("of", "lineage")]
    chosen = several(draw, words, most)
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


def _condition(draw: Draw) -> str:
    test = one(draw, _TESTS)
    if draw.randint(0, 3) == 0:
        test = f"({test}) {one(draw, ('and', 'or'))} ({one(draw, _TESTS)})"
    return test
