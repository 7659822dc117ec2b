"""Determinism: the same systems make the same bytes, whatever the seed, the order of files and the folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.importers.models import chain, written

ROOT = Path(__file__).parents[1]
CALLBRIDGE = Path("flows", "callbridge")
SYSTEMS = (
    CALLBRIDGE / "callbridge.flow",
    CALLBRIDGE / "broken" / "card-number-in-hosted-store.flow",
    CALLBRIDGE / "undetermined" / "coarse-payment-data.flow",
)


def report(*systems: Path, cwd: Path = ROOT, seed: str = "0") -> bytes:
    """The JSON report of a process of its own."""
    paths = os.pathsep.join([str(ROOT / "dsl"), str(ROOT / "engine")])
    done = subprocess.run(
        [sys.executable, "-m", "lawful", "check", "--format", "json", *map(str, systems)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed},
        capture_output=True,
        timeout=100,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    assert done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def reports() -> bytes:
    return report(*SYSTEMS)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_seed_of_hashes_makes_no_difference(reports: bytes, seed: str) -> None:
    assert report(*SYSTEMS, seed=seed) == reports


def split(text: str) -> tuple[str, list[str]]:
    """The first statement of a text, which names the system, and the others; comments are left out."""
    statements: list[str] = []
    inside = False
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if inside or line[0] in " }":
            statements[-1] += line + "\n"
        else:
            statements.append(line + "\n")
        inside = (inside or line.endswith("{")) and line != "}"
    return statements[0], statements[1:]


def laid_out(folder: Path, files: dict[str, list[str]]) -> Path:
    system = folder / "system"
    system.mkdir(parents=True)
    for name, statements in files.items():
        (system / f"{name}.flow").write_text("".join(statements), "utf-8")
    return system


def without_places(told: bytes) -> bytes:
    """A report less the positions in files, which are another system's when it is written otherwise."""
    lines = told.decode().splitlines()
    words = ('"file":', '"line":', '"column":', '"end_line":', '"end_column":', '"pointer":')
    kept = (line.rstrip(",") for line in lines if not line.strip().startswith(words))
    return "\n".join(kept).encode()


@pytest.mark.parametrize("system", SYSTEMS[:2], ids=lambda path: path.stem)
def test_the_order_of_files_and_statements_makes_no_difference(
    tmp_path: Path, system: Path
) -> None:
    head, others = split((ROOT / system).read_text("utf-8"))
    third = len(others) // 3
    parts = [others[:third], others[third : 2 * third], others[2 * third :]]
    policies = ROOT / "policies"
    told = []
    for number, names in enumerate((("a", "b", "c", "d"), ("d", "c", "b", "a"))):
        folder = tmp_path / str(number)
        turned = [part[::-1] for part in parts] if number else parts
        laid_out(folder, dict(zip(names, [[head], *turned], strict=True)))
        (folder / "policies").symlink_to(policies, target_is_directory=True)
        told.append(without_places(report(Path("system"), cwd=folder)))
    assert told[0] == told[1]
    assert b'"verdict"' in told[0]


def test_the_working_directory_makes_no_difference(tmp_path: Path) -> None:
    told = []
    for folder in (tmp_path / "here", tmp_path / "elsewhere" / "and below"):
        laid_out(folder, {"one": [(ROOT / SYSTEMS[1]).read_text("utf-8")]})
        (folder / "policies").symlink_to(ROOT / "policies", target_is_directory=True)
        told.append(report(Path("system"), cwd=folder))
    assert told[0] == told[1]


# --- all commands ---------------------------------------------------------------------------------

BROKEN = Path("flows", "appointlet", "broken")
COMMANDS = {
    "text": ["check", "{systems}"],
    "json": ["check", "{systems}", "--format", "json"],
    **{
        form: ["check", "{systems}", "--format", form, "--report", f"{form}={{out}}/report.{form}"]
        for form in ("github", "gitlab", "jsonl", "junit", "markdown", "sarif")
    },
    "svg": ["draw", "{system}", "-o", "{out}/system.svg"],
    "annotate": ["annotate", "{system}"],
    "coverage": ["coverage", "appointlet", "--format", "json"],
    "diff": ["diff", "callbridge@2023-12-01", "callbridge@2024-04-08"],
    "register": ["register", "{system}"],
    "test": ["test", "policies/appointlet"],
    "explain": ["explain", "email_address", "{system}"],
    "trace": ["trace", "email_address", "{system}"],
    "import": ["import", "{out}/model.json", "-o", "{out}/imported"],
    "fmt": ["fmt", "--check", "flows/appointlet"],
}
#: Run in a process of its own: the folders are listed the other way round where that is asked.
PROGRAM = """
import os, sys
from pathlib import Path
from lawful.cli import main

if sys.argv[1] == "turned":
    listed, globbed = os.listdir, Path.iterdir
    os.listdir = lambda *a: listed(*a)[::-1]
    Path.iterdir = lambda path: iter(list(globbed(path))[::-1])
for command in sys.argv[2:]:
    print("$", command.partition("|")[0], flush=True)
    print("=", main(command.split("|")), flush=True)
"""


def told(out: Path, seed: str, order: str) -> dict[str, bytes]:
    """What all commands print and write, by the command and by the file."""
    out.mkdir()
    (out / "model.json").write_text(written(chain("assign A.y if A.x || A.z from f")), "utf-8")
    systems = sorted(map(str, (ROOT / BROKEN).glob("*.flow")))[:3]
    systems = [str(Path(system).relative_to(ROOT)) for system in systems]
    systems = systems[::-1] if order == "turned" else systems
    system = "flows/appointlet"
    commands = [
        "|".join(
            word
            for said in command
            for word in (systems if said == "{systems}" else [said.format(out=out, system=system)])
        )
        for command in COMMANDS.values()
    ]
    paths = os.pathsep.join([str(ROOT / "dsl"), str(ROOT / "engine")])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, order, *commands],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    files = {path.name: path.read_bytes() for path in sorted(out.rglob("*.*")) if path.is_file()}
    return {"printed": done.stdout.replace(str(out).encode(), b"OUT"), **files}


def test_every_command_tells_the_same_under_another_seed_and_listing(tmp_path: Path) -> None:
    one, other = told(tmp_path / "one", "1", "listed"), told(tmp_path / "two", "2", "turned")
    assert one.keys() == other.keys() >= {"printed", "system.svg", "model.flow", "model.law"}
    assert [name for name in one if one[name] != other[name]] == []
    printed = one["printed"].decode()
    assert printed.count("\n= ") == len(COMMANDS)
    assert "\n= 2" not in printed
