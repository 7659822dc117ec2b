"""Events: what Knative brings from sources, brokers and channels to those to whom it is sent."""

from __future__ import annotations

from collections.abc import Iterator

from lawful.importers._written import Yaml
from lawful.importers.kubernetes.objects import Object
from lawful_dsl.frozen import frozen

_DEAD = ("delivery", "deadLetterSink")
#: Of the kinds that only say what goes where: whence, and whither, each a path in the specification.
_WAYS = {
    ("eventing.knative.dev", "Trigger"): (("broker",), (("subscriber",), _DEAD)),
    ("messaging.knative.dev", "Subscription"): (("channel",), (("subscriber",), ("reply",), _DEAD)),
}
_SOURCES = "sources.knative.dev"


@frozen
class Way:
    """From whom events go to whom: ends are references; no source is the object itself."""

    source: Yaml | None
    target: Yaml


def is_way(each: Object) -> bool:
    """Whether an object says nothing but what goes where."""
    return (each.group, each.kind) in _WAYS


def ways(each: Object) -> Iterator[Way]:
    """The ways that an object says events to go."""
    spec = each.said.at("spec")
    if each.group == _SOURCES:
        if spec.at("sink").value is not None:
            yield Way(None, spec.at("sink"))
        return
    if is_way(each):
        whence, whither = _WAYS[each.group, each.kind]
        for path in whither:
            if spec.at(*path).value is not None:
                yield Way(spec.at(*whence), spec.at(*path))
