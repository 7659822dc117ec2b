"""Small models in the form of the web editor, built from a few words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

VALUES = ("x", "y", "z", "w")
KINDS = {"function": "node:function", "storage": "node:storage", "outside": "node:input-output"}


def model(
    vertices: Mapping[str, str],
    flows: Sequence[tuple[str, str, str, str]],
    behaviours: Mapping[str, str],
    constraints: Mapping[str, str],
) -> dict[str, Any]:
    """Vertices with their labels, flows (name, source, output, `vertex.input`), what outputs do.

    Flows of one source that name one output share it, and so do flows into one input. Labels are
    those of the types `A` (of data) and `V` (of vertices).
    """
    ports: dict[str, dict[str, str]] = {id: {} for id in vertices}
    edges = []
    for number, (name, source, output, target) in enumerate(flows):
        vertex = target.partition(".")[0]
        ports[source][output] = "port:dfd-output"
        ports[vertex][target] = "port:dfd-input"
        edges.append(
            {
                "type": "edge:arrow",
                "id": f"e{number}",
                "text": name,
                "sourceId": output,
                "targetId": target,
            }
        )
    nodes = [
        {
            "type": "node:function",
            "id": id,
            "text": id.upper(),
            "labels": [
                {"labelTypeId": "tV", "labelTypeValueId": f"V{value}"} for value in labels.split()
            ],
            "ports": [
                {
                    "type": kind,
                    "id": port,
                    **({"behavior": behaviours[port]} if port in behaviours else {}),
                }
                for port, kind in ports[id].items()
            ],
        }
        for id, labels in vertices.items()
    ]
    return {
        "model": {"type": "graph", "id": "root", "children": [*nodes, *edges]},
        "labelTypes": [
            {
                "id": f"t{kind}",
                "name": kind,
                "values": [{"id": f"{kind}{value}", "text": value} for value in VALUES],
            }
            for kind in "AV"
        ],
        "constraints": [{"name": name, "constraint": text} for name, text in constraints.items()],
        "version": 1,
    }


def chain(behaviour: str, start: str = "set A.x", constraint: str = "data A.y") -> dict[str, Any]:
    """One output that emits, a vertex that treats it so, and a vertex on which a constraint lies."""
    return model(
        {"begin": "", "middle": "", "end": "x"},
        [("f", "begin", "o1", "middle.i"), ("g", "middle", "o2", "end.i")],
        {"o1": start, "o2": behaviour},
        {"rule": f"{constraint} neverFlows vertex V.x"},
    )


def written(value: object) -> str:
    """The text of a model."""
    return json.dumps(value)
