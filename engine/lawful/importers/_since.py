"""Since: whom settings named before a change, and may name still, as what they name now is not in the files.

A change that puts an address behind a variable, a secret or a file that is not there hides whom it names. By
what was before, that is known: of the same setting, or, where somebody is named no more, by a setting that is
new, or by what holds any number of settings. Whoever it is stays, as a node of which nothing is told. So does who
stands in plain letters among what a node is told, where it is not plain what for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field, replace
from itertools import product

from lawful.importers import LATER, Imported, Notice, Retelling, Setting
from lawful.importers._joined import renamed, settings_renamed
from lawful.importers._topology import INFRASTRUCTURE
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

_LABEL = "Not told here, and named before"
_HIDDEN = "nodes and settings named others before, and what they name is not told now: {}"
_Pair = tuple[str, str]


@frozen
class Before:
    """A system as it was: the kinds of its nodes, its flows by their ends, its settings where they are known."""

    nodes: Mapping[str, str] = field(default_factory=dict)
    flows: frozenset[_Pair] = frozenset()
    settings: Mapping[str, Setting] | None = field(default_factory=dict)
    accounts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    retelling: tuple[Retelling, ...] = ()


def before(parts: Iterable[Imported]) -> Before:
    """The system that files told of; of its nodes those that they make."""
    parts = list(parts)
    outside = {id for part in parts for id in part.outside}
    trees = [part.flows for part in parts]
    settings = {each.id: each for part in parts for each in part.settings}
    made = {id: kind for id, kind in _nodes(trees).items() if id not in outside}
    accounts = {id: told for part in parts for id, told in part.accounts.items()}
    retelling = tuple(each for part in parts for each in part.retelling)
    return Before(made, _flows(trees), settings, accounts, retelling)


def since(now: Imported, was: Before, beside: Collection[s.Flows]) -> Imported:
    """What files tell, with whom they hid since; `beside` is what else tells of the same system."""
    now = elsewhere(now, was.accounts)
    nodes = _nodes([now.flows])
    flows = _flows([now.flows, *beside])
    hidden = [*_retold(now, was)]
    if not (now.retelling and was.retelling):
        hidden += _hidden(now.settings, was, nodes, flows)
    known = was.settings or {}
    missing = (each for each in now.settings if not each.node)
    lost = next((e for e in missing if e.id not in known or e.parts != known[e.id].parts), None)
    gone = was.nodes.keys() - nodes.keys() if lost and was.settings is not None else set()
    made = {each.id: each.span for each in hidden}
    pairs = {pair: each.span for each in hidden for pair in _drawn(each)}
    made |= {end: span for pair, span in pairs.items() for end in pair}
    if lost and gone:
        made |= dict.fromkeys((*gone, lost.id), lost.span)
        pairs |= {
            pair: lost.span for pair in was.flows if pair[1] in gone and pair[0] in {*nodes, *gone}
        }
        pairs |= {(id, lost.id): lost.span for id in gone}
    # Of two settings that make one flow, the other may be unread as well.
    unread = {each.id: each.span for each in now.settings if each.unread}
    made |= {end: unread[end] for pair in pairs for end in pair if end in unread}
    made = {id: made[id] for id in sorted(made.keys() - nodes.keys())}
    pairs = {pair: pairs[pair] for pair in sorted(pairs.keys() - flows)}
    declared = [_node(was.nodes.get(id, "store"), id, span) for id, span in made.items()]
    return _with(now, declared, pairs) if pairs else now


def _retold(now: Imported, was: Before) -> Iterator[Setting]:
    """The settings that hide what flowed, where it can be told again with that as it was."""
    for retelling in now.retelling if was.retelling else ():
        names = retelling.names
        same = [each for each in was.retelling if each.names == names] or was.retelling
        for each in retelling.hidden(retelling.basis, [one.basis for one in same]):
            yield from settings_renamed([each], {each.id: _beside_ends(each, names), **names})


def _beside_ends(hidden: Setting, names: Mapping[str, str]) -> str:
    """What a setting is called that hides somebody: with that before it which stands before an end of its flows."""
    ends = [end for pair in hidden.flows for end in pair if names.get(end, "").endswith(f"/{end}")]
    return names[ends[0]].removesuffix(ends[0]) + hidden.id if ends else hidden.id


def _hidden(
    settings: Iterable[Setting], was: Before, nodes: Collection[str], flows: Set[_Pair]
) -> Iterator[Setting]:
    """The settings that may name still whom their node named before."""
    known = was.settings or {}
    told = {each.id: each for each in settings}
    lost = {pair for pair in _lost(told, was, nodes) if pair not in flows}
    for each in told.values():
        if not each.node:
            continue
        same = known.get(each.id)
        gone = {b for a, b in lost if a == each.node}
        gone |= {b for b in (same.names if same else ()) if (each.node, b) not in flows}
        if gone & each.mentions:
            yield each
        elif not each.unread:
            continue
        elif was.settings is None:
            drawn = tuple(pair for pair in _drawn(each) if _is_one(pair, each.id, lost))
            yield from [replace(each, flows=drawn)] if drawn else ()
        elif (same and same.names - each.names - {each.id} and not _was_unread(each, same)) or (
            (each.whole or not same) and any(_is_one(pair, each.id, lost) for pair in _drawn(each))
        ):
            yield each


def _was_unread(now: Setting, was: Setting) -> bool:
    """Whether all that is not read of a setting was not read before, each value by its own key."""
    return bool(now.parts) and "" not in now.parts and now.parts <= was.parts


def _drawn(setting: Setting) -> tuple[_Pair, ...]:
    """The flows that whoever a setting may name is an end of."""
    return setting.flows or ((setting.node, setting.id),)


def _is_one(drawn: _Pair, somebody: str, lost: Collection[_Pair]) -> bool:
    """Whether a flow to or from somebody may be one that is not told any more."""
    a, b = drawn
    return any((a in (somebody, gone[0])) and (b in (somebody, gone[1])) for gone in lost)


def _lost(told: Mapping[str, Setting], was: Before, nodes: Collection[str]) -> Iterator[_Pair]:
    """Whom nodes named before by settings that are gone; all flows, where settings are not known."""
    if was.settings is None:
        yield from (pair for pair in was.flows if pair[0] in nodes or pair[1] in nodes)
        return
    for each in was.settings.values():
        if each.id not in told:
            yield from ((each.node, target) for target in each.names)


def elsewhere(now: Imported, was: Mapping[str, frozenset[str]]) -> Imported:
    """What files tell, each who was not among those of a node before as a node of their own, called after them."""
    moved: dict[str, str] = {}
    more: dict[str, list[str]] = {}
    accounts = dict(now.accounts)
    for id, told in now.accounts.items():
        names = {f"{id} of {who}": who for who in sorted(told)}
        if id not in was and not names.keys() & was.keys():
            continue
        stays = told & was.get(id, frozenset())
        come = {new: frozenset({who}) for new, who in names.items() if who not in stays}
        if come:
            accounts |= {id: stays, **come}
            first, *others = ([id] if stays else []) + [*come]
            moved |= {id: first} if first != id else {}
            more[first] = others
    if not more:
        return now
    accounts = {id: told for id, told in accounts.items() if told or id not in moved}
    untold = frozenset(accounts.keys() - now.accounts.keys())
    found = _beside(renamed(now, moved), more, untold)
    return replace(found, accounts=accounts)


def _beside(now: Imported, more: Mapping[str, Sequence[str]], untold: Set[str]) -> Imported:
    """What files tell, with others beside some nodes, and the same flows; who they are is not told of some."""

    def each_of(name: s.Name) -> list[s.Name]:
        return [name, *(replace(name, text=other) for other in more.get(name.text, ()))]

    def later(said: s.NodeDecl) -> s.NodeDecl:
        return (
            replace(said, props=(*said.props, _later(said.span)))
            if said.id.text in untold
            else said
        )

    said: list[s.FlowStatement] = []
    for one in now.flows.statements:
        if isinstance(one, s.NodeDecl):
            said += (later(replace(one, id=id)) for id in each_of(one.id))
        elif isinstance(one, s.FlowDecl):
            ends = product(each_of(one.source), each_of(one.target))
            said += (replace(one, source=source, target=target) for source, target in ends)
        else:
            said.append(one)
    return _saying(now, said)


def _with(now: Imported, made: Sequence[s.NodeDecl], pairs: Mapping[_Pair, Span]) -> Imported:
    """What files tell, with some nodes of which nothing is known, and flows between nodes."""
    flows = [
        s.FlowDecl(None, s.Name(source, span), s.Name(target, span), None, (), span)
        for (source, target), span in pairs.items()
    ]
    notice = Notice(len(made), _HIDDEN.format(", ".join(each.id.text for each in made)))
    told = _saying(now, [*now.flows.statements, *made, *flows])
    return replace(told, notices=(*now.notices, notice))


def _saying(now: Imported, said: list[s.FlowStatement]) -> Imported:
    """What files tell in these statements, with the vocabulary in which it is said who is not told."""
    if not any(isinstance(e, s.Use) and INFRASTRUCTURE in {n.text for n in e.names} for e in said):
        at = next((n for n, each in enumerate(said) if isinstance(each, s.System)), -1) + 1
        said.insert(at, s.Use((s.Name(INFRASTRUCTURE, now.flows.span),), now.flows.span))
    return replace(now, flows=replace(now.flows, statements=tuple(said)))


def _node(kind: str, id: str, span: Span) -> s.NodeDecl:
    return s.NodeDecl(kind, s.Name(id, span), s.Text(_LABEL, "", span), None, (_later(span),), span)


def _later(span: Span) -> s.Value:
    return s.Value(s.Name(LATER, span), s.Name("yes", span), span)


def _nodes(trees: Iterable[s.Flows]) -> dict[str, str]:
    """The kinds of nodes by their ids."""
    said = (each for tree in trees for each in tree.statements)
    return {each.id.text: each.kind for each in said if isinstance(each, s.NodeDecl)}


def _flows(trees: Iterable[s.Flows]) -> frozenset[_Pair]:
    return frozenset(
        (each.source.text, each.target.text)
        for tree in trees
        for each in tree.statements
        if isinstance(each, s.FlowDecl)
    )
