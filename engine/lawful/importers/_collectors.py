"""Collectors: to whom programs send what they gather from others, as the files say by which they are set.

As of November 2026: the collector of OpenTelemetry, Vector, Fluent Bit, Fluentd, Logstash, Beats, Promtail, Prometheus.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from lawful.data.regions import places
from lawful.importers._hosts import UNKNOWN, mentions
from lawful.importers._written import Yaml, documents
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source

Pairs = tuple[tuple[str, str], ...]
#: What says in a text that it may be such a file.
_MAY_BE = re.compile(
    r"(?m)(?:^|[\s{,])\"?(?:exporters|sinks|outputs|output|output\.\w+|remote_write|clients)\"?\s*[:{]|^\s*\[(?:OUTPUT|sinks\.)|<match\b",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?im)^[ \t]*\[OUTPUT\][^\n]*\n((?:(?![ \t]*\[)[^\n]*\n?)*)")
_LINE = re.compile(r"(?m)^[ \t]*(@?[A-Za-z][\w.]*)[ \t]+(\S[^\n]*?)[ \t]*$")
_MATCH = re.compile(r"(?s)<match\b[^>]*>(.*?)</match>")
_PLUGIN = re.compile(r"(?s)\b(\w+)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_ASSIGNED = re.compile(r"(\w+)\s*=>\s*(\[[^\]]*\]|\"[^\"]*\"|'[^']*'|[^\s}]+)")
#: A variable in such a text, with what stands for it where it has no value.
_VARIABLE = re.compile(r"\$\{(?:env:|ENV:)?(?P<name>[A-Za-z_]\w*)(?::-?(?P<other>[^}]*))?\}")
#: Kinds of sinks that keep all where the program is, or only hand it on within it.
_NEAR = frozenset(
    re.findall(
        r"\S+",
        "blackhole console copy counter debug elapsed_time exec exit file flowcounter label lib logging nop null "
        "plot prometheus prometheus_exporter relabel rewrite_tag_filter roundrobin stdout",
    )
)


#: To whom Beats send.
_BEATS = frozenset(("elasticsearch", "kafka", "logstash", "redis"))


@frozen
class Sink:
    """To whom a collector sends: the kind of the sink, and the texts that are told of it, each with its key."""

    kind: str
    pairs: Pairs

    def text(self, *keys: str) -> str:
        """What is told under the first of some keys; empty where nothing is."""
        told = {key.lower(): text for key, text in self.pairs}
        return next((told[key] for key in keys if told.get(key)), "")


@frozen
class Cloud:
    """A service of a cloud, how others call one, and the keys of its name."""

    before: str
    keys: tuple[str, ...]
    in_region: bool = True


_LOGS = Cloud("log-group:", ("log_group_name", "group_name"))
_BUCKET = Cloud("", ("bucket", "s3_bucket"), in_region=False)
#: The sinks that are a service of a cloud: its name there, and what it is called by.
_CLOUDS = {
    **dict.fromkeys(("awscloudwatchlogs", "aws_cloudwatch_logs", "cloudwatch", "cloudwatch_logs"), ("aws:logs", _LOGS)),
    **dict.fromkeys(("awss3", "aws_s3", "s3"), ("aws:s3", _BUCKET)),
    **dict.fromkeys(("gcp_cloud_storage", "gcs", "googlecloudstorage"), ("google:storage", _BUCKET)),
    **dict.fromkeys(
        ("awskinesis", "aws_kinesis_streams", "kinesis", "kinesis_streams"),
        ("aws:kinesis", Cloud("stream/", ("stream", "stream_name"))),
    ),
    **dict.fromkeys(
        ("aws_kinesis_firehose", "firehose", "kinesis_firehose"),
        ("aws:firehose", Cloud("deliverystream/", ("delivery_stream", "stream_name"))),
    ),
}  # fmt: skip


def sinks(text: str, known: Mapping[str, str]) -> Iterator[Sink]:
    """The sinks that a file of a collector tells; none where it is none. Variables have their known values."""
    if _MAY_BE.search(text):
        yield from _sinks(_told(text), known)


def sinks_of(tree: Yaml, known: Mapping[str, str]) -> Iterator[Sink]:
    """The sinks that a collector is told of by an object, which has the form of its file."""
    yield from _sinks(_of_tree(_plain(tree)), known)


def _sinks(told: Iterator[tuple[str, Pairs]], known: Mapping[str, str]) -> Iterator[Sink]:
    for kind, pairs in told:
        filled = tuple((_key(kind, key), _filled(said, known)) for key, said in pairs)
        if kind and kind.lower() not in _NEAR:
            yield Sink(kind.lower(), filled)


def is_addressed(sink: Sink) -> bool:
    """Whether an address tells to whom a sink leads, though it may turn on what is not known."""
    return any(each.sure for key, text in sink.pairs for each in mentions(key, text))


def by_kind(id: str, sink: Sink) -> str:
    """What those are called to whom a node sends of whom nothing is told but the kind of sink."""
    return f"{id} to {re.sub(r'[^a-z0-9_.-]', '', sink.kind)}"


def of_cloud(sink: Sink) -> tuple[str, tuple[str, ...]]:
    """The store of a cloud to which a sink leads, as others call it, and its countries; empty where it is none."""
    service, cloud = _CLOUDS.get(sink.kind, ("", _BUCKET))
    name, region = sink.text(*cloud.keys), sink.text("region", "aws.region")
    if not service or not name or UNKNOWN in name + region or sink.text("to.endpoint"):
        return "", ()
    parts = (service, region if cloud.in_region else "", cloud.before + name)
    return ":".join(filter(None, parts)), places(service.partition(":")[0], region)


def _key(kind: str, key: str) -> str:
    """The key of a setting; one of a host is that of whom is called, and not of who is."""
    if key.lower() in ("endpoint", "host", "hostname") or (
        kind.startswith("datadog") and key == "site"
    ):
        return f"to.{'endpoint' if key.lower() == 'endpoint' else 'host'}"
    return key


def _filled(text: str, known: Mapping[str, str]) -> str:
    """A text with its variables replaced; those without a value may be anything."""
    return _VARIABLE.sub(lambda m: known.get(m["name"], m["other"] or UNKNOWN), text)


def _told(text: str) -> Iterator[tuple[str, Pairs]]:
    """The kinds of the sinks of a text, with what is told of each."""
    for section in _SECTION.findall(text):
        yield _of_lines(section, "name")
    for match in _MATCH.findall(text):
        for part in re.split(r"<store\b[^>]*>", match):
            yield _of_lines(part, "@type")
    if re.search(r"(?m)^\s*output\s*\{", text):
        for kind, body in _PLUGIN.findall(text[text.index("output") :].partition("{")[2]):
            words = (
                (key, each)
                for key, said in _ASSIGNED.findall(body)
                for each in re.findall(r"[^\[\]\"',\s]+", said)
            )
            yield kind, tuple(words)
        return
    if re.search(r"(?m)^\s*\[(?:sinks\.|OUTPUT)|<match\b", text):
        try:
            yield from _of_tree(tomllib.loads(text))
        except (tomllib.TOMLDecodeError, RecursionError):
            return
    else:
        try:
            for document in documents(Source("", text)):
                yield from _of_tree(_plain(document))
        except Rejected:
            return


def _of_lines(text: str, kind: str) -> tuple[str, Pairs]:
    """A sink that is told line by line."""
    pairs = tuple(_LINE.findall(text))
    return next((said for key, said in pairs if key.lower() == kind), ""), pairs


def _of_tree(tree: Any) -> Iterator[tuple[str, Pairs]]:
    """The sinks of a file that is a tree."""
    if not isinstance(tree, dict):
        return
    service, exporters = tree.get("service"), tree.get("exporters")
    if isinstance(service, dict) and isinstance(exporters, dict):
        used = {text for key, text in _pairs(service.get("pipelines"), "") if key == "exporters"}
        for name, said in exporters.items():
            if name in used:
                yield name.partition("/")[0], tuple(_pairs(said, ""))
    for said in _values(tree.get("sinks")):
        if "inputs" in said:
            yield str(said.get("type") or ""), tuple(_pairs(said, ""))
    pipeline = tree.get("pipeline")
    for said in _values(pipeline.get("outputs") if isinstance(pipeline, dict) else None):
        yield str(said.get("name") or ""), tuple(_pairs(said, ""))
    for key, said in tree.items():
        if key.startswith("output.") or (key == "output" and isinstance(said, dict)):
            named = {key.partition(".")[2]: said} if key != "output" else said
            for kind in named.keys() & _BEATS:
                inner = named[kind]
                yield kind, tuple(_pairs(inner, ""))
    for key in ("remote_write", "clients"):
        for said in _values(tree.get(key)) if "scrape_configs" in tree else ():
            yield key, tuple(_pairs(said, ""))


def _values(said: Any) -> list[dict[str, Any]]:
    """The objects of a list, or those of a map under names of their own."""
    listed = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    return [each for each in listed if isinstance(each, dict)]


def _pairs(said: Any, key: str) -> Iterator[tuple[str, str]]:
    """The texts within a value, each with its key."""
    if isinstance(said, dict):
        for inner, each in said.items():
            yield from _pairs(each, inner)
    elif isinstance(said, list):
        for each in said:
            yield from _pairs(each, key)
    elif isinstance(said, str):
        yield key, said


def _plain(value: Yaml) -> Any:
    """A value without its places."""
    if value.entries:
        return {key: _plain(each) for key, each in value.entries.items()}
    return [_plain(each) for each in value.items] if value.items else value.text
