"""Buckets: those that a specification names by their name alone, under a key that says of which cloud they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lawful.data.regions import places
from lawful.importers._hosts import UNKNOWN
from lawful.importers._written import Yaml
from lawful_dsl.frozen import frozen

#: Keys under which a bucket stands, or which stand beside it, with how others call a bucket of theirs.
_CLOUDS = {
    "aws": "aws:s3",
    "gcp": "google:storage",
    "gcs": "google:storage",
    "google": "google:storage",
    "s3": "aws:s3",
}
_SAY_CLOUD = ("provider", "type")
_NAMES = ("bucket", "bucketName", "bucketname")
_ENDPOINTS = ("endpoint", "endpointUrl", "endpointURL", "s3Url")
_NAME = re.compile(r"[\w.-]{3,}")


@frozen
class Bucket:
    """A bucket as others call it, the countries of the region that is told with it, and where it stands."""

    id: str
    places: tuple[str, ...]
    said: Yaml


def buckets(said: Yaml, key: str = "", beside: Yaml | None = None) -> Iterator[Bucket]:
    """The buckets that a value names.

    Where another host than one of Amazon is told as well, it is not in that cloud, and is told by that host.
    """
    name = next((said.at(each).text for each in _NAMES if said.at(each).text), "")
    around = [each for each in (said, beside) if each is not None]
    if name and _NAME.fullmatch(name) and UNKNOWN not in name:
        words = (key, *(each.at(word).text for each in around for word in _SAY_CLOUD))
        cloud = next((_CLOUDS[word.lower()] for word in words if word.lower() in _CLOUDS), "")
        told = [each for one in around for each in (one, one.at("config"))]
        hosts = [each.at(word).text for each in told for word in _ENDPOINTS]
        if cloud and all("amazonaws.com" in host for host in hosts if host):
            region = next((each.at("region").text for each in told if each.at("region").text), "")
            where = places(cloud.partition(":")[0], region)
            yield Bucket(f"{cloud}:{name}", where, said)
    for item in said.items:
        yield from buckets(item, key, beside)
    for inner, each in said.entries.items():
        yield from buckets(each, inner, said)
