"""Translation: datasets and jobs as a system."""

from __future__ import annotations

from collections.abc import Iterator

from lawful.importers import Imported, Notice
from lawful.importers._words import label, plain
from lawful.importers.openlineage.lineage import Job, Lineage, Output
from lawful_dsl import syntax as s
from lawful_dsl.source import NOWHERE, Span

_SOME = "datasets that were masked in part: their flows bring them as they were"


def translate(lineage: Lineage, name: str) -> Imported:
    """The facts, with what was left out."""
    jobs = _named(lineage)
    nodes = [_store(id, *of) for id, of in lineage.datasets.items()]
    nodes += [_node("service", id, None, job.span) for id, job in jobs.items()]
    flows = [flow for id, job in jobs.items() for flow in _flows(id, job)]
    flows += [flow for id, made in lineage.made.items() for flow in _by_some_job(id, made)]
    part = sum(
        len(said) > 1
        for job in jobs.values()
        for out in job.outputs.values()
        for said in out.masked.values()
    )
    lineage.left[_SOME] += part
    at = lineage.span or NOWHERE
    statements: tuple[s.FlowStatement, ...] = (
        s.System(s.Name(plain(name) or "lineage"), span=at),
        *sorted(nodes, key=lambda node: (node.kind != "store", node.id.text)),
        *sorted(flows, key=_order),
    )
    notices = tuple(Notice(count, text) for text, count in sorted(lineage.left.items()) if count)
    return Imported(s.Flows(statements, at), notices=notices)


def _order(flow: s.FlowDecl) -> tuple[str, str, str]:
    return flow.source.text, flow.target.text, flow.id.text if flow.id else ""


def _named(lineage: Lineage) -> dict[str, Job]:
    """The jobs by the ids of their nodes: one that is called as a dataset is called a job."""
    return {f"job {id}" if id in lineage.datasets else id: job for id, job in lineage.jobs.items()}


def _store(id: str, namespace: str, name: str, at: Span) -> s.NodeDecl:
    return _node("store", id, label(f"{name} at {namespace}" if namespace and name else id, at), at)


def _node(kind: str, id: str, title: s.Text | None, at: Span) -> s.NodeDecl:
    return s.NodeDecl(kind, s.Name(id, at), title, None, (), at)


def _flows(id: str, job: Job) -> Iterator[s.FlowDecl]:
    for source, at in job.inputs.items():
        yield _flow("", source, id, (), at)
    for target, output in job.outputs.items():
        yield from _written(id, target, output, job)


def _by_some_job(target: str, made: Output) -> Iterator[s.FlowDecl]:
    """What a dataset is made of by a job that is not told; what was masked in all its columns, comes so."""
    for source, at in made.inputs.items():
        masked = made.whole and made.masked.get(source) == {True}
        changed = (s.Change("pseudonymised", span=at),) if masked else ()
        if source != target:
            yield _flow("", source, target, changed, at)


def _written(id: str, target: str, output: Output, job: Job) -> Iterator[s.FlowDecl]:
    """The flows to an output: what was masked by itself, where the lineage of all of it is told."""
    name, at = f"{id} -> {target}", output.span
    if not (output.whole and output.inputs):
        yield _flow("", id, target, (), at)
        return
    masked = sorted(source for source in output.inputs if output.masked.get(source) == {True})
    rest = sorted(output.inputs.keys() - set(masked))
    several = bool(masked and rest)
    if masked:
        changed = s.Change("pseudonymised", span=at)
        own = f"{name} masked" if several else ""
        yield _flow(own, id, target, (_from(masked, id, at), changed), at)
    if rest:
        yield _flow(name if several else "", id, target, (_from(rest, id, at),), at)


def _from(sources: list[str], id: str, at: Span) -> s.Property:
    names = tuple(s.Name(f"{source} -> {id}", at) for source in sources)
    return s.Property("from", s.Names(names, span=at), at)


def _flow(name: str, source: str, target: str, props: tuple[s.Prop, ...], at: Span) -> s.FlowDecl:
    ends = s.Name(source, at), s.Name(target, at)
    return s.FlowDecl(s.Name(name, at) if name else None, *ends, None, props, at)
