"""Translation: the resources of manifests as a system, with the terms and rules beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lawful.importers import Imported, Notice
from lawful.importers._sketch import refuse
from lawful.importers._words import label, plain
from lawful.importers.fides.declared import Declaration, is_shared, references
from lawful.importers.fides.manifest import Manifest
from lawful.importers.fides.policies import read_rules
from lawful.importers.fides.retention import length, periods
from lawful.importers.fides.stored import Part, part_of, parts
from lawful.importers.fides.terms import UNKNOWN, Terms
from lawful.system.document.pointed import Pointed
from lawful_dsl import library
from lawful_dsl import syntax as s
from lawful_dsl.source import Span

EFFECTIVE = "2000-01-01"
_STORE = re.compile(
    r"\b(data ?base|data ?store|storage|warehouse|bucket|data ?lake)\b", re.IGNORECASE
)
_OUTSIDE = re.compile(r"\bthird[ -]party\b", re.IGNORECASE)


def translate(manifest: Manifest, name: str) -> Imported:
    """The system, and the law where the files have words or rules of their own."""
    shipped = {entry.name for entry in library.scan()}
    own = plain(name) or "manifest"
    return _Translation(manifest, f"{own}_system" if own in shipped else own).imported()


class _Translation:
    def __init__(self, manifest: Manifest, name: str) -> None:
        self.manifest = manifest
        self.name = name
        self.terms = Terms(manifest)
        self.left: Counter[str] = Counter()
        self.ids: dict[tuple[str, str], str] = {}
        self.missing: dict[tuple[str, str], Span] = {}
        self.whose: dict[str, Span] = {}
        self.declarations = {
            key: tuple(self._declaration(d) for at in said for d in at.each("privacy_declarations"))
            for key, said in manifest.each("system")
        }
        for at in (at for _, said in manifest.each("dataset") for at in said):
            for subject in (each for part in parts(at) for each in part.subjects):
                self.whose.setdefault(plain(subject.value), subject.span)
        for kind in ("system", "dataset"):
            for key, said in manifest.each(kind):
                self._id(kind, key, said[0].span)
        for key in sorted(self.whose):
            self._id("subject", key, self.whose[key])
        for key, said in manifest.each("organization"):
            self._id("organization", key, said[0].span)

    # --- what is said ----------------------------------------------------------------------------

    def _declaration(self, at: Pointed) -> Declaration:
        whose = {plain(item.value): item.span for item in at.texts("data_subjects")}
        self.whose |= {key: span for key, span in whose.items() if key not in self.whose}
        return Declaration(
            at,
            self._data(at, "data_categories"),
            tuple(s.Name(key, span) for key, span in sorted(whose.items())),
            self._uses(at),
        )

    def _data(self, at: Pointed, key: str) -> tuple[s.Name, ...]:
        found = {
            name.text: name
            for item in at.texts(key)
            for name in [self.terms.of("data", item.value, item.span)]
        }
        return tuple(found[text] for text in sorted(found))

    def _moved(self, at: Pointed, key: str) -> tuple[s.Name, ...]:
        """Categories that flow: with them what the files have below them in the taxonomy of Fides."""
        found = {
            name.text: name
            for item in at.texts(key)
            for name in self.terms.below("data", item.value, item.span, self.manifest.used)
        }
        return tuple(found[text] for text in sorted(found))

    def _uses(self, at: Pointed) -> s.Pairing:
        """The use, and its basis: what the declaration says, else what the use is declared with."""
        place = at.at("data_use")
        use = place.text("data_use") if isinstance(place.value, dict) else at.text("data_use", "")
        basis = at.at("legal_basis_for_processing")
        declared = self.terms.declared.get(("purposes", use))
        if basis.value is None and declared is not None:
            basis = declared.at("legal_basis")
        bases = (
            self.terms.basis(basis.value, basis.span) if isinstance(basis.value, str) else UNKNOWN
        )
        if isinstance(basis.value, str) and bases is UNKNOWN:
            self.left["bases that are none of ours: unknown here"] += 1
        if not use:
            return s.Pairing(UNKNOWN, bases, span=at.span)
        named = s.Names((self.terms.of("purposes", use, place.span),), span=place.span)
        return s.Pairing(named, bases, span=place.span)

    def _id(self, kind: str, key: str, at: Span) -> str:
        """The id of a resource: its key, but where another has it the key with its kind."""
        if (kind, key) not in self.ids:
            name = key or refuse(f"the name of a {kind} is empty", at, "name it, or take it out")
            while name in self.ids.values():
                name = f"{kind} {name}"
            self.ids[kind, key] = name
            if not self.manifest.resources.get(kind, {}).get(key) and kind != "subject":
                self.missing[kind, key] = at
        return self.ids[kind, key]

    # --- the system ------------------------------------------------------------------------------

    def imported(self) -> Imported:
        """Everything."""
        flows = sorted(
            {_key(flow): flow for flow in self._flows()}.items(), key=lambda each: each[0]
        )
        owned: dict[str, list[s.NodeDecl]] = {}
        free: list[s.NodeDecl] = []
        for key, said in self.manifest.each("system"):
            owner = self._owner(said)
            node = self._system(key, said)
            (owned.setdefault(owner, []) if owner else free).append(node)
        free += (self._dataset(key, said) for key, said in self.manifest.each("dataset"))
        for (kind, key), at in sorted(self.missing.items()):
            sort = "store" if kind == "dataset" else "service"
            free.append(s.NodeDecl(sort, s.Name(self.ids[kind, key], at), None, None, (), at))
            self.left[
                f"{kind}s that are named and in none of the files: nothing known of them"
            ] += 1
        subjects = tuple(self._subjects())
        rules, lost = read_rules(self.manifest, self.terms)
        self.left.update(lost)
        law = self._law(rules)
        at = self.manifest.span
        head = s.System(s.Name(self.name), None, (s.Name(self.name),) if rules else (), span=at)
        use = s.Use((s.Name(self.name if law and not rules else "fides"),), span=at)
        statements: list[s.FlowStatement] = [head, use, *self._parties(), *subjects]
        statements += (
            _owned(s.Name(owner, nodes[0].span), nodes) for owner, nodes in sorted(owned.items())
        )
        statements += [*free, *self._recipients(), *(flow for _, flow in flows)]
        told = (Notice(count, text) for text, count in sorted(self.left.items()) if count)
        notices = (*self.manifest.notices, *told)
        return Imported(s.Flows(tuple(statements), at), law, notices)

    def _owner(self, said: tuple[Pointed, ...]) -> str:
        """The organisation of a system, where it is declared and no vendor's."""
        if any(at.at("vendor_id").value or _sort(at) == "recipient" for at in said):
            return ""
        key = plain(said[0].text("organization_fides_key", "default_organization"))
        known = key in self.manifest.resources.get("organization", {})
        return self.ids["organization", key] if known else ""

    def _parties(self) -> Iterator[s.PartyDecl]:
        for key, said in self.manifest.each("organization"):
            at = said[0].span
            title = label(said[0].text("name", ""), at)
            yield s.PartyDecl(s.Name(self.ids["organization", key], at), title, (), at)

    def _subjects(self) -> Iterator[s.NodeDecl]:
        for key, at in sorted(self.whose.items()):
            id, kind = self.ids["subject", key], self.terms.of("subjects", key, at)
            meant = s.Name(self.terms.known.aliases.get(kind.text, kind.text), at)
            props = (s.Property("is", s.Names((meant,), span=at), at),) if meant.text != id else ()
            yield s.NodeDecl("subject", s.Name(id, at), None, None, props, at)

    def _system(self, key: str, said: tuple[Pointed, ...]) -> s.NodeDecl:
        at = said[0].span
        props: list[s.Prop] = []
        for declaration in self.declarations[key]:
            if declaration.data:
                props.append(self._hold(declaration))
            if period := self._retention(declaration):
                props.append(period)
        sort = _sort(said[0])
        title = label(said[0].text("name", ""), at)
        id = s.Name(self.ids["system", key], at)
        return s.NodeDecl(sort, id, title, None, tuple(dict.fromkeys(props)), at)

    def _hold(self, declaration: Declaration) -> s.Hold:
        whose = self._named(declaration.whose)
        return s.Hold(
            "holds", declaration.data, whose, (declaration.uses,), span=declaration.at.span
        )

    def _retention(self, declaration: Declaration) -> s.Retention | None:
        said = declaration.at.at("retention_period")
        period = length(said, self.left, of_data=bool(declaration.data))
        uses = declaration.uses.purposes
        if period is None:
            return None
        return s.Retention(period, declaration.data, uses.items if uses else (), said.span)

    def _dataset(self, key: str, said: tuple[Pointed, ...]) -> s.NodeDecl:
        at = said[0].span
        found: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[str, s.Name]] = {}
        names: dict[str, s.Name] = {}
        for part in (each for resource in said for each in parts(resource)):
            whose = {
                plain(each.value): s.Name(plain(each.value), each.span) for each in part.subjects
            }
            uses = {
                n.text: n for u in part.uses for n in [self.terms.of("purposes", u.value, u.span)]
            }
            names |= whose | {f"for {text}": use for text, use in uses.items()}
            same = found.setdefault((tuple(sorted(whose)), tuple(sorted(uses))), {})
            for name in self._own(part):
                same.setdefault(name.text, name)
        told = {
            name.text: name
            for declarations in self.declarations.values()
            for declaration in declarations
            if key in {plain(r.value).split(".")[0] for r in references(declaration)}
            for name in declaration.whose
        }
        props: tuple[s.Prop, ...] = ()
        for (subjects, purposes), data in sorted(found.items()):
            of = [names[each] for each in subjects] or [told[text] for text in sorted(told)]
            for_ = [s.Names((names[f"for {each}"],), span=at) for each in purposes] or [UNKNOWN]
            if data:
                held = tuple(data[text] for text in sorted(data))
                pairings = tuple(s.Pairing(each, UNKNOWN, span=at) for each in for_)
                props += (s.Hold("holds", held, self._named(of), pairings, span=at),)
        props += tuple(periods(said, lambda part: self._data(part, "data_categories"), self.left))
        title = label(said[0].text("name", ""), at)
        return s.NodeDecl("store", s.Name(self.ids["dataset", key], at), title, None, props, at)

    def _within(self, at: Pointed) -> Iterator[s.Name]:
        """The categories of a dataset, collection or field, and of what is in it."""
        for part in parts(at):
            yield from self._data(part.at, "data_categories")

    def _own(self, part: Part) -> tuple[s.Name, ...]:
        """The categories of a part itself; what else it says is counted."""
        own = self._data(part.at, "data_categories")
        self.left["fields without a category: nothing is held for them"] += (
            not part.inner and not own
        )
        self.left["`data_qualifier` of fields and collections: read as identifiable data"] += bool(
            part.at.at("data_qualifier").value
        )
        meta = part.at.at("fides_meta").value or part.at.at("fidesops_meta").value
        refers = isinstance(meta, dict) and bool(meta.get("references"))
        self.left["references between fields: no flows of data"] += refers
        self.left["`data_purposes` of datasets and their parts: left out"] += bool(
            part.at.at("data_purposes").value
        )
        return own

    def _named(self, keys: Iterable[s.Name]) -> tuple[s.Name, ...]:
        return tuple(s.Name(self.ids["subject", key.text], key.span) for key in keys)

    # --- the flows -------------------------------------------------------------------------------

    def _flows(self) -> Iterator[s.FlowDecl]:
        for key, said in self.manifest.each("system"):
            id, declarations = self.ids["system", key], self.declarations[key]
            for declaration in declarations:
                yield self._flow(id, id, declaration, declaration.data, declaration.at.span)
                yield from self._referred(id, declaration)
                if is_shared(declaration, self.left):
                    shared = self._moved(declaration.at, "shared_categories")
                    yield self._flow(id, self._third(key), declaration, shared, declaration.at.span)
            for at in said:
                yield from self._reading(id, at, declarations)
                for word in ("egress", "ingress"):
                    for entry in at.each(word):
                        yield from self._entry(id, word, entry, declarations)

    def _flow(
        self, source: str, target: str, of: Declaration, data: tuple[s.Name, ...], at: Span
    ) -> s.FlowDecl:
        """A flow of some data, or of everything where none is named, for what a declaration says."""
        whose = self._named(of.whose)
        carry = s.Carry(data, not data, (), whose, at) if data or whose else None
        return s.FlowDecl(None, s.Name(source, at), s.Name(target, at), carry, (of.uses,), at)

    def _referred(self, id: str, declaration: Declaration) -> Iterator[s.FlowDecl]:
        for reference in references(declaration):
            key, *path = plain(reference.value).split(".")
            data: tuple[s.Name, ...] = ()
            for resource in self.manifest.resources.get("dataset", {}).get(key, ()) if path else ():
                part = part_of(resource, path)
                found = {name.text: name for name in self._within(part)} if part else {}
                data += tuple(found[text] for text in sorted(found))
                self.left[
                    "parts of datasets that are named and not there: read as the whole"
                ] += not part
            store = self._id("dataset", key, reference.span)
            yield self._flow(store, id, declaration, data, reference.span)

    def _reading(
        self, id: str, at: Pointed, declarations: tuple[Declaration, ...]
    ) -> Iterator[s.FlowDecl]:
        """The datasets that a system says to use, and none of its declarations: for what is not told."""
        told = {plain(r.value).split(".")[0] for d in declarations for r in references(d)}
        for reference in at.texts("dataset_references"):
            key = plain(reference.value).split(".")[0]
            if key not in told:
                ends = s.Name(self._id("dataset", key, reference.span)), s.Name(id)
                basis = s.Pairing(UNKNOWN, UNKNOWN, span=reference.span)
                yield s.FlowDecl(None, *ends, None, (basis,), reference.span)

    def _entry(
        self, id: str, word: str, entry: Pointed, declarations: tuple[Declaration, ...]
    ) -> Iterator[s.FlowDecl]:
        """The flows that one line of `egress` or `ingress` is."""
        key, kind = plain(entry.text("fides_key")), entry.text("type", "system").lower()
        about = [d for d in declarations if key in {plain(t.value) for t in d.at.texts(word)}]
        if kind == "user":
            subjects = {n.text: n for d in about or declarations for n in d.whose}
            others = [self.ids["subject", text] for text in sorted(subjects)]
            self.left["flows of users whose data no declaration tells: left out"] += not others
        elif kind in ("system", "dataset"):
            others = [self._id(kind, key, entry.span)]
        else:
            entry.at("type").reject(
                f"`{plain(kind)}` is no end of a flow", "known are system, dataset, user"
            )
        data = self._moved(entry, "data_categories")
        for other in others:
            ends = (id, other) if word == "egress" else (other, id)
            for declaration in about:
                yield self._flow(*ends, declaration, data or declaration.data, entry.span)
            if not about:
                carry = s.Carry(data, span=entry.span) if data else None
                names = [s.Name(end, entry.span) for end in ends]
                basis = s.Pairing(UNKNOWN, UNKNOWN, span=entry.span)
                yield s.FlowDecl(None, names[0], names[1], carry, (basis,), entry.span)

    def _third(self, key: str) -> str:
        return f"third parties of {self.ids['system', key]}"

    def _recipients(self) -> Iterator[s.NodeDecl]:
        for key, declarations in self.declarations.items():
            for declaration in declarations:
                if is_shared(declaration, Counter()):
                    at = declaration.at.span
                    yield s.NodeDecl("recipient", s.Name(self._third(key), at), None, None, (), at)
                    break

    # --- the law ---------------------------------------------------------------------------------

    def _law(self, rules: tuple[s.LawStatement, ...]) -> s.Law | None:
        at = self.manifest.span
        blocks = [
            s.TermList(list, tuple(terms))
            for list in ("data", "subjects", "purposes")
            if (terms := [t for (of, _), t in sorted(self.terms.own.items()) if of == list])
        ]
        if not rules and not blocks:
            return None
        header = s.Header("vocabulary", s.Name(self.name), span=at)
        if rules:
            header = s.Header("policy", s.Name(self.name), effective=EFFECTIVE, span=at)
        return s.Law((header, s.Use((s.Name("fides"),), span=at), *blocks, *rules), at)


def _sort(system: Pointed) -> str:
    """What kind of node a system is: by its type, which is free text."""
    said = system.text("system_type", "")
    if _OUTSIDE.search(said):
        return "recipient"
    return "store" if _STORE.search(said) else "service"


def _owned(owner: s.Name, nodes: list[s.NodeDecl]) -> s.Owned:
    return s.Owned(owner, tuple(replace(node, owner=owner) for node in nodes), owner.span)


def _key(flow: s.FlowDecl) -> tuple[str, ...]:
    """What tells a flow from others; its place does not."""
    return (flow.source.text, flow.target.text, repr((flow.carry, flow.props)))
