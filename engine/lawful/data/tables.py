"""Tables: lines of `PLACES: regions`, as the lists of regions are written."""

from __future__ import annotations


def table(text: str) -> dict[str, tuple[str, ...]]:
    """What each region is in: the places that stand before it."""
    rows = (line.split(":") for line in text.strip().splitlines())
    return {
        region: tuple(countries.split())
        for countries, regions in rows
        for region in regions.split()
    }
