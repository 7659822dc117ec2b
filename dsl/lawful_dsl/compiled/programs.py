"""Programs: what each shipped module adds to a program, and the programs that they make together.

A module's part stands for its texts wherever they lie: what is kept of a text is its digest, and
the name of its file is put in where the part is taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from lawful_dsl import compiled
from lawful_dsl.compiled.packed import digest, unpack
from lawful_dsl.program import Program
from lawful_dsl.source import Source
from lawful_dsl.vocabulary import Vocabulary

#: The name under which the parts are kept.
KEPT = "library"


class Part(NamedTuple):
    """Of one module: what it uses, the digests of its texts, and its own share of a program, pickled."""

    uses: tuple[str, ...]
    texts: tuple[str, ...]
    share: bytes


def kept() -> Mapping[str, Part]:
    """The part of each module that is compiled."""
    return compiled.find(KEPT) or {}


def reached(names: Iterable[str], known: Mapping[str, Part]) -> tuple[str, ...]:
    """Some modules and all that they use, sorted; none where one of them is not known."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in known:
            return ()
        if name not in found:
            found.add(name)
            waiting.extend(known[name].uses)
    return tuple(sorted(found))


def together(
    names: Iterable[str], known: Mapping[str, Part], texts: Mapping[str, Sequence[Source]]
) -> Program | None:
    """The program of some modules, as `resolve` makes it, if they are compiled from these texts.

    `texts` are those of each module that is reached, in the order of the names of modules.
    """
    told = {name: [(digest(source), source.file) for source in own] for name, own in texts.items()}
    if any(known[name].texts != tuple(sorted(key for key, _ in own)) for name, own in told.items()):
        return None
    files = dict(pair for own in told.values() for pair in own)
    shares = [unpack(known[name].share, files) for name in texts]
    chosen = set(names)
    terms = {n: t for share in shares for n, t in share.vocabulary.terms.items()}
    aliases = {k: n for share in shares for k, n in share.vocabulary.aliases.items()}
    attributes = {n: a for share in shares for n, a in share.vocabulary.attributes.items()}
    words = Vocabulary(_sorted(terms), _sorted(aliases), _sorted(attributes))
    policies = tuple(p for share in shares for p in share.policies if p.name in chosen)
    return Program(words, policies) if shares else None


def _sorted(by_name: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(by_name.items()))
