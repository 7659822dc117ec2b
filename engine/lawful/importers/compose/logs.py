"""Logs: what services write, where a driver of Docker sends it to a cloud."""

from __future__ import annotations

from lawful.data.regions import places
from lawful.importers._hosts import UNKNOWN
from lawful.importers._written import Yaml


def cloud_logs(logging: Yaml) -> str | None:
    """The store to which logs go, as other importers call it; empty where that is not told, none where it is none."""
    driver, options = logging.at("driver").text, logging.at("options")
    if driver == "awslogs":
        region, group = (options.at(f"awslogs-{word}").text for word in ("region", "group"))
        id = ":".join(filter(None, ("aws:logs", region, group and f"log-group:{group}")))
    elif driver == "gcplogs":
        id = ":".join(filter(None, ("google:logs", options.at("gcp-project").text)))
    else:
        return None
    return "" if UNKNOWN in id else id


def places_of(logging: Yaml) -> tuple[str, ...]:
    """The countries of the region in which logs are kept."""
    return places("aws", logging.at("options", "awslogs-region").text)
