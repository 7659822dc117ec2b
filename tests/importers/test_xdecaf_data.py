"""Random models: the data that reach each vertex are those that a naive walk of the model finds."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lawful.cli import main
from tests.importers.agreement import checked
from tests.importers.models import model, written

LABELS = ("A.x", "A.y", "A.z")
VERTICES = ("a", "b", "c", "d")
#: A condition and what it is of a set of labels.
CONDITIONS = {
    "TRUE": lambda d: True,
    "A.x": lambda d: "A.x" in d,
    "!A.y": lambda d: "A.y" not in d,
    "A.x && !A.z": lambda d: "A.x" in d and "A.z" not in d,
    "A.x || A.y": lambda d: "A.x" in d or "A.y" in d,
}
Line = tuple[str, str, str]  # a word, a label, a condition

lines = st.one_of(
    st.just(("forward", "", "")),
    st.tuples(st.sampled_from(["set", "unset"]), st.sampled_from(LABELS), st.just("")),
    st.tuples(st.just("assign"), st.sampled_from(LABELS), st.sampled_from(sorted(CONDITIONS))),
)
#: Each vertex has one input and one output; what each does, and between which there are flows.
models = st.tuples(
    st.lists(st.lists(lines, min_size=1, max_size=3), min_size=4, max_size=4),
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6),
)


def emitted(said: list[Line], datum: frozenset[str]) -> frozenset[str]:
    """What an output makes of a datum, line by line."""
    now: frozenset[str] = frozenset()
    for word, label, condition in said:
        if word == "forward":
            now |= datum
        elif word == "set" or (word == "assign" and CONDITIONS[condition](datum)):
            now |= {label}
        else:
            now -= {label}
    return now


def walked(said: list[list[Line]], edges: set[tuple[int, int]]) -> dict[int, set[frozenset[str]]]:
    """What reaches each vertex: what begins, passed on until nothing is new."""
    nothing = emitted_of_nothing = frozenset[str]()
    fed = {target for _, target in edges}
    every = [
        frozenset(l for l, b in zip(LABELS, f"{n:03b}", strict=True) if b == "1") for n in range(8)
    ]
    turning = {
        v
        for v in fed
        if len({emitted(said[v], d) for d in every}) > 1
        or any(w == "forward" for w, _, _ in said[v])
    }
    entered = {v for v in range(4) if v not in turning}
    while more := {t for s, t in edges if s in entered and t in turning} - entered:
        entered |= more
    begins = {v for v in range(4) if v not in turning or v not in entered}
    out: dict[int, set[frozenset[str]]] = {v: set() for v in range(4)}
    for v in begins:
        out[v].add(emitted(said[v], nothing | emitted_of_nothing))
    while True:
        new = {(t, emitted(said[t], d)) for s, t in edges if t in turning for d in out[s]} - {
            (v, d) for v in out for d in out[v]
        }
        if not new:
            return {v: {d for s, t in edges if t == v for d in out[s]} for v in range(4)}
        for v, d in new:
            out[v].add(d)


@settings(max_examples=25)
@given(models, st.sampled_from(["A.x", "!A.y", "A.x !A.z", "A.y,A.z", "!A.x,A.z"]))
def test_the_check_judges_the_data_that_a_walk_finds(
    drawn: tuple[list[list[Line]], set[tuple[int, int]]], constraint: str
) -> None:
    said, edges = drawn
    text = {
        f"o{v}": "\n".join(
            {"forward": "forward f", "assign": f"assign {label} if {condition} from f"}.get(
                word, f"{word} {label}"
            )
            for word, label, condition in said[v]
        )
        for v in range(4)
    }
    value = model(
        dict.fromkeys(VERTICES, "x"),
        [("f", VERTICES[s], f"o{s}", f"{VERTICES[t]}.i") for s, t in sorted(edges)],
        text,
        {"r": f"data {constraint} neverFlows vertex V.x"},
    )

    def violates(datum: frozenset[str]) -> bool:
        return all(
            datum.isdisjoint(part[1:].split(","))
            if part[0] == "!"
            else datum & set(part.split(","))
            for part in constraint.split()
        )

    expected = {VERTICES[v] for v, data in walked(said, edges).items() if any(map(violates, data))}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "m.json"
        path.write_text(written(value), "utf-8")
        assert main(["import", str(path), "-o", str(Path(folder) / "out")]) == 0
        assert checked(Path(folder) / "out" / "m.flow").violating == expected
