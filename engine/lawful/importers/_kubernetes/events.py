"""Events: what Knative and Argo bring from whom to whom, and from whom that comes which an object copies."""

from __future__ import annotations

from collections.abc import Iterator

from lawful.importers._kubernetes.objects import Object
from lawful.importers._written import Yaml
from lawful_dsl.frozen import frozen

_DEAD = ("delivery", "deadLetterSink")
#: Of the kinds that only say what goes where: whence, and whither, each a path in the specification.
_WAYS = {
    ("eventing.knative.dev", "Trigger"): (("broker",), (("subscriber",), _DEAD)),
    ("messaging.knative.dev", "Subscription"): (("channel",), (("subscriber",), ("reply",), _DEAD)),
    ("sources.knative.dev", "SinkBinding"): (("subject",), (("sink",),)),
}
_SOURCES = "sources.knative.dev"
#: Of the kinds that hand events on from one to the next: the lists in which they are, and under which keys.
_STEPS = {
    ("flows.knative.dev", "Sequence"): ("steps", ("",)),
    ("flows.knative.dev", "Parallel"): ("branches", ("filter", "subscriber")),
}
#: Under which key of what is waited for Argo names the source.
_DEPENDENCIES = {("argoproj.io", "Sensor"): ("dependencies", "eventSourceName", "EventSource")}

#: From whom data come that an object names, as the path of it in the specification.
_COMES_FROM = {
    ("kafka.strimzi.io", "KafkaMirrorMaker"): (("consumer", "bootstrapServers"),),
    ("postgresql.cnpg.io", "Cluster"): (("externalClusters",),),
    ("sources.knative.dev", "AwsSqsSource"): (("arn",),),
    ("sources.knative.dev", "KafkaSource"): (("bootstrapServers",),),
    ("sources.knative.dev", "RedisStreamSource"): (("address",),),
}
_MIRROR = ("kafka.strimzi.io", "KafkaMirrorMaker2")
_CONNECTOR = ("kafka.strimzi.io", "KafkaConnector")


@frozen
class Way:
    """From whom events go to whom: ends are references; none is the object itself."""

    source: Yaml | None
    target: Yaml | None
    kind: str = ""

    @property
    def at(self) -> Yaml:
        """Where it is said."""
        said = self.target or self.source
        assert said is not None
        return said


def is_way(each: Object) -> bool:
    """Whether an object says nothing but what goes where."""
    return (each.group, each.kind) in _WAYS


def ways(each: Object) -> Iterator[Way]:
    """The ways that an object says events to go."""
    spec, kind = each.said.at("spec"), (each.group, each.kind)
    if is_way(each):
        whence, whither = _WAYS[kind]
        for path in whither:
            if spec.at(*path).value is not None:
                yield Way(spec.at(*whence), spec.at(*path))
    elif each.group == _SOURCES and spec.at("sink").value is not None:
        yield Way(None, spec.at("sink"))
    elif kind in _STEPS:
        yield from _handed_on(spec, *_STEPS[kind])
    elif kind in _DEPENDENCIES:
        listed, key, named = _DEPENDENCIES[kind]
        for item in spec.at(listed).items:
            yield Way(item.at(key), None, named)


def _handed_on(spec: Yaml, listed: str, keys: tuple[str, ...]) -> Iterator[Way]:
    """What is handed to each of several, comes back from them, and goes to whom it is replied to."""
    for item in spec.at(listed).items:
        for step in (item.at(key) if key else item for key in keys):
            if step.value is not None:
                yield Way(None, step)
                yield Way(step, None)
        if item.at("reply").value is not None:
            yield Way(None, item.at("reply"))
    if spec.at("reply").value is not None:
        yield Way(None, spec.at("reply"))


def comes_from(each: Object) -> Iterator[Yaml]:
    """What an object says of those from whom data come to it: what it copies, and what it is a source of."""
    spec, kind = each.said.at("spec"), (each.group, each.kind)
    for path in _COMES_FROM.get(kind, ()):
        yield spec.at(*path)
    if kind == _CONNECTOR and "source" in spec.at("class").text.rpartition(".")[2].lower():
        yield spec.at("config")
    if kind == _MIRROR:
        mirrors = spec.at("mirrors").items
        named = {each.at("sourceCluster").text for each in mirrors}
        for cluster in spec.at("clusters").items:
            if cluster.at("alias").text in named:
                yield cluster
        yield from (mirror.at("source") for mirror in mirrors)
