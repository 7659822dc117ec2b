"""Properties: what a `.flow` text says of parties, nodes and flows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from lawful_dsl.format.words import (
    NONE_RESERVED,
    PERIOD_WORDS,
    reserve,
    write_dates,
    write_name,
    write_names,
    write_period,
    write_state,
    write_value,
)
from lawful_dsl.syntax import (
    Access,
    Age,
    Apart,
    Certified,
    Change,
    Consent,
    Consents,
    Derive,
    Flag,
    GuardDecl,
    Hold,
    Host,
    JoinDecl,
    Known,
    Marking,
    Name,
    Names,
    Pairing,
    Placing,
    Prop,
    Property,
    Retention,
    RoleDecl,
    Standing,
    Value,
)

#: The forms, which a node may say of itself as measures.
FORM_WORDS = reserve("encrypted pseudonymised aggregated anonymised decrypting")
#: Every word that may follow a name: a bare word that is one of them needs quotes.
FOLLOWING = FORM_WORDS | reserve(
    "access acting affiliate age apart as at because by certified clause conduit consent consideration "
    "controller derives else except extern for formerly from generates given holds honours in is joins "
    "joint_controller keeps keys known lasting longer mark masking not of on only outside per places "
    "processor removing retention shorter site state sub_processor to tokenising under unless "
    "unlimited unmark until using with hour hours day days week weeks month months year years"
)
#: `, for` and `, with` are read as one, so no name after a comma is either of them.
_LATER = reserve("for with")
_UNSAID = reserve("none unknown")
_SCOPE = reserve("for to of by")


def list_names(names: Iterable[Name], first: frozenset[str] = NONE_RESERVED) -> str:
    """Names with commas, the first of them none of the words."""
    return write_names(names, first, _LATER)


def write_listing(names: Names, reserved: frozenset[str] = _UNSAID) -> str:
    """A list that may be open, `none` or `unknown`."""
    if not names.items:
        return "unknown" if names.open else "none"
    return list_names(names.items, reserved) + (" ..." if names.open else "")


def write_properties(
    properties: Sequence[Prop], plain: frozenset[str] = NONE_RESERVED
) -> tuple[str, ...]:
    """The properties; purposes that stand side by side make one list.

    `plain` are words that may stand by themselves, though they are keywords elsewhere.
    """
    written: list[str] = []
    for paired, group in groupby(properties, key=lambda prop: isinstance(prop, Pairing)):
        if paired:
            written.append(_write_pairings([p for p in group if isinstance(p, Pairing)]))
        else:
            written += [_write_property(prop, plain) for prop in group]
    return tuple(written)


def _write_property(prop: Prop, plain: frozenset[str]) -> str:  # noqa: C901 - a case for each kind
    match prop:
        case Property():
            return _write_listed(prop, plain)
        case Value():
            return write_value(prop, FOLLOWING)
        case RoleDecl():
            acting = f" acting for {write_name(prop.acting_for)}" if prop.acting_for else ""
            return prop.role + _write_scope(prop.data, prop.purposes) + acting
        case Certified():
            dates = write_dates(prop.since, prop.until)
            return " ".join([f"certified {write_listing(prop.names)}", *dates])
        case Host():
            keys = f" keys {prop.keys}" if prop.keys else ""
            return f"on {write_name(prop.party)}{keys}"
        case Access():
            return f"access {write_name(prop.group)}{_write_purposes(prop.purposes)}"
        case Hold():
            return _write_hold(prop)
        case JoinDecl():
            result = f" as {write_name(prop.result)}" if prop.result else ""
            consents = f" {write_consents(prop.consents)}" if prop.consents else ""
            ends = f"joins {list_names(prop.left)} with {list_names(prop.right)}"
            return f"{ends}{result}{_write_purposes(prop.purposes)}{consents}"
        case Apart():
            return f"keeps {list_names(prop.left)} apart from {list_names(prop.right)}"
        case Derive():
            removing = " removing" if prop.removing else ""
            return f"derives {write_name(prop.result)} from {write_name(prop.source)}{removing}"
        case Retention():
            period = "unknown"
            if prop.period:
                period = write_period(prop.period, PERIOD_WORDS | _UNSAID)
            return f"retention {period}{_write_scope(prop.data, prop.purposes)}"
        case Age():
            return f"age {prop.years}"
        case Known():
            return "known" if prop.value else "not known"
        case Standing():
            not_ = "" if prop.value else "not "
            return f"state {not_}{write_state(prop.state, reserve('not'))}"
        case Flag():
            return prop.word
        case Consents():
            return write_consents(prop)
        case Pairing():
            return _write_pairings([prop])
        case Change():
            return _write_change(prop)
        case GuardDecl():
            return f"{prop.word} {write_state(prop.state)}"
        case Placing():
            lifetime = f" lasting {write_period(prop.lifetime)}" if prop.lifetime else ""
            return f"places {write_name(prop.category)}{lifetime}"
        case Marking():
            return f"{prop.word} {list_names(prop.names)}"


def _write_listed(prop: Property, plain: frozenset[str]) -> str:
    match prop.word:
        case "" if prop.names.items[0].text in plain:
            return prop.names.items[0].text
        case "":
            return write_name(prop.names.items[0], FOLLOWING)
        case (
            "affiliate of" | "is" | "of" | "outside" | "formerly" | "from"
        ):  # never open, none or unknown
            return f"{prop.word} {list_names(prop.names.items)}"
        case _:
            return f"{prop.word} {write_listing(prop.names)}"


def _write_scope(data: Sequence[Name], purposes: Sequence[Name]) -> str:
    of = f" of {list_names(data)}" if data else ""
    return f"{of} for {list_names(purposes)}" if purposes else of


def _write_purposes(purposes: Names | None) -> str:
    return f" for {write_listing(purposes)}" if purposes else ""


def _write_pairings(pairings: Sequence[Pairing]) -> str:
    return f"for {', for '.join(map(_write_pairing, pairings))}"


def _write_pairing(pairing: Pairing) -> str:
    if pairing.same or pairing.purposes is None:
        return "same"
    bases = f" on {write_listing(pairing.bases)}" if pairing.bases else ""
    return write_listing(pairing.purposes, _UNSAID | {"same"}) + bases


def write_consents(consents: Consents) -> str:
    """`with express consent, with implied consent`, `with none`."""
    if not consents.items:
        return "with unknown" if consents.open else "with none"
    written = ", ".join(f"with {_write_consent(consent)}" for consent in consents.items)
    return written + (" ..." if consents.open else "")


def _write_consent(consent: Consent) -> str:
    giver = f" given by {write_name(consent.giver)}" if consent.giver else ""
    scope = [list_names(consent.operations, _SCOPE)] if consent.operations else []
    for word, names in (
        ("for", consent.purposes),
        ("to", consent.recipients),
        ("of", consent.categories),
        ("by", consent.channels),
    ):
        scope += [f"{word} {list_names(names)}"] if names else []
    enclosed = f" ({' '.join(scope)})" if scope else ""
    return f"{write_name(consent.kind, _UNSAID)} consent{giver}{enclosed}"


def _write_hold(hold: Hold) -> str:
    if not hold.data:
        return f"{hold.word} nothing"
    parts = [f"{hold.word} {list_names(hold.data, reserve('nothing'))}"]
    parts += [f"of {list_names(hold.whose)}"] if hold.whose else []
    parts += [_write_pairings(hold.pairings)] if hold.pairings else []
    parts += [write_consents(hold.consents)] if hold.consents else []
    parts += [f"under {write_listing(hold.under)}"] if hold.under else []
    return " ".join(parts)


def _write_change(change: Change) -> str:
    if change.source is None or change.result is None:
        return change.operation
    return f"{change.operation} {write_name(change.source)} as {write_name(change.result)}"
