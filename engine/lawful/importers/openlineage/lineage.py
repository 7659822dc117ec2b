"""Lineage: the datasets and jobs of all events, and what each job makes of what, run by run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lawful.importers._keys import keys
from lawful.importers._words import plain
from lawful.importers.openlineage.events import address, said
from lawful.system.document.pointed import Pointed
from lawful_dsl.source import Span

_ENDED_BADLY = ("FAIL", "ABORT")
#: What is read of the facets of a dataset, and what says nothing of where data go.
_KNOWN = frozenset(
    {"schema", "columnLineage", "symlinks", "tags", "lifecycleStateChange", "dataSource"}
    | {"documentation", "ownership", "version", "datasetVersion", "storage", "datasetType"}
    | {"dataQualityMetrics", "dataQualityAssertions", "inputStatistics", "outputStatistics"}
    | {"catalog", "hierarchy", "subset", "inputSubset", "outputSubset", "dataQualityMetricsInput"}
)
_GONE = ("DROP", "TRUNCATE")
#: What events may say, and datasets, and fields of those that a column lineage names.
_KEYS = keys(
    "OpenLineage",
    an_event="eventType eventTime producer schemaURL run job>a_job dataset inputs outputs",
    a_job="namespace name facets",
    a_dataset=(
        "namespace name facets>the_facets_of_a_dataset inputFacets outputFacets field "
        "transformations>a_transformation"
    ),
    the_facets_of_a_dataset=(
        "columnLineage>a_column_lineage schema>a_schema lifecycleStateChange>a_change *"
    ),
    a_column_lineage="fields>the_columns_of_a_lineage dataset _*",
    the_columns_of_a_lineage="*>a_column",
    a_column="inputFields transformationDescription transformationType",
    a_transformation="type subtype description masking",
    a_schema="fields>a_field _*",
    a_field="name type description fields>a_field ordinal_position tags",
    a_change="lifecycleStateChange previousIdentifier _*",
)


@dataclass
class Output:
    """What a job writes to a dataset: from which inputs, whether of each all was masked, and if that is all."""

    span: Span
    whole: bool = True
    inputs: dict[str, Span] = field(default_factory=dict)
    masked: dict[str, set[bool]] = field(default_factory=dict)

    def take(self, other: Output) -> None:
        """Add what is told of it elsewhere."""
        self.whole = self.whole and other.whole
        self.inputs = {**other.inputs, **self.inputs}
        for source, masked in other.masked.items():
            self.masked.setdefault(source, set()).update(masked)


@dataclass
class Job:
    """A job: its datasets by id."""

    span: Span
    inputs: dict[str, Span] = field(default_factory=dict)
    outputs: dict[str, Output] = field(default_factory=dict)


@dataclass
class Lineage:
    """All jobs and datasets by id; of a dataset its namespace and name.

    `made` is what datasets are made of by a job that is not told.
    """

    jobs: dict[str, Job] = field(default_factory=dict)
    made: dict[str, Output] = field(default_factory=dict)
    datasets: dict[str, tuple[str, str, Span]] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    span: Span | None = None


def gather(events: list[Pointed]) -> Lineage:
    """What the events tell, those of each run taken together."""
    lineage = Lineage(span=Span(events[0].file))
    aliases = _aliases(events, lineage)
    runs: dict[tuple[str, str], list[Pointed]] = {}
    for event in events:
        lineage.left.update(_KEYS.strange("an event", event.value))
        if isinstance(event.at("dataset").value, dict):
            _made(event.within("dataset"), lineage, aliases)
        else:
            runs.setdefault((_job(event), _run(event)), []).append(event)
    for (id, _), run in sorted(runs.items()):
        words = {said(event, "eventType").upper() for event in run}
        if words.intersection(_ENDED_BADLY) and "COMPLETE" not in words:
            lineage.left["runs that failed or were aborted: left out"] += 1
            continue
        for event in run:
            _take(event, lineage.jobs.setdefault(id, Job(event.span)), lineage, aliases)
    for id in [id for id, job in lineage.jobs.items() if not (job.inputs or job.outputs)]:
        del lineage.jobs[id]
        lineage.left["jobs that read and write nothing that is told: left out"] += 1
    return lineage


def joined(namespace: str, name: str) -> str:
    """The id of a dataset or job."""
    between = "" if not (namespace and name) or name.startswith("/") else "/"
    return plain(f"{namespace}{between}{name}")


def _job(event: Pointed) -> str:
    """The id of the job of an event; one without a name is known by where it stands."""
    at = event.at("job")
    id = joined(*address(event.within("job"))) if at.value is not None else ""
    stem = event.file.replace("\\", "/").rsplit("/", 1)[-1]
    return id or plain(f"job of {stem}{event.pointer}")


def _run(event: Pointed) -> str:
    return said(event.within("run"), "runId") if event.at("run").value is not None else ""


def _facets(at: Pointed) -> Iterator[tuple[str, Pointed]]:
    for key in ("facets", "inputFacets", "outputFacets"):
        if at.at(key).value is not None:
            facets = at.within(key)
            yield from ((name, facets.at(name)) for name in facets.value)


def _facet(at: Pointed, name: str) -> Pointed | None:
    found = [facet for key, facet in _facets(at) if key == name]
    return found[0] if found and isinstance(found[0].value, dict) else None


def _aliases(events: Iterable[Pointed], lineage: Lineage) -> dict[str, str]:
    """The ids by which a dataset is known elsewhere; those of two datasets are of neither."""
    found: dict[str, set[str]] = {}
    own: set[str] = set()
    for event in events:
        single = [event.at("dataset")] if isinstance(event.at("dataset").value, dict) else []
        for at in (*single, *event.each("inputs"), *event.each("outputs")):
            id = joined(*address(at))
            own.add(id)
            links = _facet(at, "symlinks")
            for link in links.each("identifiers") if links else ():
                found.setdefault(joined(*address(link)), set()).add(id)
    lineage.left["other names that several datasets have: not followed"] += sum(
        len(ids) > 1 for ids in found.values()
    )
    known = {other: min(ids) for other, ids in found.items() if len(ids) == 1}
    # Of two that name one another, the one that comes first is meant.
    return {o: id for o, id in known.items() if o != id and not (known.get(id) == o and o < id)}


def _dataset(at: Pointed, lineage: Lineage, aliases: dict[str, str]) -> str:
    """The id of a dataset, which is from now on known."""
    namespace, name = address(at)
    id = joined(namespace, name)
    seen: set[str] = set()
    while id in aliases and id not in seen:
        seen.add(id)
        id = aliases[id]
    if not id:
        at.reject("this dataset has neither a namespace nor a name", "name it")
    if not seen or id not in lineage.datasets:
        lineage.datasets.setdefault(
            id, (namespace, name, at.span) if not seen else ("", id, at.span)
        )
    lineage.left.update(_KEYS.strange("a dataset", at.value))
    for key, facet in _facets(at):
        if key == "tags" and isinstance(facet.value, dict):
            lineage.left["tags of datasets and fields: left out"] += len(list(facet.items("tags")))
        elif key not in _KNOWN:
            lineage.left["facets of kinds that are not known: left out"] += 1
    return id


def _take(event: Pointed, job: Job, lineage: Lineage, aliases: dict[str, str]) -> None:
    for word in ("job", "run"):
        about = event.within(word) if event.at(word).value is not None else None
        if about and (tags := _facet(about, "tags")):
            lineage.left["tags of jobs and runs: left out"] += len(list(tags.items("tags")))
        if about and _facet(about, "extractionError"):
            lineage.left[
                "runs whose lineage could not be told whole (`extractionError`): there may be more"
            ] += 1
    for at in event.each("inputs"):
        job.inputs.setdefault(_made(at, lineage, aliases), at.span)
    for at in event.each("outputs"):
        id = _dataset(at, lineage, aliases)
        change = _facet(at, "lifecycleStateChange")
        if change and said(change, "lifecycleStateChange").upper() in _GONE:
            lineage.left["datasets that were dropped or emptied: nothing flows there"] += 1
            continue
        output = job.outputs.setdefault(id, Output(at.span))
        _columns(at, output, lineage, aliases)
        for source, span in output.inputs.items():
            job.inputs.setdefault(source, span)


def _made(at: Pointed, lineage: Lineage, aliases: dict[str, str]) -> str:
    """The id of a dataset that is told by itself, or read: what its column lineage names, some job made it of."""
    id = _dataset(at, lineage, aliases)
    output = Output(at.span)
    _columns(at, output, lineage, aliases)
    if output.inputs:
        known = lineage.made.setdefault(id, output)
        if known is not output:
            known.take(output)
    return id


def _columns(at: Pointed, output: Output, lineage: Lineage, aliases: dict[str, str]) -> None:
    """What the column lineage of an output tells; a lineage of some fields only is not the whole."""
    lineage_of, schema = _facet(at, "columnLineage"), _facet(at, "schema")
    told: set[str] = set()
    if lineage_of and lineage_of.at("fields").value is not None:
        fields = lineage_of.within("fields")
        told = set(fields.value)
        for name in fields.value:
            for source in fields.within(name).each("inputFields"):
                id = _source(source, output, lineage, aliases)
                output.masked.setdefault(id, set()).add(_masked(source, fields.at(name)))
        for source in lineage_of.each("dataset"):
            _source(source, output, lineage, aliases)
    known = {said(each, "name") for each in schema.each("fields")} if schema else set()
    output.whole = output.whole and bool(known) and known <= told


def _source(at: Pointed, output: Output, lineage: Lineage, aliases: dict[str, str]) -> str:
    id = _dataset(at, lineage, aliases)
    output.inputs.setdefault(id, at.span)
    return id


def _masked(source: Pointed, of: Pointed) -> bool:
    """Whether a field was masked on its way: by each direct transformation, or as older events say."""
    direct = [
        each for each in source.each("transformations") if said(each, "type").upper() != "INDIRECT"
    ]
    if direct:
        return all(each.at("masking").value is True for each in direct)
    if any(True for _ in source.each("transformations")):
        return all(each.at("masking").value is True for each in source.each("transformations"))
    return said(of, "transformationType").upper() == "MASKED"
