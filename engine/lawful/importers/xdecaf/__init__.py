"""xdecaf: models of the web editor of xDECAF (DataFlowAnalysis), as JSON, with their constraints.

What becomes of a model:

- A vertex is a node with its id: `node:function` a service, `node:storage` a store,
  `node:input-output` a client. A label of a vertex, `Role.User`, is the kind of product
  `vertex Role.User`; a vertex without any is `vertex without labels`.
- A flow is a flow with its id. Every output emits what its behaviour says: `forward` goes `from`
  the flows of the inputs named, `set` and `unset` are `mark` and `unmark`, and an output that takes
  from no input emits a `datum` that its vertex generates.
- A label of data is a mark. Where a condition (`assign A.x if B.y from f`) makes one label depend
  on others, those labels are categories instead: a datum with just these labels is `{A.x, B.y}`,
  one with A.x among them is `A.x`, and the vertex derives what its output emits.
- `data A.x,A.y !B.z neverFlows vertex C.w` forbids the transfer of a datum that has A.x or A.y and
  not B.z to a node that is `vertex C.w`. Each datum is judged by itself. What else a constraint may
  say stands in docs/peers.md: types and names, sources, variables, conditions.

The tool knows no dates, so the policy is in effect from 2000-01-01. Positions, sizes, colours and
annotations of the drawing are left out. What the tool means otherwise is told in docs/peers.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from lawful.importers import Imported
from lawful.importers._forms import may_be_json
from lawful.importers.xdecaf.model import read_model
from lawful.importers.xdecaf.translation import translate
from lawful.system.document.pointed import read_object
from lawful_dsl.source import Source

__all__ = ["APART", "read", "recognises"]

#: In a folder that is looked through, each file is one system.
APART = "file"


def recognises(source: Source) -> bool:
    """A model has its diagram under `model`, and its labels under `labelTypes`."""
    keys = ("model", "labelTypes", "children")
    return all(f'"{key}"' in source.text for key in keys) and may_be_json(source)


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system and the policy of one model."""
    model, *others = map(read_object, sources)
    for other in others:
        other.reject("a model is one file", "import each by itself")
    return translate(read_model(model), name)
