"""What cannot be imported is refused in one message, with nothing written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lawful import importers
from lawful.cli import main
from tests.importers.models import chain, written

Change = Callable[[Any], object]


def children(value: Any) -> Any:
    return value["model"]["children"]


def port(value: Any) -> Any:
    return children(value)[1]["ports"][1]


CHANGES: dict[str, tuple[Change, str]] = {
    "constraints of a wrong kind": (lambda m: m.update(constraints="x"), "expected a list"),
    "a constraint of a wrong kind": (lambda m: m.update(constraints=[1]), "expected an object"),
    "no model": (lambda m: m.update(model=[m["model"]]), "expected an object"),
    "a vertex twice": (
        lambda m: children(m).append({**children(m)[0], "ports": []}),
        "the id `begin` is that of more than one vertex or flow",
    ),
    "a flow twice": (
        lambda m: children(m).append(children(m)[-1]),
        "the id `e1` is that of more than one vertex or flow",
    ),
    "a port twice": (
        lambda m: children(m)[0]["ports"].append(port(m)),
        "the id `o2` is that of more than one port",
    ),
    "a label twice": (
        lambda m: m["labelTypes"][0]["values"].append({"id": "Ax", "text": "v"}),
        "the id `Ax` is that of more than one label",
    ),
    "an id that no name holds": (lambda m: children(m)[0].update(id="a'b"), "`a'b` is no id"),
    "no id": (lambda m: children(m)[0].pop("id"), "the key `id` is missing"),
    "an unknown line": (lambda m: port(m).update(behavior="fly f"), "`fly f` is no line"),
    "half an assignment": (lambda m: port(m).update(behavior="assign A.x"), "is no line"),
    "an unknown label": (lambda m: port(m).update(behavior="set A.q"), "no label `A.q`"),
    "an unknown label of a vertex": (
        lambda m: children(m)[0].update(labels=[{"labelTypeValueId": "q"}]),
        "there is no label with the id `q`",
    ),
    "a condition that ends": (
        lambda m: port(m).update(behavior="assign A.x if A.y && from f"),
        "ends too early",
    ),
    "a condition with two terms": (
        lambda m: port(m).update(behavior="assign A.x if A.y A.z"),
        "cannot be read at `A.z`",
    ),
    "parentheses": (
        lambda m: port(m).update(behavior="assign A.x if A.y) from f"),
        "closes a parenthesis",
    ),
    "an open parenthesis": (
        lambda m: port(m).update(behavior="assign A.x if (A.y from f"),
        "ends too early",
    ),
    "a text that is no constraint": (
        lambda m: m["constraints"][0].update(constraint="never send it"),
        "cannot be read at `never`",
    ),
    "a constraint without its middle": (
        lambda m: m["constraints"][0].update(constraint="data A.x vertex V.y"),
        "is not understood",
    ),
    "a constraint on the data at the target": (
        lambda m: m["constraints"][0].update(constraint="vertex V.x neverFlows data A.x"),
        "of the data at the target",
    ),
    "a constraint of no data": (
        lambda m: m["constraints"][0].update(constraint="data neverFlows vertex V.y"),
        "is not understood",
    ),
    "two groups of data": (
        lambda m: m["constraints"][0].update(constraint="data A.x data A.y neverFlows vertex V.y"),
        "`data` stands there twice",
    ),
    "an unknown label of a constraint": (
        lambda m: m["constraints"][0].update(constraint="data A.q neverFlows vertex V.y"),
        "there is no label `A.q`",
    ),
    "a variable of an unknown type": (
        lambda m: m["constraints"][0].update(constraint="data Q.$q neverFlows vertex V.y"),
        "there is no label `Q.$q`",
    ),
    "a variable for a type": (
        lambda m: m["constraints"][0].update(constraint="data $q.x neverFlows vertex V.y"),
        "has a variable for a type",
    ),
    "two variables of a source": (
        lambda m: m["constraints"][0].update(constraint="vertex A.$a V.$v neverFlows vertex V.y"),
        "more than one variable",
    ),
    "a type of data": (
        lambda m: m["constraints"][0].update(constraint="data type STORE neverFlows vertex V.y"),
        "data have no `type`",
    ),
    "an unknown type of vertex": (
        lambda m: m["constraints"][0].update(constraint="data A.x neverFlows vertex type SHELF"),
        "`SHELF` is no type of vertex",
    ),
    "a variable that nothing binds": (
        lambda m: m["constraints"][0].update(
            constraint="data A.x neverFlows vertex V.y where present $a"
        ),
        "no selector says what `$a` is",
    ),
    "half a condition": (
        lambda m: m["constraints"][0].update(
            constraint="data A.$a neverFlows vertex V.y where empty $a"
        ),
        "cannot be read at `empty $a`",
    ),
    "a condition that is none": (
        lambda m: m["constraints"][0].update(constraint="data A.x neverFlows vertex V.y where so"),
        "cannot be read at `where so`",
    ),
    "a flow into nowhere": (lambda m: children(m)[-1].update(targetId="q"), "no port `q`"),
    "a flow out of an input": (
        lambda m: children(m)[-1].update(sourceId="end.i"),
        "a flow begins at an output",
    ),
    "a flow into an output": (
        lambda m: children(m)[-1].update(targetId="o1"),
        "a flow ends at an input",
    ),
    "a kind of vertex": (lambda m: children(m)[0].update(type="node:x"), "no kind of vertex"),
    "a kind of port": (lambda m: port(m).update(type="port:x"), "no kind of port"),
    "too many conditions": (
        lambda m: (
            m["labelTypes"][0]["values"].extend({"id": f"q{n}", "text": f"q{n}"} for n in range(9)),
            port(m).update(
                behavior=f"assign A.x if {' && '.join(f'A.q{n}' for n in range(9))} from f"
            ),
        ),
        "make 10 labels depend on one another",
    ),
}


def refused(folder: Path, text: str, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    path = folder / "m.json"
    path.write_text(text, "utf-8")
    out = folder / "out"
    assert main(["import", str(path), "-o", str(out), *more]) == 2
    assert not out.exists()
    said, told = capsys.readouterr()
    assert said == ""
    assert told.count("error:") == 1
    return told


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_model_that_is_not_whole(
    change: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = chain("forward f")
    change_it, message = CHANGES[change]
    change_it(value)
    assert message in refused(tmp_path, written(value), capsys)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (written(chain("forward f"))[:900], "this is not JSON"),
        ("{ not JSON", "this is not JSON"),
        ("hello", "of no kind that can be imported"),
        ("", "of no kind that can be imported"),
        ("[]", "of no kind that can be imported"),
        ('{"lawful": 1}', "of no kind that can be imported"),
        ('["model", "labelTypes", "children"]', "this is not an object of JSON"),
        ('{"model": 1, "labelTypes": 2, "children": 3}', "expected a list"),
        ('{"model": "labelTypes", "children": ' + "[" * 100_000, "nested too deeply"),
        ('{"model": "labelTypes", "children": ' + "[" * 700 + "]" * 700 + "}", ""),
    ],
)
def test_a_text_that_is_no_model(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in refused(tmp_path, text, capsys)


def test_a_kind_that_is_not_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(tmp_path, written(chain("")), capsys, "--kind", "xdecap")
    assert "did you mean `xdecaf`?" in told


def test_files_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "large.json").write_bytes(b'"model labelTypes children' + b" " * 80_000_000)
    for name in ("large.json", "missing.json", "."):
        assert main(["import", str(tmp_path / name), "-o", str(tmp_path / "out")]) == 2
        assert capsys.readouterr().err.count("error:") == 1
        assert not (tmp_path / "out").exists()


def test_a_policy_that_cannot_be_written_leaves_no_system(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "m.json").write_text(written(chain("forward f")), "utf-8")
    (tmp_path / "out" / "m.flow").mkdir(parents=True)
    assert main(["import", str(tmp_path / "m.json"), "-o", str(tmp_path / "out")]) == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["m.flow"]
    assert "cannot write" in capsys.readouterr().err


def test_the_file_itself_is_no_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "m.json"
    path.write_text(written(chain("forward f")), "utf-8")
    assert main(["import", str(path), "-o", str(path)]) == 2
    assert "--output would write over it" in capsys.readouterr().err
    assert json.loads(path.read_text("utf-8"))["version"] == 1


@pytest.mark.parametrize("name", importers.names())
def test_an_importer_says_what_it_does(name: str) -> None:
    assert (importers.find(name).__doc__ or "").startswith(f"{name}: ")
