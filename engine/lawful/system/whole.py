"""Whole: what the files say of the system itself, and what policies want of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lawful.system.attributes import attribute
from lawful.system.gather import Gathered, Layer, alike, place_of
from lawful.system.model import Notice, Party, System
from lawful.system.names import Scope
from lawful.system.properties import every
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import near
from lawful_dsl.program import Policy
from lawful_dsl.source import NOWHERE
from lawful_dsl.vocabulary import AttributeValue


def header(gathered: Gathered) -> System:
    """The system without its parts: name, label, policies, date."""
    headers = [layer.said for layer in gathered.headers]
    names = sorted({header.name.text for header in headers})
    labels = sorted({header.label.text for header in headers if header.label})
    dates = [header for header in headers if header.as_of]
    for header in dates[1:]:
        if header.as_of != dates[0].as_of:
            gathered.scope.error(
                f"two files differ on `as of`: `{dates[0].as_of}` and `{header.as_of}`",
                header.span,
                "a check is as of one date",
                ("the other says it here", dates[0].span),
            )
    return System(
        name=" + ".join(names) or "system",
        label=labels[0] if labels and len(names) == 1 else "",
        policies=tuple(sorted({name.text for header in headers for name in header.policies})),
        as_of=dates[0].as_of if dates else "",
        span=min((header.span for header in headers), default=NOWHERE),
    )


def comparison_date(header: System, policies: Sequence[Policy]) -> str:
    """The date on which the terms are compared here: the system's, else the policies'."""
    return header.as_of or max((policy.effective for policy in policies), default="")


def facts(gathered: Gathered) -> dict[str, AttributeValue]:
    """The facts of the system by name."""
    found: dict[str, AttributeValue] = {}
    first: dict[str, Layer[s.FactDecl]] = {}
    for layer in gathered.facts:
        said = layer.said
        value = attribute(layer.scope, "system", said.name, said.value)
        other = first.setdefault(said.name.text, layer)
        if other is layer:
            if value is not None:
                found[said.name.text] = value
        elif other.file == layer.file or found.get(said.name.text) != value:
            layer.scope.error(
                f"the fact `{said.name}` is said twice",
                said.span,
                "leave one of the two out",
                ("first said here", other.said.span),
            )
    return dict(sorted(found.items()))


def check_policies(scope: Scope, parties: Mapping[str, Party], policies: Sequence[Policy]) -> None:
    """Each policy's own party must be one of the system's."""
    for policy in policies:
        if policy.by and policy.by not in parties:
            scope.error(
                f"the policy `{policy.name}` is by `{policy.by}`, but the system has no such party",
                policy.span,
                near(policy.by, parties) or f"declare it in the system: `party {policy.by}`",
            )


def check_outside(gathered: Gathered, policies: Sequence[Policy]) -> None:
    """Each policy that a node is outside of must be one that the system is for, or is judged by."""
    said = {name.text for layer in gathered.headers for name in layer.said.policies}
    known = sorted(said.union(policy.name for policy in policies))
    inside: set[object] = set()  # the shapes of nodes that say nothing of this kind
    for layer in (layer for layers in gathered.nodes.values() for layer in layers):
        shape = layer.said.brief.shape if layer.said.brief is not None else None
        if shape in inside:
            continue
        outside = [p for p in every(alike(layer.said).props, s.Property) if p.word == "outside"]
        if not outside and shape is not None:
            inside.add(shape)
        for prop in outside:
            for name in prop.names.items if known else ():
                if name.text not in known:
                    layer.scope.error(
                        f"there is no policy `{name}` that the system is for",
                        place_of(layer.said, name.span),
                        layer.scope.guess(name.text, known)
                        or f"take it out, or write `for policy {name}` after the system's name",
                    )


def unjoined(gathered: Gathered) -> list[Notice]:
    """A notice for each node that is declared `extern` and nowhere else."""
    return [
        Notice(
            "unjoined",
            f"`{id}` is declared elsewhere, and no file given here declares it: nothing is known of it",
            span=gathered.nodes[id][0].said.id.span,
        )
        for id in gathered.externs
    ]
