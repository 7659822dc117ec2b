"""Templates: of OpenShift, whose objects have their parameters replaced by the values that the template gives.

A parameter without a value may be anything where it is a setting. Where names of objects are made with it, its own name
stands for it, so that what is called by such a name is still known again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lawful.importers._hosts import UNKNOWN
from lawful.importers._written import Value, Yaml

__all__ = ["is_template", "processed"]

_PARAMETER = re.compile(r"\$(?:\{\{([A-Za-z_]\w*)\}\}|\{([A-Za-z_]\w*)\})")
#: A longer value is not put in, so that no template grows without end.
_LONGEST = 500


def is_template(document: Yaml) -> bool:
    """Whether a document is a template: a list of objects, and what is to be replaced in them."""
    return document.at("kind").text == "Template" and bool(document.at("objects").items)


def processed(template: Yaml) -> Iterator[Yaml]:
    """The objects of a template, with the values that its parameters have."""
    objects = template.at("objects").items
    names = (each.at("metadata", "name").text for each in objects)
    naming = {one or other for name in names for one, other in _PARAMETER.findall(name)}
    known: dict[str, str] = {}
    for each in template.at("parameters").items:
        name, value = each.at("name").text, each.at("value")
        if value.value is not None and len(value.text) <= _LONGEST:
            known[name] = value.text
        else:
            known[name] = name if name in naming else UNKNOWN
    yield from (_replaced(each, known) for each in objects)


def _replaced(written: Yaml, known: Mapping[str, str]) -> Yaml:
    """A value with its parameters replaced; one that the template does not declare stays as it stands."""
    value: Value = written.value
    if isinstance(value, str):
        value = _PARAMETER.sub(lambda found: known.get(found[1] or found[2], found[0]), value)
    elif isinstance(value, tuple):
        value = tuple(_replaced(each, known) for each in value)
    elif isinstance(value, Mapping):
        value = {key: _replaced(each, known) for key, each in value.items()}
    return replace(written, value=value)
