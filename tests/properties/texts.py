"""Strategies for small policies and systems, as texts of the language over the vocabulary of the cases.

Systems have up to 8 nodes and 20 flows, and a cycle in about half of them. What is drawn is text, so
that a failing example reads as a person would have written it.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

Draw = st.DrawFn

DATA = ("personal", "contact", "email", "phone", "card", "card_last4", "usage", "clicks", "profile")
SUBJECTS = ("adult", "child", "parent", "person")
PURPOSES = ("serving", "support", "billing", "marketing", "ads", "newsletter")
PLACES = ("EU", "FR", "DE", "US", "CH")
KINDS = ("company", "vendor", "ad_firm", "host")
ROLES = ("controller", "processor", "sub_processor", "conduit")
BASES = ("consent", "contract", "interest")
CONSENTS = ("express", "implied")
MECHANISMS = ("scc", "dpf", "derogation")
ENDS = ("us", "outside", "third_party", "production", "store", "adult", "another")
FORMS = ("encrypted", "pseudonymised", "aggregated", "anonymised", "decrypting")
PERIODS = (
    "3 months",
    "90 days",
    "1 year",
    "contract_term",
    "trial",
    "unlimited",
    "contract_term + 30 days",
)
EVENTS = ("collection", "transfer", "disclosure", "storage", "use", "join", "placement")


def _maybe(draw: Draw, text: str, percent: int) -> str:
    return text if draw(st.integers(0, 99)) < percent else ""


def _some(draw: Draw, words: Sequence[str], most: int = 2) -> str:
    return ", ".join(draw(st.lists(st.sampled_from(words), min_size=1, max_size=most, unique=True)))


def _one(draw: Draw, words: Sequence[str]) -> str:
    return draw(st.sampled_from(words))


# --- policies -------------------------------------------------------------------------------------


@st.composite
def policies(draw: Draw) -> str:
    """A policy of one to four rules, with definitions, treatment and precedence now and then."""
    lines = ["policy p", "  by us_co", "  text en, nl", "", "use tiny", ""]
    if draw(st.booleans()):
        lines.append("define minor as person when age < 16")
        lines.append(_one(draw, ("treat child as parent", "treat minor as parent when not known")))
    count = draw(st.integers(1, 4))
    blocks = [draw(_rule(f"r{n}")) for n in range(count)]
    lines += [line for block in blocks for line in block.split("\n")]
    if count > 1:
        lines.append(_maybe(draw, "r0 prevails over r1", 30))
    return "\n".join(lines) + "\n"


@st.composite
def _rule(draw: Draw, id: str) -> str:
    form = draw(st.integers(0, 9))
    if form <= 3:
        text = f"forbid {id}: {draw(_event())}"
        return text + draw(_exceptions())
    if form <= 5:
        return f"require {id}: {draw(_requirement())} for {draw(_event(EVENTS[:5]))}" + draw(
            _exceptions()
        )
    if form == 6:
        permits = [f"  permit {draw(_parts(2))}" for _ in range(draw(st.integers(0, 3)))]
        return "\n".join([f"closed {id}: {draw(_event(EVENTS[:5]))}", *permits])
    if form == 7:
        bound = _one(draw, ("at most", "at least", "exactly"))
        return f"retain {id}: {_some(draw, DATA)} {bound} {_one(draw, PERIODS)}"
    if form == 8:
        return f"require {id}: passage through gate before {draw(_event(EVENTS[:5]))}"
    if draw(st.booleans()):
        return f"require {id}: reach of erasure_request to storage of {_some(draw, DATA)}"
    return f"readings {id}\n  en: forbid {draw(_event(EVENTS[:5]))}\n  nl: forbid {draw(_event(EVENTS[:5]))}"


@st.composite
def _event(draw: Draw, kinds: Sequence[str] = EVENTS) -> str:
    kind = _one(draw, kinds)
    text = f"{kind} of {_some(draw, DATA)}" if draw(st.integers(0, 9)) else kind
    if " of " in text:
        text += _maybe(draw, f" except {_one(draw, DATA)}", 15)
        text += _maybe(draw, f" in {_one(draw, ('any form', 'encrypted', 'aggregated'))}", 15)
        text += _maybe(draw, f" of {_one(draw, SUBJECTS)}", 15)
    if kind == "join":
        text += f" with {_some(draw, DATA)}"
    parts = (
        draw(_parts(draw(st.sampled_from((1, 1, 2))), data=False)) if draw(st.booleans()) else ""
    )
    return f"{text} {parts}".rstrip()


@st.composite
def _parts(draw: Draw, most: int, data: bool = True) -> str:
    """Some of the parts that an event, a permit or an exception may have, each at most once."""
    found = {
        "of": f"of {_some(draw, DATA)}",
        "to": f"to {_one(draw, (*KINDS, *ROLES, *ENDS))}",
        "from": f"from {_one(draw, (*SUBJECTS, 'us', 'outside', 'EU', 'US', 'service'))}",
        "in": f"in {_some(draw, PLACES)}",
        "for": f"for {_one(draw, (*PURPOSES, 'within collected for'))}",
        "on": f"on {_some(draw, BASES)}",
        "consent": f"with {_one(draw, CONSENTS)} consent",
        "under": f"under {_some(draw, MECHANISMS)}",
        "by": f"by {_one(draw, ('mail', 'sms'))}",
        "using": f"using {_one(draw, ('tls', 'encryption'))}",
        "marked": "marked verified",
        "guard": "guard opted_out of ads",
        "collected": f"collected for {_some(draw, PURPOSES)}",
        "residence": f"residence in {_one(draw, PLACES)}",
        "lineage": f"anything from {_one(draw, DATA)}",
        "when": "when " + draw(_condition()),
    }
    words = [w for w in found if data or w not in ("of", "lineage")]
    chosen = draw(st.lists(st.sampled_from(words), min_size=1, max_size=most, unique=True))
    chosen.sort(key=lambda word: word == "when")
    return " ".join(found[word] for word in chosen)


@st.composite
def _condition(draw: Draw) -> str:
    return _one(
        draw,
        (
            "age < 16",
            "known",
            "not known",
            "opted_out of ads",
            "opted_out of ads per browser",
            "not opted_out of ads",
            "place in residence",
            "residence in EU and not in US",
            "to ad_firm or in US",
            "not (of card and to vendor)",
            "sensitivity = high",
            "volume < 5 or sensitivity != high",
            "trust = low",
            "not trust = low",
            "score >= 3 or logged",
            "score != 3",
            "loyal",
        ),
    )


@st.composite
def _exceptions(draw: Draw) -> str:
    if draw(st.integers(0, 9)) > 3:
        return ""
    text = f"\n  unless {draw(_parts(2))}"
    if draw(st.integers(0, 3)) == 0:
        text += f"\n    unless {draw(_parts(1))}"
    return text


@st.composite
def _requirement(draw: Draw) -> str:
    attribute, words = draw(
        st.sampled_from(
            (
                ("basis", BASES),
                ("consent", CONSENTS),
                ("mechanism", MECHANISMS),
                ("measure", ("tls", "encryption")),
                ("channel", ("mail", "sms")),
                ("purpose", PURPOSES),
                ("place", PLACES),
                ("contract", MECHANISMS),
                ("mark", ("verified",)),
            )
        )
    )
    return f"{attribute} {_one(draw, ('in', 'all of', 'only'))} {_some(draw, words)}"


# --- systems --------------------------------------------------------------------------------------


@st.composite
def systems(draw: Draw, most: int = 20) -> str:
    """A system of up to 8 nodes and `most` flows."""
    lines = ["system s for policy p", "", "use tiny", ""]
    lines.append(f"party us_co operator {draw(_our_role())} in FR")
    parties = [f"v{n}" for n in range(draw(st.integers(1, 3)))]
    lines += [draw(_party(id)) for id in parties]
    people = ["ann", "kid"][: draw(st.integers(1, 2))]
    lines.append(f"subject ann is {_one(draw, ('adult', 'parent'))} {draw(_person())}".rstrip())
    if "kid" in people:
        lines.append(f"subject kid is child of ann {draw(_person())}".rstrip())
    ours = [f"n{n}" for n in range(draw(st.integers(1, 3)))]
    theirs = [f"m{n}" for n in range(draw(st.integers(0, 1)))]
    free = [f"o{n}" for n in range(draw(st.integers(0, 1)))]
    lines.append("us_co {")
    for id in ours:
        lines += [f"  {line}" for line in draw(_node(id, parties)).split("\n")]
    lines.append("}")
    for id in theirs:
        body = draw(_node(id, [])).replace("\n", "\n  ")
        lines += [f"{_one(draw, parties)} {{", f"  {body}", "}"]
    lines += [draw(_node(id, [])) for id in free]
    ends = [*people, *ours, *theirs, *free, *parties]
    count = draw(st.integers(1, most if draw(st.booleans()) else most // 2))
    flows = []
    for _ in range(count):
        source = _one(draw, [*people, *ours, *ours, *theirs, *free, *parties])
        target = _one(draw, [e for e in [*ends, *ours] if e != source])
        flows.append((source, target))
    if draw(st.booleans()) and len(ours) > 1:
        flows[:2] = [(ours[0], ours[1]), (ours[1], ours[0])]
    named: list[str] = []
    for n, (source, target) in enumerate(flows):
        into = [f"f{i}" for i, (_, t) in enumerate(flows) if t == source]
        named.append(f"f{n}: {source} -> {target}{draw(_flow(into, target in people))}")
    # Something is surely there, of someone, for something: else nearly all would be undetermined.
    for n, person in enumerate(people):
        named.append(
            f"known{n}: {person} -> {ours[0]} : {_some(draw, DATA, 3)}"
            f" for {_some(draw, PURPOSES)} on {_one(draw, BASES)} with none by mail"
        )
    return "\n".join([*lines, *named]) + "\n"


@st.composite
def _our_role(draw: Draw) -> str:
    return _one(draw, ("controller", "controller", "", "processor acting for v0"))


@st.composite
def _party(draw: Draw, id: str) -> str:
    role = ""
    if draw(st.integers(0, 3)):
        role = _one(draw, ROLES)
        role += _maybe(draw, f" of {_one(draw, DATA)}", 20)
        role += _maybe(draw, f" for {_one(draw, PURPOSES)}", 15)
    return " ".join(
        filter(
            None,
            (
                f"party {id}",
                _maybe(draw, _one(draw, KINDS), 85),
                _maybe(draw, f"in {_some(draw, PLACES)}", 80),
                _maybe(draw, f"under {_one(draw, (*MECHANISMS, 'none'))}", 50),
                _maybe(draw, "certified dpf_list", 25),
                _maybe(draw, "affiliate of us_co", 10),
                _maybe(draw, f"trust = {_one(draw, ('low', 'high'))}", 30),
                role,
            ),
        )
    )


@st.composite
def _person(draw: Draw) -> str:
    return " ".join(
        filter(
            None,
            (
                _maybe(draw, f"in {_some(draw, PLACES)}", 75),
                _maybe(draw, f"age {draw(st.sampled_from((12, 40)))}", 75),
                _maybe(draw, _one(draw, ("known", "not known")), 75),
                _maybe(draw, f"state {_one(draw, ('', 'not '))}opted_out of ads", 25),
                _maybe(draw, f"loyal = {_one(draw, ('yes', 'no'))}", 30),
            ),
        )
    )


@st.composite
def _node(draw: Draw, id: str, hosts: Sequence[str]) -> str:
    lines = [f"{_one(draw, ('service', 'store', 'store', 'client'))} {id}"]
    lines[0] += _maybe(draw, " " + _one(draw, ("production", "development")), 30)
    lines[0] += _maybe(draw, " gate", 20)
    lines[0] += _maybe(draw, f" score = {draw(st.integers(2, 4))}", 20)
    lines[0] += _maybe(draw, f" in {_some(draw, PLACES)}", 60)
    if hosts:
        lines[0] += _maybe(draw, f" on {_one(draw, hosts)}{_maybe(draw, ' keys ours', 40)}", 20)
        lines[0] += _maybe(draw, f" access {_one(draw, hosts)} for {_one(draw, PURPOSES)}", 10)
    lines[0] += _maybe(draw, f" for {_some(draw, PURPOSES)}", 30)
    lines[0] += _maybe(draw, f" retention {_one(draw, PERIODS)}", 50)
    lines[0] += _maybe(draw, f" retention {_one(draw, PERIODS)} of {_one(draw, DATA)}", 20)
    lines[0] += _maybe(draw, f" retention {_one(draw, PERIODS)} for {_one(draw, PURPOSES)}", 10)
    lines[0] += _maybe(draw, f" honours {_one(draw, ('erasure_request', 'none'))}", 30)
    if draw(st.integers(0, 4)) == 0:
        lines[0] += " holds nothing"
    elif draw(st.integers(0, 3)) == 0:
        held = f"  holds {_some(draw, DATA)}" + _maybe(draw, " of ann", 50)
        lines.append(held + _maybe(draw, f" for {_one(draw, PURPOSES)}", 40))
    if draw(st.integers(0, 3)) == 0:
        made = f"  generates {_some(draw, DATA)}" + _maybe(draw, " of ann", 70)
        made += _maybe(draw, f" for {_one(draw, PURPOSES)} on {_one(draw, BASES)}", 50)
        lines.append(made)
    if draw(st.integers(0, 5)) == 0:
        join = f"  joins {_one(draw, DATA)} with {_one(draw, DATA)}"
        lines.append(join + _maybe(draw, " as profile", 60))
    if draw(st.integers(0, 5)) == 0:
        lines.append(f"  derives clicks from {_one(draw, DATA)}{_maybe(draw, ' removing', 50)}")
    if draw(st.integers(0, 7)) == 0:
        lines.append(f"  keeps {_one(draw, DATA)} apart from {_one(draw, DATA)}")
    return "\n".join(lines)


@st.composite
def _flow(draw: Draw, into: Sequence[str], to_person: bool) -> str:
    text = ""
    if draw(st.integers(0, 5)):
        carried = draw(st.integers(0, 9))
        if carried < 4:
            text += f" : {_some(draw, (*DATA, 'erasure_request'), 3)}"
        else:
            text += " : all" + _maybe(draw, f" except {_some(draw, DATA)}", 50)
        text += _maybe(draw, " of ann", 15)
    if draw(st.integers(0, 2)):
        purposes = f" for {_one(draw, PURPOSES)}"
        purposes += _maybe(draw, f" on {_some(draw, (*BASES,))}", 50)
        purposes += _maybe(draw, f", for {_one(draw, PURPOSES[3:])} on none", 15)
        text += _one(draw, (purposes, purposes, " for same"))
    consents = (
        " with none",
        " with express consent",
        " with implied consent (for marketing)",
        " with express consent (disclosure to ad_firm)",
        " with express consent given by parent",
    )
    text += _maybe(draw, _one(draw, consents), 40)
    text += _maybe(draw, f" under {_one(draw, (*MECHANISMS, 'none'))}", 20)
    text += _maybe(draw, f" by {_one(draw, ('mail', 'sms'))}", 20)
    text += _maybe(draw, f" using {_one(draw, ('tls', 'none'))}", 20)
    text += _maybe(draw, f" {_one(draw, FORMS)}", 15)
    text += _maybe(draw, " masking card as card_last4", 15)
    text += _maybe(draw, f" {_one(draw, ('mark', 'unmark'))} verified", 15)
    guards = (
        " unless opted_out of ads",
        " only if opted_out of ads",
        " unless opted_out of ads per browser",
        " only if enabled",
    )
    text += _maybe(draw, _one(draw, guards), 20)
    if into:
        text += _maybe(draw, f" from {_some(draw, into)}", 15)
    text += _maybe(draw, " to another", 20 if to_person else 0)
    text += _maybe(draw, f" logged = {_one(draw, ('yes', 'no'))}", 15)
    return text
