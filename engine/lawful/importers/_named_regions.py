"""Named regions: the countries of a region of a large cloud whose name somebody wrote in a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lawful.data.regions import places

#: `eu-west-1`, `europe-west1-b`: what nobody writes who does not mean a region.
_REGION = re.compile(r"(?<![\w-])[a-z]+(?:-[a-z]+)+-?\d+(?:-?[a-z])?(?![\w-])")
_CLOUDS = ("aws", "google", "azure")
#: Multi-regions whose names are those of other things, too: they count where it is said that they are one.
_SHORT = 4


def countries(names: Iterable[str], *, is_region: bool = False) -> tuple[str, ...]:
    """The countries that the first of some names tells; none where none of them is a known region.

    `is_region` where it is said that the thing of that name is a region.

    >>> countries(["Shop", "AWS eu-west-1"]), countries(["North Europe"]), countries(["EU"])
    (('IE',), ('IE',), ())
    """
    for name in names:
        text = name.strip().lower()
        wanted = [text] if is_region or len(text) > _SHORT else []
        for word in [*wanted, *_REGION.findall(text)]:
            found = {places(cloud, word) for cloud in _CLOUDS} - {()}
            if len(found) == 1:
                return found.pop()
    return ()
