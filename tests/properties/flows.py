"""Small systems, drawn as texts of the language over the vocabulary of the cases.

Systems have up to 8 nodes and 20 flows beside those that make something known, and a cycle in about half.
Half of them are told: what rules commonly ask is declared there, so that little is undetermined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from hypothesis.strategies import SearchStrategy

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
    seeded,
    some,
)


@dataclass(frozen=True, slots=True)
class Pool:
    """Statements of which systems are made: of each slot one of several, and so of as many flows as wanted.

    A slot may have the empty statement. The flows are those of slots `f0`, `f1` and so on.
    """

    slots: tuple[tuple[str, ...], ...]
    flows: tuple[tuple[str, ...], ...]

    def system(self, draw: Draw, most: int) -> tuple[str, ...]:
        """The statements of one system with up to so many flows, and those that these speak of."""
        wanted = set(draw.sample(range(len(self.flows)), min(most, len(self.flows))))
        chosen = [one(draw, alike) for alike in self.slots]
        carriers: dict[int, str] = {}
        while missing := sorted(wanted - carriers.keys()):
            carriers |= {n: one(draw, self.flows[n]) for n in missing}
            named = [_FROM.search(carriers[n]) for n in missing]
            wanted |= {int(f) for names in named if names for f in re.findall(r"f(\d+)", names[0])}
        return (*(each for each in chosen if each), *(carriers[n] for n in sorted(carriers)))


def systems(most: int) -> SearchStrategy[str]:
    """Systems of up to 8 nodes and `most` flows, each as one text."""
    return seeded(lambda draw: "\n".join(pool(draw, most, 1).system(draw, most)) + "\n")


def pool(draw: Draw, most: int, each: int) -> Pool:
    """Statements about up to 8 nodes and `most` flows, `each` so many of one thing."""
    told = draw.random() < 0.5

    def alike(make: Callable[[], str]) -> tuple[str, ...]:
        return tuple(make() for _ in range(each))

    slots = [
        ("system s for policy p\n\nuse tiny, wide\n",),
        alike(lambda: maybe(draw, f"fact notice {one(draw, ('48 hours', '4 days'))}", 50)),
        alike(lambda: maybe(draw, "fact insured", 30)),
        alike(lambda: f"party us_co operator {_our_role(draw, told)} in FR"),
    ]
    parties = [f"v{n}" for n in range(draw.randint(1, 3))]
    slots += [alike(partial(_party, draw, id, told)) for id in parties]
    people = ["ann", "kid"][: draw.randint(1, 2)]
    kinds = {"ann": ("is adult", "is parent"), "kid": ("is child of ann",)}
    slots += [alike(partial(_subject, draw, id, kinds[id], told)) for id in people]
    ours = [f"n{n}" for n in range(draw.randint(1, 3))]
    theirs = [f"m{n}" for n in range(draw.randint(0, 1))]
    free = [f"o{n}" for n in range(draw.randint(0, 1))]
    slots += [alike(partial(_owned, draw, "us_co", id, parties, told)) for id in ours]
    slots += [alike(partial(_owned, draw, one(draw, parties), id, [], told)) for id in theirs]
    alone = ("source", "recipient") if told else ("service", "store", "source", "recipient")
    elsewhere = maybe(draw, " extern", 10)
    slots += [
        (f"service {id} extern",) if elsewhere else alike(partial(_node, draw, id, [], told, alone))
        for id in free
    ]
    gadgets = ["phone_of_ann"][: draw.randint(0, 3) // 3]
    slots += [(f"device {id} of ann",) for id in gadgets]
    ends = [*people, *ours, *theirs, *free, *parties, *gadgets]
    pairs = _pairs(draw, ends, ours, most)

    def carrier(n: int) -> str:
        source, target = pairs[n]
        into = [f"f{i}" for i, (_, t) in enumerate(pairs) if t == source]
        carried = _carried(draw, told, from_us=source in ours)
        line = f"f{n}: {source} -> {target}{carried}{_flow(draw, told, into)}"
        line += maybe(draw, " to another", 20 if target in people else 0)
        return _corrected(draw, f"f{n}", line + (_placing(draw) if target in gadgets else ""))

    def known(n: int) -> str:
        # Something is surely there, of someone, for something: else nearly all would be undetermined.
        return (
            f"known{n}: {people[n]} -> {ours[0]} : {some(draw, LEAVES if told else DATA, 3)}"
            f" for {some(draw, PURPOSES)} on {one(draw, BASES)} with {_known(draw)} by mail"
        )

    slots += [alike(partial(known, n)) for n in range(len(people))]
    carriers = [alike(partial(carrier, n)) for n in range(len(pairs))]
    if not any(re.search(r"\bf0\b", m[0]) for c in carriers for x in c if (m := _FROM.search(x))):
        off = '\nignore f0 because "It was switched off."'
        carriers[0] = tuple(line + maybe(draw, off, 5) for line in carriers[0])
    return Pool(tuple(slots), tuple(carriers))


def _pairs(
    draw: Draw, ends: Sequence[str], ours: Sequence[str], most: int
) -> list[tuple[str, str]]:
    """The ends of the flows, with a cycle in half of the systems that have two nodes of ours."""
    pairs = []
    for _ in range(draw.randint(1, most if draw.random() < 0.5 else max(1, most // 2))):
        source = one(draw, [*ends, *ours])
        pairs.append((source, one(draw, [e for e in [*ends, *ours] if e != source])))
    if draw.random() < 0.5 and len(ours) > 1:
        pairs[:2] = [(ours[0], ours[1]), (ours[1], ours[0])]
    return pairs


#: The flows that a flow says it is `from`, which come last of what it says.
_FROM = re.compile(r" from f\d+(, f\d+)*")
#: What one place or channel alone is said to be, so that a correction may say otherwise.
_SAID = re.compile(r" (in|by) (\w+)(?=\n| [a-z]|$)")


def _corrected(draw: Draw, id: str, text: str) -> str:
    """A statement, now and then with a correction of the place or the channel that it says."""
    said = _SAID.search(re.sub(r" \(.*?\)", "", text) if draw.randint(0, 7) == 0 else "")
    if said is None or said[2] in ("none", "unknown"):
        return text
    words = {"in": ("place", PLACES), "by": ("channel", CHANNELS)}
    word, values = words[said[1]]
    return f'{text}\ncorrect {id} {word} from {said[2]} to {one(draw, values)} because "It moved."'


# --- parties and people ---------------------------------------------------------------------------


def _our_role(draw: Draw, told: bool) -> str:
    return one(
        draw,
        ("controller", "controller", "" if not told else "controller", "processor acting for v0"),
    )


def _party(draw: Draw, id: str, told: bool) -> str:
    roles = [_role(draw)] if told or draw.randint(0, 3) else []
    roles += [f"{one(draw, ROLES)} of {one(draw, ('card', 'email'))} for billing"] * (
        draw.randint(0, 6) == 0
    )
    certified = "dpf_list" + maybe(draw, " from 2023-01-01 until 2023-12-31", 25)
    text = joined(
        f"party {id}",
        maybe(draw, one(draw, KINDS), 100 if told else 85),
        maybe(draw, f"in {fact(draw, PLACES, told)}", 100 if told else 80),
        maybe(draw, f"under {fact(draw, MECHANISMS, told)}", 90 if told else 50),
        maybe(draw, f"certified {certified}", 25),
        maybe(draw, "affiliate of us_co", 10),
        maybe(draw, f"trust = {one(draw, ('low', 'high'))}", 40),
        *roles,
    )
    return _corrected(draw, id, text)


def _role(draw: Draw) -> str:
    role = one(draw, ROLES)
    return joined(
        role,
        maybe(draw, f"of {one(draw, DATA)}", 20),
        maybe(draw, f"for {one(draw, PURPOSES)}", 15),
        maybe(draw, f"acting for {one(draw, ('us_co', 'v0'))}", 0 if role == "controller" else 30),
    )


def _subject(draw: Draw, id: str, kinds: Sequence[str], told: bool) -> str:
    state = f"state {one(draw, ('', 'not '))}{one(draw, STATES)}"
    text = joined(
        f"subject {id} {one(draw, kinds)}",
        maybe(draw, f"in {fact(draw, PLACES, told)}", 100 if told else 75),
        maybe(draw, f"age {draw.choice((12, 40))}", 100 if told else 75),
        maybe(draw, one(draw, ("known", "not known")), 100 if told else 75),
        maybe(draw, state, 30),
        maybe(draw, "joined = 2023-09-01", 30),
        maybe(draw, f"loyal = {one(draw, ('yes', 'no'))}", 30),
    )
    return _corrected(draw, id, text)


# --- nodes ----------------------------------------------------------------------------------------


def _owned(draw: Draw, owner: str, id: str, hosts: Sequence[str], told: bool) -> str:
    """A node of a party, in a block of its own."""
    body = _node(draw, id, hosts, told).replace("\n", "\n  ")
    return _corrected(draw, id, f"{owner} {{\n  {body}\n}}")


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
    line += maybe(draw, f" score = {draw.randint(1, 4)}", 20)
    line += maybe(draw, f" rotation = {one(draw, ('30 days', '1 year'))}", 20)
    lines = [line, *_contents(draw)]
    return "\n".join(lines)


def _contents(draw: Draw) -> list[str]:
    """What a node holds, generates, joins, keeps apart and derives, each on a line of its own."""
    lines = []
    held = draw.randint(0, 9)
    if held < 2:
        lines.append("  holds nothing")
    elif held < 4:
        lines.append(f"  holds {some(draw, DATA)}{_origin(draw)}")
    if draw.randint(0, 3) == 0:
        lines.append(f"  generates {some(draw, DATA)}{_origin(draw)}")
    if draw.randint(0, 5) == 0:
        join = f"  joins {one(draw, DATA)} with {one(draw, DATA)}"
        join += maybe(draw, " as profile", 60) + maybe(draw, f" for {fact(draw, PURPOSES)}", 40)
        lines.append(join + maybe(draw, f" with {_consents(draw)}", 30))
    if draw.randint(0, 5) == 0:
        lines.append(f"  derives clicks from {one(draw, DATA)}{maybe(draw, ' removing', 50)}")
    if draw.randint(0, 7) == 0:
        lines.append(f"  keeps {one(draw, DATA)} apart from {one(draw, DATA)}")
    return lines


def _origin(draw: Draw) -> str:
    text = maybe(draw, " of ann", 60)
    text += maybe(draw, f" for {one(draw, PURPOSES)} on {fact(draw, BASES)}", 50)
    text += maybe(draw, f" with {_consents(draw)}", 25)
    return text + maybe(draw, f" under {fact(draw, MECHANISMS)}", 15)


# --- flows ----------------------------------------------------------------------------------------


def _consents(draw: Draw) -> str:
    kind = draw.randint(0, 5)
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


def _known(draw: Draw) -> str:
    """What is consented to where all else is known: nothing, something plain, or whatever there may be."""
    plain = f"{one(draw, CONSENTS)} consent"
    return one(draw, ("none", "none", plain, plain, _consents(draw)))


def _carried(draw: Draw, told: bool, from_us: bool) -> str:
    """What a flow carries; what others send is named, where all is told."""
    if told and not from_us:
        return f" : {some(draw, LEAVES, 3)}"
    if draw.randint(0, 5) == 0:
        return ""
    if draw.randint(0, 9) < (2 if told else 4):
        text = f" : {some(draw, (*DATA, 'erasure_request'), 3)}"
    else:
        text = " : all" + maybe(draw, f" except {some(draw, DATA)}", 50)
    return text + maybe(draw, f" of {one(draw, ('ann', 'ann', 'adult', 'child'))}", 15)


def _flow(draw: Draw, told: bool, into: Sequence[str]) -> str:
    text = ""
    if told or draw.randint(0, 2):
        purposes = f" for {fact(draw, PURPOSES, told)}"
        purposes += maybe(draw, f" on {fact(draw, BASES, told)}", 80 if told else 50)
        purposes += maybe(draw, ", for hosting on none", 15)
        same = " for same" + maybe(draw, f" on {one(draw, BASES)}", 15)
        text += one(draw, (purposes, purposes, same))
    text += maybe(draw, f" with {_consents(draw)}", 75 if told else 40)
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


def _placing(draw: Draw) -> str:
    lasting = maybe(draw, f" lasting {one(draw, PERIODS[:3])}", 40)
    return maybe(draw, f" places {one(draw, ('cookie', 'clicks'))}{lasting}", 70)
