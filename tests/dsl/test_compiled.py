"""What is compiled: equal to what is read of the texts, and never used where it is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import lark
import pytest

from lawful_dsl import compiled, library
from lawful_dsl.compiled import programs
from lawful_dsl.compiled.__main__ import main
from lawful_dsl.compiled.compare import differences, whole
from lawful_dsl.compiled.make import keep_library
from lawful_dsl.compiled.packed import pack, unpack
from lawful_dsl.compiled.texts import keep_text, kept_text
from lawful_dsl.library import from_compiled, from_texts, load
from lawful_dsl.parser import LANGUAGES, Parsed, parse_flow, parse_law, read
from lawful_dsl.parser import read as read_text
from lawful_dsl.parser.tables import kept_tables, parser_of
from lawful_dsl.source import Source

CORPUS = Path(__file__).parents[2] / "dsl" / "corpus"
TEXTS = sorted(path for path in CORPUS.rglob("*") if path.suffix in (".law", ".flow"))

WORDS = """vocabulary words "Words"
attribute risk of data: one of low, high
data
  secret "Secret"  risk = high
    nl "Geheim"
  card is secret
subjects
  person
  child is person
mapping keys "Keys"
  "user.card" is card
"""
RULES = """pack rules
use words
forbid no_secrets: disclosure of secret
"""
POLICY = """policy house
  effective 2024-01-01
use words, rules
define minor as person when age < 18
forbid no_cards: use of card
  unless from minor when not known
  because en "No cards."
"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that is shipped, compiled."""
    folder = tmp_path_factory.mktemp("everything")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "FOLDER", folder)
        assert main([]) == ""
    return folder


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for what is compiled."""
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setattr(compiled, "FOLDER", folder)
    parser_of.cache_clear()
    yield folder
    parser_of.cache_clear()


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three modules, shipped in place of those that are."""
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "words.law").write_text(WORDS, "utf-8")
    (folder / "rules.law").write_text(RULES, "utf-8")
    (folder / "house.law").write_text(POLICY, "utf-8")
    monkeypatch.setattr(library, "shipped", lambda: folder)
    return folder


@pytest.fixture
def made(shipped: Path, kept: Path, everything: Path) -> Path:
    """The three, compiled."""
    shutil.copytree(everything, kept, dirs_exist_ok=True)
    keep_library()
    return shipped


def test_what_is_shipped_is_compiled_to_what_it_says(
    everything: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "FOLDER", everything)
    assert main(["compare"]) == ""


def test_without_anything_compiled_the_texts_are_read(shipped: Path, kept: Path) -> None:
    assert from_compiled(["house"]) is None
    program, wrong, _ = load(["house"])
    assert [policy.name for policy in program.policies] == ["house"]
    assert wrong == ()
    assert len(list(differences())) == len(LANGUAGES) + 4


def test_what_is_compiled_is_used(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = whole(from_texts(["house"]))
    monkeypatch.setattr(library, "parse_law", None)
    assert whole(load(["house"])) == expected


def test_a_policy_of_ones_own_is_read_without_reading_what_it_uses(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine.law"
    mine.write_text(POLICY.replace("house", "mine"), "utf-8")
    library._parsed.cache_clear()
    expected = whole(load([str(mine)]))
    read: list[str] = []
    monkeypatch.setattr(library, "parse_law", lambda s: read.append(s.file) or parse_law(s))
    library._parsed.cache_clear()
    assert whole(load([str(mine)])) == expected
    assert read == [str(mine)]


def words() -> Source:
    """The text of the shipped module that others use."""
    [entry] = [each for each in library.scan() if each.name == "words"]
    source, _ = read_text(entry.path, entry.file)
    assert source is not None
    return source


def test_a_text_of_ones_own_that_says_otherwise_is_not_taken_for_a_shipped_one(made: Path) -> None:
    source = words()
    assert kept_text(source) is not None
    assert kept_text(replace(source, text=source.text + "# more\n")) is None
    assert kept_text(replace(source, file="policies/other.law")) is None


def test_a_text_in_another_place_is_told_from_there(made: Path) -> None:
    there = replace(words(), file="lib/policies/words.law")
    assert whole(kept_text(there)) == whole(parse_law(there))


def test_a_text_that_is_compiled_to_something_else_is_found_out(made: Path) -> None:
    kept = kept_text(words())
    assert kept is not None
    keep_text(replace(kept, lost=frozenset({"card"})))
    said = f"the text `{kept.source.file}` is compiled to what it does not say"
    assert said in main(["compare"]).splitlines()


def test_texts_in_another_place_are_told_from_there(made: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(made, mine)
    (mine / "house.law").rename(mine / "other.law")
    found = from_compiled(["house"], [mine])
    assert found is not None
    assert whole(found) == whole(from_texts(["house"], [mine]))
    policy = found[0].policies[0]
    assert policy.span.file == (mine / "other.law").as_posix()
    assert policy.rules[1].about.span.file == (mine / "rules.law").as_posix()


@pytest.mark.parametrize("name", ["words", "house"])
def test_a_module_of_ones_own_comes_before_what_is_compiled(
    made: Path, tmp_path: Path, name: str
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    text = (made / f"{name}.law").read_text("utf-8")
    (mine / "mine.law").write_text(text.replace("card", "ticket"), "utf-8")
    assert from_compiled(["house"], [mine]) is None
    _, wrong, sources = load(["house"], [mine])
    assert (mine / "mine.law").as_posix() in sources
    assert any("card" in fault.message or "ticket" in fault.message for fault in wrong)


@pytest.mark.parametrize("name", ["words", "house"])
def test_what_is_older_than_its_text_is_not_used(made: Path, name: str) -> None:
    path = made / f"{name}.law"
    path.write_text(path.read_text("utf-8") + "# and a word more\n", "utf-8")
    assert from_compiled(["house"]) is None
    assert "\n".join(differences()).count("its text has changed since") == 2


def test_a_second_version_and_a_copy_of_the_first_are_seen(made: Path) -> None:
    (made / "copy.law").write_text(POLICY, "utf-8")
    assert from_compiled(["house"]) is None
    _, (wrong,), _ = load(["house"])
    assert wrong.message == "two versions of the policy `house` are effective 2024-01-01"


@pytest.mark.parametrize("names", [[], ["nowhere"], ["house", "nowhere"], ["../house"]])
def test_names_of_which_nothing_is_compiled(made: Path, names: list[str]) -> None:
    assert from_compiled(names) is None


def test_a_file_is_read(made: Path) -> None:
    assert from_compiled([str(made / "house.law")]) is None


def test_what_other_code_has_compiled_is_not_used(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "_code", lambda: b"of another day")
    assert from_compiled(["house"]) is None
    assert [kept_tables(language) for language in LANGUAGES] == [None, None]


def test_tables_of_another_lark_are_not_used(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lark.__version__", "0.0")
    assert [kept_tables(language) for language in LANGUAGES] == [None, None]
    assert from_compiled(["house"]) is not None


@pytest.mark.parametrize(
    "harm",
    [
        lambda raw: b"",
        lambda raw: raw[:40],
        lambda raw: raw[:-1],
        lambda raw: raw + b".",
        lambda raw: raw[:-200] + bytes([raw[-200] ^ 1]) + raw[-199:],
        lambda raw: b"no pickle at all",
    ],
    ids=["empty", "cut in the head", "cut", "longer", "one bit", "other"],
)
def test_what_is_damaged_is_as_good_as_none(
    made: Path, kept: Path, harm: Callable[[bytes], bytes]
) -> None:
    for path in kept.iterdir():
        path.write_bytes(harm(path.read_bytes()))
    assert from_compiled(["house"]) is None
    assert [kept_tables(language) for language in LANGUAGES] == [None, None]
    assert load(["house"])[1] == ()


def test_what_is_compiled_to_something_else_is_found_out(made: Path) -> None:
    house = programs.kept()["house"]
    files = {key: key for part in programs.kept().values() for key in part.texts}
    share = unpack(house.share, files)
    policy = share.policies[0]
    moved = replace(policy, span=replace(policy.span, line=7))
    other = replace(share, policies=(moved,))
    packed = pack(other, files)
    compiled.keep(programs.KEPT, {**programs.kept(), "house": house._replace(share=packed)})
    tables = kept_tables("flow")
    assert tables is not None
    tables["data"]["parser"]["parser"]["states"][3].popitem()
    compiled.keep("flow", tables, lark.__version__)
    assert main(["compare"]).splitlines() == [
        "the grammar `flow` is compiled to what it does not say",
        "`house` is compiled to what it does not say",
        "`house, rules, words` is compiled to what it does not say",
    ]


def test_what_is_wrong_is_not_compiled(shipped: Path, kept: Path) -> None:
    (shipped / "house.law").write_text(POLICY.replace("of card", "of crd"), "utf-8")
    assert "`crd` is not known" in main([])
    assert programs.kept() == {}
    assert main(["compile"]) == "usage: python -m lawful_dsl.compiled [compare]"


def parsed(path: Path) -> Parsed[object]:
    source, _ = read(path)
    assert source is not None
    return parse_law(source) if path.suffix == ".law" else parse_flow(source)  # type: ignore[return-value]


def test_compiled_tables_parse_as_the_grammars_do_good_and_bad(made: Path, kept: Path) -> None:
    by_tables = [whole(parsed(path)) for path in TEXTS]
    for path in kept.iterdir():
        path.unlink()
    parser_of.cache_clear()
    assert [whole(parsed(path)) for path in TEXTS] == by_tables
