"""What is wrong with a file of another tool is told without what the file says: it may be a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful.cli import main

SECRET = "hunter2-Zq9"
PLAN = '{"format_version": "1.2", "resource_changes": ['
COMPOSE = "services:\n  db:\n    image: postgres\n    environment:\n"
MANIFEST = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n"
#: Texts that cannot be read, and where each is wrong.
TORN = {
    "a quote that is not closed in HCL": (
        f'resource "a" "b" {{\n  password = "{SECRET}\n}}\n',
        "main.tf:2:",
    ),
    "two values in HCL": (
        f'resource "a" "b" {{\n  password = "{SECRET}" "{SECRET}"\n}}\n',
        "main.tf:2:",
    ),
    "a list in HCL": (f'resource "a" "b" {{\n  p = ["{SECRET}" x]\n}}\n', "main.tf:2:"),
    "a plan on one line": (f'{PLAN}{{"address":"a.b","p":"{SECRET}" "x"}}]}}', "plan.json:1:"),
    "a plan that ends": (f'{PLAN}{{"address":"a.b","p":"{SECRET}', "plan.json:1:"),
    "a bare value in a plan": (f'{PLAN}\n{{"address": {SECRET}}}]}}', "plan.json:2:"),
    "a composition": (f"{COMPOSE}      P: {SECRET}: {SECRET}\n", "compose.yaml:5:"),
    "a list in a composition": (f"{COMPOSE}      P: [{SECRET}\n", "compose.yaml:"),
    "an alias in a composition": (f"{COMPOSE}      P: *{SECRET}\n", "compose.yaml:5:"),
    "a text in a manifest": (f"{MANIFEST}  p: |\n    {SECRET}\n  {SECRET}\n", "secret.yaml:"),
    "a quote in a manifest": (f'{MANIFEST}  p: "{SECRET}\n', "secret.yaml:"),
    "a key of ours": (f"-----BEGIN PRIVATE KEY-----\n{SECRET}=\n", "key.pem:1:"),
    "settings": (f"PASSWORD={SECRET}\n", ".env:1:"),
    "a system of ours as JSON": (
        f'{{"lawful": 1, "system": {{"name": "{SECRET}" "x"}}}}',
        "system.json:1:",
    ),
}


@pytest.mark.parametrize("command", ["check", "import"])
@pytest.mark.parametrize("name", TORN)
def test_no_message_has_what_a_file_says(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    name: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    text, place = TORN[name]
    file = Path(place.split(":")[0])
    file.write_text(text, "utf-8")
    output = ["-o", "out"] if command == "import" else []
    assert main([command, str(file), *output]) == 2
    err = capsys.readouterr().err
    assert SECRET not in err
    assert all(part not in err for part in SECRET.split("-"))
    if command == "check" or file.suffix not in (".pem", ""):
        assert f"  --> {place}" in err, err


def test_the_line_keeps_its_form_and_its_caret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("main.tf").write_text('resource "a" "b" {\n  password = ["été" x]\n}\n', "utf-8")
    assert main(["import", "main.tf", "-o", "out"]) == 2
    lines = capsys.readouterr().err.splitlines()
    line = next(number for number, each in enumerate(lines) if each.startswith(" 2 |"))
    assert lines[line] == ' 2 |   password = ["***" *]'
    assert lines[line + 1].index("^") == lines[line].index(" *]") + 1


def test_a_text_of_ours_is_shown_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.flow").write_text('system a "Our shop" nonsense\n', "utf-8")
    assert main(["check", "a.flow"]) == 2
    assert ' 1 | system a "Our shop" nonsense\n' in capsys.readouterr().err
