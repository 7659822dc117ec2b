"""Whatever is read, it is understood or refused in words: texts drawn from the grammars, and texts damaged."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from lawful.cli import main
from tests.fuzz import grammar, seeds, sound
from tests.fuzz.damage import anything, damaged, encoded, miswritten
from tests.properties.drawn import drawing
from tests.semantics.cases import vocabulary

randoms = st.integers(0, 2**32).map(Random)
FOUND = sorted((Path(__file__).parent / "found").iterdir())
SOUND = {".law": sound.law, ".flow": sound.flow, ".json": sound.document, ".xdecaf": sound.model}


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_once_is_not_found_again(path: Path) -> None:
    SOUND[path.suffix](path.read_bytes())


# --- from the grammars ----------------------------------------------------------------------------


@drawing(40)
@given(grammar.texts("law"))
def test_a_policy_drawn_from_the_grammar(text: str) -> None:
    note(repr(text))
    sound.law(text.encode())


@drawing(40)
@given(grammar.texts("flow"))
def test_a_system_drawn_from_the_grammar(text: str) -> None:
    note(repr(text))
    sound.flow(text.encode())


@drawing(15)
@given(grammar.texts("law"), grammar.texts("flow"), randoms)
def test_what_is_drawn_is_damaged(law: str, flow: str, random: Random) -> None:
    for text, holds in ((law, sound.law), (flow, sound.flow)):
        raw = encoded(damaged(text, random), random)
        note(repr(raw))
        holds(raw)


# --- from what is written -------------------------------------------------------------------------


@drawing(80)
@given(st.sampled_from(seeds.laws()), randoms)
def test_a_damaged_policy(text: str, random: Random) -> None:
    raw = encoded(damaged(text, random), random)
    note(repr(raw))
    sound.law(raw)


@drawing(80)
@given(st.sampled_from(seeds.flows()), randoms)
def test_a_damaged_system(text: str, random: Random) -> None:
    raw = encoded(damaged(text, random), random)
    note(repr(raw))
    sound.flow(raw)


@drawing(150)
@given(st.sampled_from(seeds.documents()), randoms)
def test_a_miswritten_document(value: Any, random: Random) -> None:
    raw = encoded(miswritten(value, random), random)
    note(repr(raw))
    sound.document(raw)


@drawing(80)
@given(randoms)
def test_anything_in_place_of_a_document_or_a_model(random: Random) -> None:
    raw = encoded(json.dumps(anything(random)), random)
    note(repr(raw))
    sound.document(raw)
    sound.model(raw)


@drawing(80)
@given(st.sampled_from(seeds.documents()), randoms)
def test_a_miswritten_graph(value: Any, random: Random) -> None:
    text = miswritten(value, random)
    note(text)
    sound.graph(text)


@drawing(100)
@given(st.sampled_from(seeds.models()), randoms)
def test_a_miswritten_model(value: Any, random: Random) -> None:
    raw = encoded(miswritten(value, random), random)
    note(repr(raw))
    sound.model(raw)


# --- as the command reads it ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("fuzz")
    (made / "rules.law").write_text(sound.POLICY, "utf-8")
    (made / "tiny.law").write_text(vocabulary(), "utf-8")
    return made


@drawing(15)
@given(randoms)
def test_a_check_says_what_is_wrong_and_leaves_nothing(folder: Path, random: Random) -> None:
    for name, text in (
        ("a.flow", damaged(random.choice(seeds.flows()), random)),
        ("a.json", miswritten(random.choice(seeds.documents()), random)),
    ):
        path, report = folder / name, folder / "report.json"
        path.write_bytes(encoded(text, random))
        note(repr(path.read_bytes()))
        said = ["--policy", str(folder / "rules.law"), "--format", "json", "-o", str(report)]
        _ran(["check", str(path), *said], report)
        path.unlink()


@drawing(15)
@given(randoms)
def test_an_import_writes_all_or_nothing(folder: Path, random: Random) -> None:
    path, out = folder / "m.json", folder / "out"
    path.write_bytes(encoded(miswritten(random.choice(seeds.models()), random), random))
    note(repr(path.read_bytes()))
    _ran(["import", str(path), "-o", str(out)], out / "m.flow", out / "m.law")


def _ran(arguments: list[str], *written: Path) -> None:
    """A command that has done it, and written it all, or has not, and written nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAWFUL_DEBUG", "1")  # an internal error is an exception
        done = main(arguments) != 2 or all(path.exists() for path in written)
    assert [path.exists() for path in written] == [done] * len(written)
    for path in written:
        path.unlink(missing_ok=True)
        if path.parent.name == "out" and path.parent.exists() and not any(path.parent.iterdir()):
            path.parent.rmdir()
