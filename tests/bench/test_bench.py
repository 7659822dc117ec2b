"""Bench: all that is installed comes to the naive answer, and with the reference workload to the limit's; no times."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")

from tests.bench.__main__ import main  # noqa: E402
from tests.bench.declared import PEERS, declared  # noqa: E402
from tests.bench.engines import ENGINES, NEEDS, Run, installed, naive  # noqa: E402
from tests.bench.results import LIMIT, Outcome, Results, table  # noqa: E402
from tests.bench.work import Sums, Work, folder, forbidden, generator, missing, mixed  # noqa: E402


def small(nodes: int, size: int, seed: int) -> Work:
    """A workload in the form of the reference, with many cycles."""
    draw = np.random.default_rng(seed)
    flows, masks, kinds, rules = 3 * nodes, 8, 5, 4
    tmap = np.tile(np.arange(size, dtype=np.int32), (kinds, 1))
    for kind in range(1, kinds):
        moved = draw.choice(size, 4, replace=False)
        tmap[kind, moved[:2]] = moved[2:]
    source = draw.integers(0, nodes, flows)
    return {
        "N": nodes,
        "T": size,
        "src": source.astype(np.int32),
        "dst": ((source + draw.integers(1, nodes, flows)) % nodes).astype(np.int32),
        "mid": draw.integers(0, masks, flows).astype(np.int32),
        "tid": draw.integers(0, kinds, flows).astype(np.int32),
        "masks": draw.random((masks, size)) < 0.8,
        "tmap": tmap,
        "inode": draw.integers(0, nodes, 6).astype(np.int32),
        "ilab": draw.integers(0, size, 6).astype(np.int32),
        "rcls": draw.random((rules, size)) < 0.3,
        "rattr": draw.integers(0, 3, rules).astype(np.int32),
        "nattr": draw.random((nodes, 3)) < 0.5,
    }


def answer(work: Work) -> tuple[list[int], list[int]]:
    """What comes where, and what of it is forbidden: node * T + datum, ascending; told one by one."""
    size = work["T"]
    came = {(int(n), int(a)) for n, a in zip(work["inode"], work["ilab"], strict=True)}
    todo = list(came)
    while todo:
        node, datum = todo.pop()
        for flow in np.flatnonzero(work["src"] == node):
            if work["masks"][work["mid"][flow], datum]:
                after = (int(work["dst"][flow]), int(work["tmap"][work["tid"][flow], datum]))
                if after not in came:
                    came.add(after)
                    todo.append(after)
    hits = [
        n * size + a
        for n, a in came
        if any(
            work["rcls"][rule, a] and work["nattr"][n, work["rattr"][rule]]
            for rule in range(len(work["rattr"]))
        )
    ]
    return sorted(n * size + a for n, a in came), sorted(hits)


def sums(work: Work) -> Sums:
    came, hits = (np.array(numbers, np.int64) for numbers in answer(work))
    return len(came), mixed(came), len(hits), mixed(hits)


@pytest.fixture(autouse=True)
def _no_module_stays_hidden() -> Iterator[None]:
    """`lawful` hides numba from itself."""
    before = sys.modules.get("numba")
    yield
    if before is None:
        sys.modules.pop("numba", None)
    else:
        sys.modules["numba"] = before


def prepared(name: str, work: Work) -> Run:
    """An engine or a peer with its work, where it is installed."""
    if not installed(name):
        pytest.skip(f"{NEEDS[name]} is not installed")
    return {**ENGINES, **PEERS}[name](work)


@pytest.mark.parametrize("name", [*ENGINES, *PEERS])
@pytest.mark.parametrize(("nodes", "size", "seed"), [(7, 64, 1), (30, 64, 2), (30, 128, 3)])
def test_all_come_to_the_naive_answer(name: str, nodes: int, size: int, seed: int) -> None:
    work = small(nodes, size, seed)
    if name in PEERS:
        work = declared(work)
    run, total = prepared(name, work)
    run()  # a second run is as good
    assert total(run()) == sums(work)


def test_declared_is_what_flows_bring_right_out_of_where_data_begin() -> None:
    work = small(30, 64, 2)
    begun = set(zip(work["inode"].tolist(), work["ilab"].tolist(), strict=True))
    told = []
    for flow in range(len(work["src"])):
        brings = {
            int(work["tmap"][work["tid"][flow], datum])
            for node, datum in begun
            if node == work["src"][flow] and work["masks"][work["mid"][flow], datum]
        }
        if brings:
            told.append((brings, work["nattr"][work["dst"][flow]].tolist()))
    found = declared(work)
    brought = [set(found["ilab"][found["inode"] == n].tolist()) for n in range(found["N"])]
    assert list(zip(brought, found["nattr"].tolist(), strict=True)) == told
    assert answer(found)[1]


def test_where_findings_lack_the_sums_are_others() -> None:
    work = declared(small(30, 64, 2))
    run, total = PEERS["lawful check"](work)
    report = run()
    assert total(report) == sums(work)
    first = report.findings[0].event
    fewer = tuple(finding for finding in report.findings if finding.event != first)
    assert total(replace(report, findings=fewer)) != sums(work)


def test_another_answer_has_other_sums() -> None:
    work = small(30, 64, 2)
    run, total = naive({**work, "ilab": (work["ilab"] + 1) % 64})
    assert total(run())[1] != sums(work)[1]
    assert forbidden(work).any()


# --- with the reference workload --------------------------------------------------------------------


@pytest.fixture(scope="module")
def limit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The limit, compiled."""
    if missing(folder()) or not shutil.which("g++"):
        pytest.skip("no reference workload, or no g++")
    program = tmp_path_factory.mktemp("limit") / "limit"
    command = ["g++", "-O1", "-std=c++17", folder() / "limit.cpp", "-o", program]
    subprocess.run(command, check=True)
    return program


@pytest.mark.parametrize("name", [n for n in (*ENGINES, *PEERS) if "Rego" not in n])
def test_all_come_to_the_limits_answer(name: str, limit: Path, tmp_path: Path) -> None:
    workload = generator(folder())
    work = workload.gen(300, 64, 1)
    if name in PEERS:
        work = declared(work)
    run, total = prepared(name, work)
    workload.dump_bin(work, tmp_path / "work.bin")
    told = subprocess.run([limit, tmp_path / "work.bin", "sweep"], capture_output=True, check=True)
    assert list(total(run())) == json.loads(told.stdout)["cs"]


def test_without_the_workload_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BENCH", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["bench"])
    assert main() == 2
    said = capsys.readouterr().err
    assert f"no reference workload in `{tmp_path}`: workload.py and limit.cpp not found" in said
    assert "make bench BENCH=FOLDER" in said


def test_the_page_tells_ratios_and_what_was_stopped() -> None:
    outcomes = [
        Outcome(LIMIT, "1e3/64", 0.5, 0.4, 2, True),
        Outcome("lawful", "1e3/64", 1.5, 1.4, 30, True),
        Outcome("naive", "1e3/64", None, None, None, None),
        Outcome(LIMIT, "1e4/64", 2.0, 2.0, 3, True),
        Outcome("lawful", "1e4/64", 40.0, 39.0, 40, False),
    ]
    alone = [Outcome(LIMIT, "9/64", 1.0, 1.0, 2, True), Outcome("pytm", "9/64", 20.0, 9, 50, True)]
    page = table(Results({"date": "2026-11-22"}, "", outcomes, alone))
    assert "| lawful | 1.5 (3.0x) | 40 (20x) |" in page
    assert "| naive | - | - |" in page
    assert "| lawful | 30 | 40 |" in page
    assert "| engine | 9/64 |" in page
    assert "| pytm | 20 (20x) |" in page
    assert "agreed with the limit's by hash: 5; that did not: 1." in page
