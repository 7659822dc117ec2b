"""Engines: ways to do the work, each what it prepares and then what is measured.

`ENGINES[name](work)` prepares and gives the run, which says at each node what came, and which of it are hits, in
whatever form is its own; the second function makes sums of that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from lawful.kernel.components import components
from lawful.kernel.graph import Graph
from lawful.kernel.rows import compiles
from lawful.kernel.solve import LARGE, Solution, large, solve
from lawful.kernel.transfer import Transfer
from tests.bench.work import Sums, Work, forbidden, integers, packed, sums, sums_of

#: What is measured, and what makes sums of what it returns.
Run = tuple[Callable[[], Any], Callable[[Any], Sums]]


def lawful_fast(work: Work) -> Run:
    """The kernel as every check calls it, with numba where it is installed."""
    size = work["T"]
    graph, begun = lawful_graph(work)
    forbids = integers(packed(forbidden(work)))
    nothing = [0] * len(graph.source)
    if not large(graph, begun):
        _ = graph.layout.within
    else:
        _ = graph.columns.by_source if compiles(graph) else graph.columns.by_target

    def run() -> tuple[Solution, dict[int, int]]:
        if not large(graph, begun):
            components(graph.successors)  # laid out as it is, the order of a graph is found anew
        solution = solve(graph, begun, nothing, [])
        pairs = enumerate(zip(solution.came, forbids, strict=True))
        return solution, {n: hits for n, (came, never) in pairs if (hits := came & never)}

    return run, lambda found: sums_of(found[0].came, found[1], size)


def lawful_alone(work: Work) -> Run:
    """The kernel as every check calls it, where numba is not installed."""
    sys.modules["numba"] = None  # type: ignore[assignment]
    return lawful_fast(work)


def lawful_graph(work: Work) -> tuple[Graph, list[int]]:
    """The workload for the kernel, and what begins at nodes. Flows that do the same share their shape."""
    size = work["T"]
    masks = integers(packed(work["masks"]))
    moves = [
        {a: int(b) for a, b in enumerate(becomes) if a != b} for becomes in work["tmap"].tolist()
    ]
    kinds, shape = np.unique(work["mid"] * len(moves) + work["tid"], return_inverse=True)
    shapes = []
    for kind in kinds.tolist():
        mask, moved = masks[kind // len(moves)], moves[kind % len(moves)]
        same = mask & ~sum(1 << a for a in moved)
        shapes.append(Transfer.known(same, {a: 1 << b for a, b in moved.items() if mask >> a & 1}))
    begun = [0] * work["N"]
    for node, datum in zip(work["inode"].tolist(), work["ilab"].tolist(), strict=True):
        begun[node] |= 1 << datum
    ends = work["src"], work["dst"], shape.astype(np.int32)
    if len(shape) < LARGE * size // 64:
        each = list(range(max(work["N"], len(shapes))))
        ends = tuple([each[n] for n in numbers.tolist()] for numbers in ends)
    return Graph(work["N"], *ends, shapes), begun


def naive(work: Work) -> Run:
    """Python sets over a networkx graph, all flows again and again until nothing changes."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(work["N"]))
    carried = [set(np.flatnonzero(mask).tolist()) for mask in work["masks"]]
    becomes = work["tmap"].tolist()
    for source, target, mask, kind in zip(
        *(work[key].tolist() for key in ("src", "dst", "mid", "tid")), strict=True
    ):
        graph.add_edge(source, target, carried=carried[mask], becomes=becomes[kind])
    never = [set(np.flatnonzero(row).tolist()) for row in forbidden(work)]
    begun = list(zip(work["inode"].tolist(), work["ilab"].tolist(), strict=True))

    def run() -> tuple[list[set[int]], list[set[int]]]:
        came: list[set[int]] = [set() for _ in range(work["N"])]
        for node, datum in begun:
            came[node].add(datum)
        changed = True
        while changed:
            changed = False
            for source, target, does in graph.edges(data=True):
                brought = {does["becomes"][datum] for datum in came[source] & does["carried"]}
                if not brought <= came[target]:
                    came[target] |= brought
                    changed = True
        return came, [held & data for held, data in zip(came, never, strict=True)]

    def total(found: tuple[list[set[int]], list[set[int]]]) -> Sums:
        size = work["T"]
        each = [[n * size + a for n, data in enumerate(part) for a in data] for part in found]
        return sums(np.array(each[0], np.int64), np.array(each[1], np.int64))

    return run, total


# --- on the product graph: one state for each datum at each node ------------------------------------


def product(work: Work) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Its edges, and the states in which something begins."""
    size = work["T"]
    sources, targets = [], []
    for datum in range(size):
        flows = np.flatnonzero(work["masks"][work["mid"], datum])
        sources.append(work["src"][flows].astype(np.int64) * size + datum)
        after = work["tmap"][work["tid"][flows], datum]
        targets.append(work["dst"][flows].astype(np.int64) * size + after)
    begun = np.unique(work["inode"].astype(np.int64) * size + work["ilab"])
    return np.concatenate(sources), np.concatenate(targets), begun


def _states(work: Work, found: Callable[[], np.ndarray]) -> Run:
    never = forbidden(work).reshape(-1)

    def run() -> tuple[np.ndarray, np.ndarray]:
        came = found()
        return came, came[never[came]]

    return run, lambda answer: sums(*answer)


def scipy_breadth_first(work: Work) -> Run:
    """scipy: breadth first from one state that leads to all in which something begins."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    source, target, begun = product(work)
    root = work["N"] * work["T"]
    source = np.concatenate([source, np.full(len(begun), root)])
    target = np.concatenate([target, begun])
    ones = np.ones(len(source), np.int8)
    graph = csr_array((ones, (source, target)), shape=(root + 1, root + 1))

    def found() -> np.ndarray:
        order = breadth_first_order(graph, root, return_predecessors=False)
        return order[order != root].astype(np.int64)

    return _states(work, found)


def rustworkx_descendants(work: Work) -> Run:
    """rustworkx: the descendants of one state that leads to all in which something begins."""
    import rustworkx

    source, target, begun = product(work)
    root = work["N"] * work["T"]
    graph = rustworkx.PyDiGraph(node_count_hint=root + 1)
    graph.extend_from_edge_list(list(zip(source.tolist(), target.tolist(), strict=True)))
    if graph.num_nodes() <= root:
        graph.add_nodes_from(range(graph.num_nodes(), root + 1))
    graph.extend_from_edge_list([(root, state) for state in begun.tolist()])

    def found() -> np.ndarray:
        return np.fromiter(rustworkx.descendants(graph, root), np.int64)

    return _states(work, found)


def duckdb_recursive(work: Work) -> Run:
    """DuckDB: recursive SQL, by one thread."""
    import duckdb

    base = duckdb.connect(config={"threads": 1})
    size = work["T"]
    tables = {
        "flow": {key: work[key] for key in ("src", "dst", "mid", "tid")},
        "carried": dict(zip(("mid", "datum"), np.nonzero(work["masks"]), strict=True)),
        "begun": {"node": work["inode"], "datum": work["ilab"]},
        "never": dict(zip(("node", "datum"), np.nonzero(forbidden(work)), strict=True)),
    }
    kinds, data = np.nonzero(work["tmap"] != np.arange(size))
    tables["becomes"] = {"tid": kinds, "datum": data, "after": work["tmap"][kinds, data]}
    for name, columns in tables.items():
        columns = {key: np.ascontiguousarray(each, np.int32) for key, each in columns.items()}
        base.register("columns", columns)
        base.execute(f"create table {name} as select * from columns")
        base.unregister("columns")

    def run() -> tuple[np.ndarray, np.ndarray]:
        base.execute(_RECURSIVE)
        came = base.execute("select node::bigint * ? + datum from held", [size]).fetchnumpy()
        hits = base.execute(
            "select node::bigint * ? + datum from held join never using (node, datum)", [size]
        ).fetchnumpy()
        return tuple(np.asarray(next(iter(found.values()))) for found in (came, hits))

    return run, lambda answer: sums(*answer)


_RECURSIVE = """
create or replace table held as
with recursive held(node, datum) as (
    select node, datum from begun
    union
    select dst, coalesce(after, held.datum)
    from held
    join flow on flow.src = held.node
    join carried on carried.mid = flow.mid and carried.datum = held.datum
    left join becomes on becomes.tid = flow.tid and becomes.datum = held.datum
)
select node, datum from held
"""


def rego_reachable(work: Work) -> Run:
    """regopy: `graph.reachable` on the product graph, handed in as data."""
    import json

    import regopy

    source, target, begun = product(work)
    after: dict[str, list[str]] = {str(state): [] for state in range(work["N"] * work["T"])}
    for one, other in zip(source.tolist(), target.tolist(), strict=True):
        after[str(one)].append(str(other))
    rego = regopy.Interpreter()
    rego.add_module("flows", "package flows\nheld := graph.reachable(data.after, data.begun)\n")
    rego.add_data_json(json.dumps({"after": after, "begun": [str(n) for n in begun.tolist()]}))

    def found() -> np.ndarray:
        answer = json.loads(str(rego.query("data.flows.held")))
        return np.array(list(map(int, answer["expressions"][0])), np.int64)

    return _states(work, found)


#: By the names under which the results list them.
ENGINES: dict[str, Callable[[Work], Run]] = {
    "lawful[fast]": lawful_fast,
    "lawful": lawful_alone,
    "scipy": scipy_breadth_first,
    "rustworkx": rustworkx_descendants,
    "DuckDB": duckdb_recursive,
    "networkx (naive)": naive,
    "Rego (regopy)": rego_reachable,
}
#: What must be installed for an engine that Lawful does not need itself, by its name in the registry.
NEEDS = {
    "lawful[fast]": "numba",
    "scipy": "scipy",
    "rustworkx": "rustworkx",
    "DuckDB": "duckdb",
    "Rego (regopy)": "regopy",
    "pytm": "pytm",
    "Fides": "ethyca-fides",
}


def installed(engine: str) -> bool:
    """Whether what an engine needs is there."""
    from importlib.metadata import distributions

    return engine not in NEEDS or any(distributions(name=NEEDS[engine]))
