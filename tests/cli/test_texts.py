"""`lawful fmt`, `lint`, `init`, `schema` and `completion`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from lawful.cli.commands.schema import DOCUMENTS
from tests.cli.conftest import Run

# --- fmt ------------------------------------------------------------------------------------------


def test_what_is_in_the_style_is_left(lawful: Run, shop: Path) -> None:
    outcome = lawful("fmt", "--check")
    assert (outcome.status, outcome.out) == (0, "nothing to change in 2 files\n")


def test_a_text_out_of_style(lawful: Run, shop: Path) -> None:
    policy = shop / "our_policy.law"
    styled = policy.read_text("utf-8")
    policy.write_text(styled.replace("severity high", "severity    high"), "utf-8")
    outcome = lawful("fmt", "--check", "our_policy.law")
    assert (outcome.status, outcome.out) == (1, "would change our_policy.law\n")
    outcome = lawful("fmt", ".")
    assert (outcome.status, outcome.out) == (0, "changed our_policy.law\n")
    assert policy.read_text("utf-8") == styled


def test_a_text_with_errors_is_left_as_it_is(lawful: Run, shop: Path) -> None:
    (shop / "bad.flow").write_text("system a for\n")
    (shop / "wide.flow").write_text("system    b\n")
    outcome = lawful("fmt")
    assert (outcome.status, outcome.out) == (2, "changed wide.flow\n")
    assert "--> bad.flow:1:" in outcome.err
    assert (shop / "bad.flow").read_text() == "system a for\n"


@pytest.mark.parametrize("command", ["fmt", "lint"])
def test_what_cannot_be_gone_over(lawful: Run, shop: Path, command: str) -> None:
    (shop / "empty").mkdir()
    (shop / "a.txt").touch()
    for path, message in (
        ("empty", "error: there are no `.law` or `.flow` files in the folder `empty`\n"),
        ("a.txt", "error: `a.txt` is neither a `.law` nor a `.flow` file\n"),
        (
            "our_system.flo",
            "error: `our_system.flo` is neither a `.law` nor a `.flow` file\n",
        ),
        (
            "our_sytem.flow",
            "error: there is no file `our_sytem.flow`; did you mean `our_system.flow`?\n",
        ),
    ):
        outcome = lawful(command, path)
        assert (outcome.status, outcome.out, outcome.err) == (2, "", message)


# --- lint -----------------------------------------------------------------------------------------


def test_what_init_writes_has_nothing_superfluous(lawful: Run, shop: Path) -> None:
    outcome = lawful("lint")
    assert (outcome.status, outcome.out) == (0, "nothing to warn of in 2 files\n")


def test_a_warning(lawful: Run, shop: Path) -> None:
    policy = shop / "our_policy.law"
    policy.write_text(policy.read_text("utf-8").replace("  clause P-6", ""), "utf-8")
    outcome = lawful("lint", "our_policy.law")
    assert (outcome.status, outcome.err) == (1, "")
    assert outcome.out.startswith("warning: `marketing` names no clause and no citation\n")
    assert outcome.out.endswith("\n\n1 warning\n")


def test_a_text_with_errors_is_not_linted(lawful: Run, shop: Path) -> None:
    policy = shop / "our_policy.law"
    policy.write_text(policy.read_text("utf-8").replace("for marketing", "for marketin"), "utf-8")
    outcome = lawful("lint")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("error: `marketin` is not known")


# --- init -----------------------------------------------------------------------------------------


def test_a_pair_to_start_from(lawful: Run, here: Path) -> None:
    outcome = lawful("init", "some/shop")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == (
        "wrote some/shop/our_policy.law\n"
        "wrote some/shop/our_system.flow\n"
        "now try: lawful check some/shop\n"
    )
    assert lawful("check", "some/shop", "--strict").status == 0


def test_nothing_is_overwritten(lawful: Run, here: Path) -> None:
    (here / "our_system.flow").write_text("mine")
    outcome = lawful("init")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "error: `our_system.flow` is there already, and is left as it is\n"
    assert [path.name for path in here.iterdir()] == ["our_system.flow"]


def test_a_folder_that_cannot_be_made(lawful: Run, here: Path) -> None:
    (here / "file").touch()
    outcome = lawful("init", "file/shop")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "error: cannot make the folder `file/shop`: Not a directory\n"


# --- schema ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_schema_that_is_published(lawful: Run, root: Path, document: str) -> None:
    outcome = lawful("schema", document)
    assert outcome.status == 0
    assert json.loads(outcome.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    published = root / "docs" / "schemas" / f"{document}.schema.json"
    assert published.read_text("utf-8") == outcome.out, (
        f"./dev lawful schema {document} -o docs/schemas/{document}.schema.json"
    )


def test_a_report_is_valid_against_the_schema(lawful: Run, broken: Path) -> None:
    import jsonschema

    schema = json.loads(lawful("schema", "report").out)
    report = json.loads(lawful("check", ".", "--format", "json").out)
    jsonschema.validate(report, schema)


# --- completion -----------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(lawful: Run, shell: str) -> None:
    outcome = lawful("completion", shell)
    assert outcome.status == 0
    assert f"_LAWFUL_COMPLETE={shell}_complete" in outcome.out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=outcome.out, text=True, check=True)


def test_what_is_completed(lawful: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for words, wanted in (
        ("lawful c", {"check", "completion", "coverage"}),
        ("lawful check --st", {"--strict"}),
    ):
        monkeypatch.setenv("_LAWFUL_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
        outcome = lawful()
        found = {line.split(",")[1] for line in outcome.out.split(os.linesep) if "," in line}
        assert found == wanted
