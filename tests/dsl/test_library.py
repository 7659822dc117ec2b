"""The library: modules found by name, and loaded with all that they use."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful_dsl import library
from lawful_dsl.library import gather, load, scan, shipped


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which to work; nothing is shipped."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library, "shipped", lambda: None)
    return Path()


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_what_is_shipped_is_found(root: Path) -> None:
    assert shipped() == root / "policies"
    assert "common" in {entry.name for entry in scan()}


def test_every_header_is_read_and_nothing_else(folder: Path) -> None:
    write("a.law", '\n# of the house\n  # and more\nvocabulary words "Words"\n')
    write("policies/deep/b.law", "\ufeffpolicy 'a b'\r\n")
    write("c.law", "pack شروط # a name in Arabic\n")
    write("cases/d.law", "forbid use\n")
    write("policies/.hidden/e.law", "policy hidden\n")
    write("deep/e.law", "policy below\n")
    write("f.txt", "policy text\n")
    Path("g.law").write_bytes(b"\xff\xfe\x00policy")
    found = [(entry.name, entry.file) for entry in scan([folder, folder / "policies"])]
    assert found == [("a b", "policies/deep/b.law"), ("words", "a.law"), ("شروط", "c.law")]


def test_loading_takes_what_is_used(folder: Path) -> None:
    write("words.law", "vocabulary words\nuse more\ndata\n  card is secret\n")
    write("more.law", "vocabulary more\nuse words\ndata\n  secret\n")
    write("x/pack.law", "pack house\nuse words\nforbid P-1: use of card\n")
    write("x/policy.law", "policy mine\nuse house\nforbid M-1: use of secret\n")
    write("other.law", "policy other\nforbid use of nonsense\n")
    program, wrong, sources = load(["mine"], [folder, folder / "x"])
    assert wrong == ()
    assert [policy.name for policy in program.policies] == ["mine"]
    assert [rule.about.id for rule in program.policies[0].rules] == ["M-1", "P-1"]
    assert sorted(sources) == ["more.law", "words.law", "x/pack.law", "x/policy.law"]


def test_every_version_of_a_policy_is_loaded(folder: Path) -> None:
    write("one.law", "policy p\n  effective 2020-01-01\n")
    write("two.law", "policy p\n  effective 2021-01-01\n")
    program, wrong, _ = load(["p"], [folder])
    assert wrong == ()
    assert [policy.effective for policy in program.policies] == ["2020-01-01", "2021-01-01"]


def test_a_file_is_loaded_by_its_name(folder: Path) -> None:
    write("words.law", "vocabulary words\ndata\n  card\n")
    write("else/where.law", "policy mine\nuse words\nforbid use of card\n")
    program, wrong, sources = load(["else/where.law"], [folder / "words.law", folder])
    assert wrong == ()
    assert [policy.name for policy in program.policies] == ["mine"]
    assert sorted(sources) == ["else/where.law", "words.law"]


def test_versions_are_loaded_by_the_names_of_their_files(folder: Path) -> None:
    for year in ("2020", "2021", "2022"):
        write(f"p{year}.law", f"policy p\n  effective {year}-01-01\n")
    program, wrong, _ = load(["p2020.law", "p2022.law"], [folder])
    assert wrong == ()
    assert [policy.effective for policy in program.policies] == ["2020-01-01", "2022-01-01"]


def test_the_first_folder_that_has_a_name_has_it_alone(folder: Path) -> None:
    write("near/words.law", "vocabulary words\ndata\n  near\n")
    write("far/words.law", "vocabulary words\ndata\n  far\n")
    program, wrong, _ = load(["words"], [folder / "near", folder / "far"])
    assert wrong == ()
    assert list(program.vocabulary.terms) == ["near"]


def test_a_file_outside_all_folders(folder: Path) -> None:
    write("lib/words.law", "vocabulary words\ndata\n  card\n")
    write("mine.law", "policy mine\nuse words\nforbid use of crd\n")
    _, (wrong,), sources = load(["mine.law"], [folder / "lib"])
    assert (wrong.message, wrong.help) == ("`crd` is not known", "did you mean `card`?")
    assert str(wrong.span) == "mine.law:3:15"
    assert sources["mine.law"].line(3) == "forbid use of crd"


@pytest.mark.parametrize(
    ("name", "place", "message", "help"),
    [
        (
            "mime",
            "mime",
            "there is no policy, pack or vocabulary `mime`",
            "did you mean `mine`?",
        ),
        (
            "zebra",
            "zebra",
            "there is no policy, pack or vocabulary `zebra`",
            "name a module of the folders given, or a file that ends in `.law`",
        ),
        ("mime.law", "mime.law", "there is no file `mime.law`", "did you mean `mine.law`?"),
        (
            "uses",
            "uses.law:2:5",
            "there is no module `mime`",
            "did you mean `mine`?",
        ),
        (
            "twice",
            "twice2.law:1:6",
            "two files declare `twice`",
            "give one of them another name; only a policy has versions",
        ),
        (
            "latin",
            "latin.law:1:19",
            "this is not valid UTF-8",
            "save the file in the encoding UTF-8",
        ),
    ],
)
def test_what_cannot_be_loaded(
    folder: Path, name: str, place: str, message: str, help: str
) -> None:
    write("mine.law", "policy mine\n")
    write("uses.law", "policy uses\nuse mime\n")
    write("twice1.law", "pack twice\n")
    write("twice2.law", "pack twice\n")
    Path("latin.law").write_bytes(b'vocabulary latin "\xe9"\n')
    _, (found,), _ = load([name], [folder])
    assert (str(found.span), found.message, found.help) == (place, message, help)


def test_a_name_that_only_exists_may_prevail(folder: Path) -> None:
    write("mine.law", "policy mine\nforbid a: use\nmine prevails over other\n")
    write("other.law", "policy other\n")
    _, wrong, _ = load(["mine"], [folder])
    assert wrong == ()


def test_errors_of_parsing_and_of_resolving_come_together(folder: Path) -> None:
    write("mine.law", "policy mine\nforbid use of\nforbid usee\n")
    _, wrong, _ = load(["mine"], [folder])
    assert [d.message for d in wrong] == [
        "the line ends too early; expected a name",
        "`usee` is not known",
    ]


def test_gathering_alone_resolves_nothing(folder: Path) -> None:
    write("mine.law", "policy mine\nforbid usee\n")
    laws, roots, wrong = gather(["mine"], [folder])
    assert [law.source.file for law in laws] == ["mine.law"]
    assert (roots, wrong) == (("mine",), ())
