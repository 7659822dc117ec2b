"""Modules: vocabularies, packs and policies, and what each takes from others by `use`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TypeVar

from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, near
from lawful_dsl.parser import Parsed
from lawful_dsl.source import Span

Statement = TypeVar("Statement")


@dataclass(frozen=True, eq=False)
class Module:
    """One `.law` text. `used` are the modules that it names, `reach` all it sees, itself first.

    `torn` are the words of the lines that could not be parsed: that one of them is not known is a
    consequence, and not reported beside its cause.
    """

    kind: str
    name: str
    header: s.Header | None
    parsed: Parsed[s.Law]
    torn: frozenset[str]
    span: Span
    used: list[Module] = field(default_factory=list, repr=False)
    reach: list[Module] = field(default_factory=list, repr=False)

    @property
    def effective(self) -> str:
        """The date from which it is in effect, empty where it does not say."""
        return self.header.effective if self.header else ""

    def all(self, kind: type[Statement]) -> tuple[Statement, ...]:
        """Its statements of one kind, in the order of the text."""
        return tuple(item for item in self.parsed.tree.statements if isinstance(item, kind))


def arrange(
    laws: Sequence[Parsed[s.Law]], known: Collection[str], found: list[Diagnostic]
) -> tuple[Module, ...]:
    """The modules of some texts, by name and date, each knowing what it uses."""
    modules = [_module(law, found) for law in laws]
    modules.sort(key=lambda m: (m.name, m.effective, m.span))
    _unique(modules, found)
    for module in modules:
        _uses(module, modules, known, found)
    for module in modules:
        module.reach.extend(_reach(module))
    return tuple(modules)


def _module(law: Parsed[s.Law], found: list[Diagnostic]) -> Module:
    headers = [item for item in law.tree.statements if isinstance(item, s.Header)]
    file = law.source.file
    start = law.tree.statements[0].span if law.tree.statements else Span(file, 1, 1, 1, 2)
    if not headers:
        if not law.diagnostics:
            found.append(
                Diagnostic(
                    "this text does not say what it is",
                    start,
                    "begin it with `vocabulary`, `pack` or `policy` and its name",
                )
            )
        return Module("policy", PurePath(file).stem, None, law, law.lost, start)
    header = headers[0]
    if law.tree.statements[0] is not header:
        found.append(
            Diagnostic(
                f"`{header.kind} {header.name}` must stand first in its file",
                header.name.span,
                "move it above all else",
            )
        )
    found.extend(
        Diagnostic(
            f"this file is `{header.kind} {header.name}` already",
            other.name.span,
            f"put `{other.kind} {other.name}` into a file of its own",
            related=(("said first here", header.name.span),),
        )
        for other in headers[1:]
    )
    _header(header, found)
    return Module(header.kind, header.name.text, header, law, law.lost, header.name.span)


def _header(header: s.Header, found: list[Diagnostic]) -> None:
    said = {
        "by": bool(header.by),
        "governs": bool(header.governs),
        "effective": bool(header.effective),
        "text": bool(header.texts),
    }
    found.extend(
        Diagnostic(
            f"a vocabulary says no `{word}`",
            header.name.span,
            "only a policy or a pack does; take the line out",
        )
        for word, there in said.items()
        if there and header.kind == "vocabulary"
    )
    if header.until and header.until < header.effective:
        found.append(
            Diagnostic(
                f"`{header.name}` ends on {header.until}, before it begins on {header.effective}",
                header.dates,
                "the later date stands after `until`",
            )
        )


def _unique(modules: Iterable[Module], found: list[Diagnostic]) -> None:
    first: dict[str, Module] = {}
    dated: dict[tuple[str, str], Module] = {}
    for module in modules:
        other = first.setdefault(module.name, module)
        if other is module:
            dated[module.name, module.effective] = module
            continue
        if not other.kind == module.kind == "policy":
            found.append(
                Diagnostic(
                    f"two files declare `{module.name}`",
                    module.span,
                    "give one of them another name; only a policy has versions",
                    related=((f"the {other.kind} `{module.name}` is declared here", other.span),),
                )
            )
            continue
        other = dated.setdefault((module.name, module.effective), module)
        if other is not module:
            when = f"effective {module.effective}" if module.effective else "without a date"
            found.append(
                Diagnostic(
                    f"two versions of the policy `{module.name}` are {when}",
                    module.span,
                    "versions of a policy differ in `effective`",
                    related=(("the other one is here", other.span),),
                )
            )


def _uses(
    module: Module, modules: Sequence[Module], known: Collection[str], found: list[Diagnostic]
) -> None:
    for name in (name for use in module.all(s.Use) for name in use.names):
        versions = [m for m in modules if m.name == name.text]
        if name.text == module.name:
            found.append(
                Diagnostic(f"`{name}` uses itself", name.span, "take the name out of this `use`")
            )
        elif not versions:
            if all(name.text not in each.torn for each in modules):
                names = {m.name for m in modules}.union(known)
                help = near(name.text, names - {module.name})
                found.append(
                    Diagnostic(
                        f"there is no module `{name}`",
                        name.span,
                        help or "add the folder that holds it, or mend its header line",
                    )
                )
        elif module.kind == "vocabulary" and versions[0].kind != "vocabulary":
            found.append(
                Diagnostic(
                    f"`{name}` is a {versions[0].kind}, and a vocabulary uses vocabularies only",
                    name.span,
                    f"make `{module.name}` a pack, or use the vocabulary that `{name}` uses",
                )
            )
        else:
            module.used.append(_version(versions, module.effective))


def _version(versions: Sequence[Module], date: str) -> Module:
    """Of the versions of a policy, the one in effect on a date; without a date, the latest."""
    begun = [m for m in versions if m.effective <= date] if date else []
    return (begun or versions)[-1]


def _reach(module: Module) -> list[Module]:
    found: list[Module] = []
    waiting = [module]
    while waiting:
        current = waiting.pop(0)
        if current not in found:
            found.append(current)
            waiting.extend(current.used)
    return found
