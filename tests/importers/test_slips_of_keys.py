"""Slips in keys: whichever key of a file is misspelt, the file is refused or the key is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from lawful.importers import find
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.format import print_flow, print_law
from lawful_dsl.source import Source

BILL = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "serialNumber": "urn:uuid:1",
    "version": 1,
    "metadata": {"component": {"type": "application", "name": "shop", "bom-ref": "shop"}},
    "services": [
        {
            "bom-ref": "till",
            "name": "Till",
            "provider": {"name": "Shop Ltd"},
            "endpoints": ["https://till.example"],
            "authenticated": True,
            "x-trust-boundary": False,
            "trustZone": "inner",
            "properties": [{"name": "aws:region", "value": "eu-west-3"}],
            "data": [
                {
                    "classification": "PII",
                    "flow": "outbound",
                    "destination": ["https://bank.example"],
                    "governance": {"owners": []},
                }
            ],
            "services": [{"name": "Part", "data": [{"flow": "inbound", "source": ["file"]}]}],
        }
    ],
    "components": [
        {"bom-ref": "file", "type": "data", "name": "F", "data": [{"classification": "PII"}]}
    ],
    "dependencies": [{"ref": "till", "dependsOn": ["Part"]}],
}
DRAWN = {
    "version": "2.2",
    "summary": {},
    "detail": {
        "diagrams": [
            {
                "title": "One",
                "$$hashKey": "object:1",
                "cells": [
                    {"id": "a", "shape": "actor", "parent": "z", "data": {"name": "A"}},
                    {
                        "id": "b",
                        "shape": "store",
                        "data": {
                            "type": "tm.Store",
                            "name": "B",
                            "isEncrypted": True,
                            "storesCredentials": True,
                        },
                    },
                    {"id": "z", "shape": "trust-boundary-box", "children": ["a"]},
                    {
                        "id": "f",
                        "shape": "flow",
                        "source": {"cell": "a"},
                        "target": {"cell": "b"},
                        "data": {"name": "F", "isBidirectional": True, "protocol": "https"},
                    },
                ],
            },
            {"diagramJson": {"cells": [{"id": "c", "type": "tm.Process"}]}},
        ]
    },
}
LIBRARY = {
    "scope": {"title": "Shop"},
    "trust_zones": [],
    "actors": [{"symbolic_name": "a", "title": "A", "type": "system"}],
    "components": [{"symbolic_name": "c", "title": "C", "trust_zone": "z"}],
    "data_stores": [{"symbolic_name": "s", "title": "S"}],
    "data_sets": [
        {
            "symbolic_name": "d",
            "data_sensitivity": ["pii"],
            "access_control_methods": ["rbac"],
            "placements": [{"data_store": "s", "encrypted": True}],
        }
    ],
    "data_flows": [
        {
            "symbolic_name": "f",
            "source": {"type": "component", "object": "c"},
            "destination": {"type": "data_store", "object": "s"},
            "encrypted": True,
        }
    ],
}
THREATS = {
    "bomFormat": "CycloneDX",
    "components": [
        {
            "name": "Shop",
            "type": "application",
            "components": [
                {
                    "bom-ref": ref,
                    "name": ref.upper(),
                    "properties": [{"name": f"cdx:model:{k}", "value": v} for k, v in said.items()],
                }
                for ref, said in {
                    "c": {"type": "process"},
                    "s": {"type": "datastore", "isEncryptedAtRest": "true"},
                    "f": {"type": "dataflow", "source": "c", "destination": "s"},
                }.items()
            ],
        }
    ],
}
MANIFEST = {
    "system": [
        {
            "fides_key": "shop",
            "system_type": "Service",
            "egress": [{"fides_key": "bank", "type": "system", "data_categories": ["user.name"]}],
            "privacy_declarations": [
                {
                    "name": "sale",
                    "data_categories": ["user.contact"],
                    "data_use": "essential.service",
                    "data_subjects": ["customer"],
                    "dataset_references": ["orders"],
                    "egress": ["bank"],
                    "retention_period": "3 months",
                    "data_shared_with_third_parties": False,
                    "third_parties": "none",
                }
            ],
        }
    ],
    "dataset": [
        {
            "fides_key": "orders",
            "data_subjects": ["customer"],
            "collections": [
                {
                    "name": "c",
                    "data_uses": ["marketing"],
                    "fields": [
                        {
                            "name": "f",
                            "data_categories": ["user.contact"],
                            "retention": "1 year",
                            "fides_meta": {"primary_key": True},
                            "fields": [{"name": "g", "data_categories": ["user.name"]}],
                        }
                    ],
                }
            ],
        }
    ],
    "policy": [
        {
            "fides_key": "own",
            "rules": [
                {
                    "name": "none",
                    "data_categories": {"matches": "OTHER", "values": ["user.name"]},
                    "data_uses": {"matches": "ANY", "values": ["marketing"]},
                    "data_subjects": {"matches": "ANY", "values": ["customer"]},
                }
            ],
        }
    ],
}
ARCHITECTURE = {
    "nodes": [
        {"unique-id": "a", "node-type": "actor", "name": "A", "x-team": "shop"},
        {"unique-id": "b", "node-type": "service", "name": "B"},
        {
            "unique-id": "s",
            "node-type": "database",
            "name": "S",
            "data-classification": "PII",
            "interfaces": [
                {"unique-id": "i", "protocol": "mTLS", "topics": []},
                {"unique-id": "j", "config": {"url": "https://s.example", "lang": "en"}},
            ],
        },
    ],
    "relationships": [
        {"unique-id": "r", "relationship-type": {"interacts": {"actor": "a", "nodes": ["b"]}}},
        *(
            {
                "unique-id": each,
                "relationship-type": {
                    "connects": {
                        "source": {"node": "b"},
                        "destination": {"node": "s", "interfaces": [each]},
                    }
                },
            }
            for each in "ij"
        ),
        {"unique-id": "d", "relationship-type": "deployed-in", "container": "n", "nodes": ["s"]},
    ],
    "flows": [
        {
            "unique-id": "f",
            "transitions": [
                {
                    "relationship-unique-id": "i",
                    "sequence-number": 1,
                    "direction": "destination-to-source",
                }
            ],
        }
    ],
}
MODEL = {
    "threagile_version": "1.0.0",
    "data_assets": {"Orders": {"id": "orders", "confidentiality": "strict"}},
    "technical_assets": {
        "Till": {
            "id": "till",
            "type": "process",
            "technology": "browser",
            "encryption": "transparent",
            "data_assets_processed": ["orders"],
            "diagram_tweak_order": 1,
            "communication_links": {
                "Keep": {
                    "target": "store",
                    "protocol": "https",
                    "authentication": "two-factor",
                    "data_assets_sent": ["orders"],
                    "data_assets_received": ["orders"],
                }
            },
        },
        "Store": {"id": "store", "type": "datastore", "data_assets_stored": ["orders"]},
    },
    "trust_boundaries": {"In": {"id": "in", "technical_assets_inside": ["store"]}},
}
#: Under these stand titles, which may be any.
TITLED = ("data_assets", "technical_assets", "trust_boundaries", "communication_links")
FILES: dict[str, tuple[str, dict[str, Any]]] = {
    "bill": ("cyclonedx", BILL),
    "drawing": ("threat_dragon", DRAWN),
    "library": ("threat_dragon", LIBRARY),
    "threats": ("threat_dragon", THREATS),
    "manifest": ("fides", MANIFEST),
    "architecture": ("calm", ARCHITECTURE),
    "model": ("threagile", MODEL),
}


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each key of a value stands, with the key itself."""
    for key in value if isinstance(value, dict) else range(len(value)):
        if isinstance(value, dict) and at[-1:] not in [(each,) for each in TITLED]:
            yield (*at, key)
        if isinstance(value[key], dict | list):
            yield from places(value[key], (*at, key))


def misspelt(value: Any, place: tuple[Any, ...]) -> tuple[str, Any]:
    """A key without the letter in its middle, and the value with that."""
    whole = deepcopy(value)
    *path, key = place
    around = whole
    for each in path:
        around = around[each]
    slip = key[: len(key) // 2] + key[len(key) // 2 + 1 :]
    told = {slip if each == key else each: inner for each, inner in around.items()}
    around.clear()
    around.update(told)
    return slip, whole


def read(kind: str, value: Any) -> tuple[str, dict[str, int]]:
    """The system of a file, as it is printed, and the notices."""
    imported = find(kind).read([Source("file.json", json.dumps(value))], name="shop")
    law = print_law(imported.law) if imported.law else ""
    return print_flow(imported.flows) + law, {n.text: n.count for n in imported.notices}


@pytest.mark.parametrize(("kind", "value"), FILES.values(), ids=FILES)
def test_a_slip_is_told_or_hides_nothing(kind: str, value: Any) -> None:
    before, notices = read(kind, value)
    assert not [text for text in notices if "which" in text and "does not have" in text]
    silent, changed = [], 0
    for place in places(value):
        slip, whole = misspelt(value, place)
        try:
            after, told = read(kind, whole)
        except Rejected:
            continue
        changed += after != before
        if after != before and not any(f"`{slip}`" in text for text in told):
            silent.append(place)
    assert silent == []
    assert changed > 5
