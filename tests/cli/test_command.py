"""The command as such: its help, its exit statuses, and how it ends when it cannot go on."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import lawful
from lawful.cli import group
from tests.cli.conftest import Process, Run

COMMANDS = (
    "annotate",
    "check",
    "completion",
    "coverage",
    "diff",
    "draw",
    "explain",
    "fmt",
    "fuzz",
    "gate",
    "import",
    "init",
    "lint",
    "mutate",
    "register",
    "schema",
    "test",
    "trace",
)


def test_the_version(lawful: Run) -> None:
    outcome = lawful("--version")
    assert (outcome.status, outcome.out) == (0, f"lawful {sys.modules['lawful'].__version__}\n")


def test_what_is_public_is_listed() -> None:
    assert lawful.__all__ == ["Session", "__version__"]


def test_the_version_loads_nothing_heavy(root: Path) -> None:
    code = (
        "import sys; from lawful.cli import main; main(['--version']); "
        "heavy = {'rich', 'lark', 'networkx', 'numpy', 'pydantic', 'graphviz', 'pygraphviz', 'lawful_dsl'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{root / 'dsl'}{os.pathsep}{root / 'engine'}"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_formatter_loads_neither_graphs_nor_decoding(root: Path, tmp_path: Path) -> None:
    text = tmp_path / "a.flow"
    text.write_text("system a\n")
    code = (
        f"import sys; from lawful.cli import main; main(['fmt', {str(text)!r}]); "
        "print(sorted({'rich', 'networkx', 'pydantic'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{root / 'dsl'}{os.pathsep}{root / 'engine'}"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_check_of_a_text_loads_what_it_needs(root: Path) -> None:
    heavy = {"networkx", "numpy", "numba", "pydantic", "graphviz", "pygraphviz", "hypothesis"}
    heavy |= {"importlib.metadata"}
    system = root / "flows" / "callbridge" / "broken" / "card-number-through-log-pipeline.flow"
    code = (
        "import sys; from lawful.cli import main; "
        f"main(['check', {str(system)!r}, '--policy', 'callbridge']); "
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{root / 'dsl'}{os.pathsep}{root / 'engine'}"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.startswith("broken: ")
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_help_lists_every_command(lawful: Run) -> None:
    outcome = lawful("--help")
    assert outcome.status == 0
    assert tuple(group.commands.list_commands(None)) == COMMANDS  # type: ignore[arg-type]
    assert [command for command in COMMANDS if f"  {command} " not in outcome.out] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_examples(lawful: Run, command: str) -> None:
    outcome = lawful(command, "--help")
    assert outcome.status == 0
    assert f"Examples:\n  lawful {command}" in outcome.out


def test_a_misspelt_command(lawful: Run) -> None:
    outcome = lawful("chekc")
    assert outcome.status == 2
    assert outcome.out == ""
    assert "there is no command `chekc`; did you mean `check`?" in outcome.err


def test_a_misspelt_option_is_an_error(lawful: Run, shop: Path) -> None:
    outcome = lawful("check", ".", "--polcy", "our_policy")
    assert outcome.status == 2
    assert "No such option" in outcome.err


def test_an_internal_error_is_one_clear_line(
    lawful: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug\nof ours")

    monkeypatch.setattr("lawful.cli.given.read_system", fail)
    outcome = lawful("check", ".")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == (
        "internal error: ZeroDivisionError: a bug\n"
        "please report it, with what you ran; LAWFUL_DEBUG=1 shows where it happened\n"
    )
    monkeypatch.setenv("LAWFUL_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        lawful("check", ".")


def test_an_interrupt_is_quiet(lawful: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lawful.cli.given.read_system", interrupt)
    outcome = lawful("check", ".")
    assert (outcome.status, outcome.out, outcome.err) == (130, "", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals of this kind")
def test_an_interrupted_process_is_quiet(process: Process, shop: Path) -> None:
    # The system is a pipe that nobody writes to: the command waits until it is interrupted. Where the
    # tests run in the background interrupts are ignored, and whatever they start inherits that.
    os.mkfifo(shop / "waiting.flow")
    running = process(
        "check",
        shop / "waiting.flow",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    writer = os.open(shop / "waiting.flow", os.O_WRONLY)  # returns once the command reads
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    os.close(writer)
    assert (running.returncode, out, err) == (130, b"", b"")


def test_a_closed_pipe_ends_quietly_with_the_verdict(process: Process, broken: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    running = process("check", broken, stdout=writer)
    _, err = running.communicate(timeout=60)
    os.close(writer)
    assert (running.returncode, err) == (1, b"")


def test_a_closed_pipe_ends_the_help_quietly(process: Process) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    running = process("--help", stdout=writer)
    _, err = running.communicate(timeout=60)
    os.close(writer)
    assert (running.returncode, err) == (141, b"")


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_streams_closed_from_the_start(shop: Path, root: Path, closed: str) -> None:
    paths = os.pathsep.join([str(root / "dsl"), str(root / "engine")])
    command = f"{shlex.quote(sys.executable)} -m lawful check . {closed}"
    ended = subprocess.run(
        ["/bin/sh", "-c", command],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0
    assert b"Traceback" not in ended.stdout + ended.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize("arguments", [["--help"], ["check", "."], ["schema", "report"]])
def test_an_output_on_a_full_disk(process: Process, shop: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        running = process(*arguments, stdout=full, cwd=shop)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 2
    assert err.decode() == (f"error: cannot use the standard output: {os.strerror(28)}\n")


def test_a_terminal_that_knows_few_letters(process: Process, shop: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONIOENCODING": "ascii",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    (shop / "a.flow").write_text("system a for policy çka\n", "utf-8")
    running = process("check", "a.flow", cwd=shop, env=environment)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (2, b"")
    assert rb"there is no policy, pack or vocabulary `\xe7ka`" in err
