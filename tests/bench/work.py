"""Work: the workload that all engines get, and what becomes of an answer that is to be compared.

A workload is what `gen` of a `workload.py` returns: flows `src`, `dst`; `mid`, the mask of what each carries, of
`masks`; `tid`, its transformation, a row of `tmap`; `inode` and `ilab`, what begins where; rules `rcls`, each for the
nodes that have its attribute `rattr`, of `nattr`. `limit.cpp` beside it says how many data come to nodes, how many are
hits, and a hash of each.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

#: What a workload is made of.
Work = dict[str, Any]
#: How many data come to nodes and their hash; how many of them are hits, and theirs.
Sums = tuple[int, int, int, int]

FILES = ("workload.py", "limit.cpp")


def folder() -> Path:
    """The folder that `BENCH` names, or the one beside the repository."""
    return Path(os.environ.get("BENCH") or Path(__file__).parents[3] / "shared" / "bench")


def missing(where: Path) -> str:
    """What to say where the workload is not; empty where it is."""
    lacking = [name for name in FILES if not (where / name).is_file()]
    if not lacking:
        return ""
    return (
        f"no reference workload in `{where}`: {' and '.join(lacking)} not found\n"
        "help: say where it is: make bench BENCH=FOLDER"
    )


def generator(where: Path) -> ModuleType:
    """The `workload.py` of a folder."""
    spec = importlib.util.spec_from_file_location("workload", where / FILES[0])
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def forbidden(work: Work) -> np.ndarray:
    """For each node, which data the rules forbid there."""
    found = np.zeros((work["N"], work["T"]), bool)
    for data, attribute in zip(work["rcls"], work["rattr"], strict=True):
        found[work["nattr"][:, attribute]] |= data
    return found


def packed(bits: np.ndarray) -> np.ndarray:
    """Rows of booleans as rows of words."""
    return np.packbits(bits, axis=1, bitorder="little").view("<u8")


def integers(rows: np.ndarray) -> list[int]:
    """Rows of words as integers."""
    size, each = rows.shape[1] * 8, rows.tobytes()
    return [int.from_bytes(each[i : i + size], "little") for i in range(0, len(each), size)]


def mixed(numbers: np.ndarray) -> int:
    """The hash of numbers, in whatever order."""
    with np.errstate(over="ignore"):
        x = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return int((x ^ (x >> np.uint64(31))).sum(dtype=np.uint64))


def sums(came: np.ndarray, hits: np.ndarray) -> Sums:
    """The sums of an answer: numbers of what came and of hits, each node * T + datum."""
    return len(came), mixed(came), len(hits), mixed(hits)


def numbers(sets: list[int], size: int) -> np.ndarray:
    """Sets by node as numbers, each node * size + member, a few nodes at a time."""
    found = [np.empty(0, np.int64)]
    for start in range(0, len(sets), 1 << 14):
        some = sets[start : start + (1 << 14)]
        each = b"".join(bits.to_bytes(size // 8, "little") for bits in some)
        bits = np.unpackbits(np.frombuffer(each, np.uint8), bitorder="little")
        found.append(np.flatnonzero(bits) + start * size)
    return np.concatenate(found)


def sums_of(came: list[int], hits: dict[int, int], size: int) -> Sums:
    """The sums of sets by node; hits are those that are not empty."""
    total, hashed = 0, 0
    for start in range(0, len(came), 1 << 14):
        some = numbers(came[start : start + (1 << 14)], size) + start * size
        total, hashed = total + len(some), (hashed + mixed(some)) % 2**64
    each = [
        np.array([n * size + a for a in range(size) if bits >> a & 1], np.int64)
        for n, bits in hits.items()
    ]
    return total, hashed, sum(map(len, each)), sum(map(mixed, each)) % 2**64
