"""Pages that quote models, programs that have them in strings and schemas that describe them are none of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawful.cli import main
from lawful.importers import detect
from lawful_dsl.source import Source

MODELS = {
    "calm": {"nodes": [{"unique-id": "a", "node-type": "service"}], "relationships": []},
    "cyclonedx": {"bomFormat": "CycloneDX", "services": [{"name": "a"}]},
    "likec4": {"specification": {}, "elements": {}, "relations": {}},
    "openlineage": {"eventType": "START", "job": {"name": "a"}, "inputs": []},
    "pytm": {"elements": [], "flows": [{"sink": "a"}], "boundaries": []},
    "structurizr": {"model": {"people": []}},
    "threat_dragon": {"summary": {}, "detail": {"diagrams": []}},
    "xdecaf": {"model": {"children": []}, "labelTypes": []},
}
WRITTEN = {
    "fides": "system:\n  - fides_key: a\n",
    "threagile": "# a model\nthreagile_version: 1.0.0\ntechnical_assets:\n",
    "structurizr": 'workspace "A" {\n}\n',
    "likec4": "specification {\n}\n",
}


def kinds(text: str) -> tuple[str, ...]:
    return detect(Source("some.txt", text))


@pytest.mark.parametrize("kind", MODELS)
def test_json_is_of_its_kind_alone_and_with_lines_before_it(kind: str) -> None:
    text = json.dumps(MODELS[kind], indent=2)
    assert kinds(text) == (kind,)
    if kind not in ("likec4", "structurizr"):
        assert kinds(f"Loading the model ...\ndone\n\n{text}") == (kind,)


@pytest.mark.parametrize("kind", MODELS)
def test_a_page_a_program_and_a_schema_with_it_are_of_no_kind(kind: str) -> None:
    text = json.dumps(MODELS[kind], indent=2)
    assert kinds(f"# A page\n\nThis is one:\n\n```json\n{text}\n```\n") == ()
    assert kinds(f'"""A program."""\n\nMODEL = """\n{text}\n"""\n') == ()
    if kind not in ("calm", "xdecaf"):  # whose schemas are told by what they have
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **MODELS[kind]}
        assert kinds(json.dumps(schema)) == ()


@pytest.mark.parametrize(
    "value",
    [
        {"eventTime": "now", "eventType": "AwsApiCall", "job": "nightly", "dataset": "a"},
        {"model": "large", "people": [{"name": "Rosa"}]},
        {"projects": {}, "softwareSystems": 1, "model": "a"},
    ],
)
def test_what_has_the_same_words_for_other_things_is_of_no_kind(value: object) -> None:
    assert kinds(json.dumps(value)) == ()


@pytest.mark.parametrize(
    "text",
    [
        'import { a } from "b"\n\nexport const model = a({ kind: 1 })\n',
        "// a program\nimport {\n  a,\n  b,\n} from 'c'\nmodel({})\n",
        "const workspace = {\n  a: 1,\n}\n",
        "workspace: {\n}\n",
        "export declare const a: {\n  services: {\n    b: string;\n  };\n};\n",
        '{"$id": "https://x.org/a.schema.json", "services": {"a": {}}}',
    ],
)
def test_a_program_that_begins_like_a_model_is_none(text: str) -> None:
    assert kinds(text) == ()


def test_a_schema_that_a_file_of_compose_holds_is_not_what_it_is() -> None:
    holds = "services:\n  a:\n    image: b\nconfigs:\n  c:\n    content: |\n"
    assert kinds(f'{holds}      {{"$schema": "https://x.org/s", "services": {{}}}}\n') == (
        "compose",
    )


def test_models_of_several_files_and_blocks_of_terraform_import_too() -> None:
    assert kinds("import { a } from './a'\n// so\nimport { b } from \"c\"\nmodel {\n}\n") == (
        "likec4",
    )
    assert kinds('import {\n  # so\n  to = a.b\n  id = "1"\n}\n') == ("terraform_hcl",)
    assert kinds('workspace "A" "of {braces}" {\n') == ("structurizr",)
    assert kinds("workspace extends ../base.dsl { // more\n") == ("structurizr",)


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_text_is_of_its_kind_and_a_page_with_it_is_not(kind: str) -> None:
    text = WRITTEN[kind]
    assert kinds(text) == (kind,)
    assert kinds(f"# A page\n\n```\n{text}```\n") == ()
    assert kinds(f"---\ntitle: A page\n---\n\n```yaml\n{text}```\n") == ()


@pytest.mark.parametrize("begins", ["---\n", "%YAML 1.2\n---\n", "\n# a\n\n", '"title": a\n', "{"])
def test_yaml_begins_in_several_ways(begins: str) -> None:
    rest = "technical_assets: {}}" if begins == "{" else "technical_assets:\n"
    assert kinds(f"{begins}{rest}") == ("threagile",)


def test_the_boundaries_of_a_model_may_stand_in_a_file_of_their_own() -> None:
    inside = "trust_boundaries:\n  Net:\n    id: net\n    technical_assets_inside: [a]\n"
    assert kinds(inside) == ("threagile",)
    assert kinds("trust_boundaries:\n  - name: net\n") == ()


def test_a_bill_without_services_is_none() -> None:
    empty = {"bomFormat": "CycloneDX", "components": [{"name": "a"}], "services": []}
    assert kinds(json.dumps(empty, indent=1)) == ()


def test_what_is_recognised_and_not_read_is_passed_over_in_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others = {
        "README.md": "# A page\n\n```mermaid\nsequenceDiagram\n  a ->> b: hi\n```\n",
        "bom.xml": '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>\n',
        "empty.json": json.dumps({"summary": {}, "detail": {"diagrams": []}}),
        "model.c4": WRITTEN["likec4"],
        "workspace.dsl": WRITTEN["structurizr"],
    }
    for name, text in others.items():
        (tmp_path / name).write_text(text, "utf-8")
    chart = tmp_path / "chart.mmd"
    chart.write_text("flowchart LR\n  a --> b\n", "utf-8")
    assert main(["import", str(tmp_path), "-o", str(tmp_path / "out")]) == 0
    assert len(list((tmp_path / "out").glob("*.flow"))) == 1
    assert "5 files of these folders are of no kind that is imported" in capsys.readouterr().err
    chart.unlink()
    for name in ("README.md", "empty.json", "model.c4", "workspace.dsl"):
        (tmp_path / name).unlink()
    assert main(["import", str(tmp_path), "-o", str(tmp_path / "none")]) == 2
    assert "bills of materials in XML are not read" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["structurizr", "xdecaf"])
def test_each_model_of_a_folder_is_one_system(kind: str, tmp_path: Path) -> None:
    models = {
        "structurizr": {"model": {"people": [{"id": "1", "name": "A"}]}},
        "xdecaf": {"model": {"children": []}, "labelTypes": []},
    }
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text(json.dumps(models[kind]), "utf-8")
    assert main(["import", str(tmp_path), "-o", str(tmp_path / "out")]) == 0
    assert len(list((tmp_path / "out").glob("*.flow"))) == 2
