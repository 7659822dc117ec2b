"""Data: the data assets of a model, with the categories that models for privacy declare."""

from __future__ import annotations

from collections.abc import Mapping

from lawful.importers._sketch import ANY, Group, Sketch
from lawful.importers._words import plain
from lawful.system.document.pointed import Pointed

#: What the types of data of models for privacy are here; of others it is known that they are personal.
_CATEGORIES = {
    "biometrics": "biometric_data",
    "email-address": "email_address",
    "geolocation": "precise_location",
    "ip-address": "ip_address",
    "location-data": "location_data",
    "message-contents": "message_content",
    "name": "name",
    "racial-ethnic-origin": "ethnic_origin",
}
_PERSONAL = "personal_data"
_UNDECLARED = Group("undeclared", "Data assets that no file declares")


def declared(asset: Pointed) -> tuple[str, tuple[Group, str]]:
    """The id of a data asset, with its confidentiality and the category that it declares."""
    rating = plain(asset.text("confidentiality", "")) or "unrated"
    return asset.text("id"), (
        Group(rating, f"Data assets, confidentiality: {rating}"),
        _category(asset),
    )


def _category(asset: Pointed) -> str:
    """The category of what is said to be personal; of what is not, nothing is known that we have a word for."""
    if asset.text("dataassettype", "") != "pi":
        return ANY
    return _CATEGORIES.get(asset.text("pinametype", ""), _PERSONAL)


def carried(
    sketch: Sketch, at: Pointed, word: str, known: Mapping[str, tuple[Group, str]]
) -> tuple[str, ...]:
    """The data of a list of ids."""
    found = []
    for item in at.texts(word):
        if item.value not in known:
            sketch.count("names of data assets that no file declares: of unknown confidentiality")
        found.append(sketch.datum(item.value, *known.get(item.value, (_UNDECLARED, ANY))))
    return tuple(found)
