"""Folders of files that are imported: one system, of all kinds, as it was and as it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lawful.cli import gathering
from tests.cli.conftest import Run, edit
from tests.cli.test_gate_hidden import OF_MAIL, POLICY, compose, manifest
from tests.cli.test_gate_strangers import ONE, TWO, shared_by_plan

BUCKET = 'provider "aws" { region = "eu-west-3" }\nresource "aws_s3_bucket" "b" {}\n'
OVERLAY = """\
system shop  for policy stays

party shop "The shop"  controller  in FR
subject buyer  is customer  in FR

shop {
  store aws_s3_bucket.b           extern  in FR
  service web                     extern  in FR
  service 'compose_api/mailer'    extern  in FR
  service 'compose_web/mailer'    extern  in FR
}
each recipient '*.com'  in FR
buyer -> web : email_address
buyer -> 'compose_api/mailer' : email_address
buyer -> aws_s3_bucket.b : email_address
"""


@pytest.fixture
def old(here: Path) -> Path:
    """A folder of files of Compose, manifests and Terraform, with some of no kind, and what they cannot say."""
    (here / "stays.law").write_text(POLICY, "utf-8")
    (here / "over.flow").write_text(OVERLAY, "utf-8")
    old = here / "old"
    for name, text in (
        ("api/compose.yaml", OF_MAIL),
        ("web/compose.yaml", OF_MAIL),
        ("cluster/web.yaml", manifest("env: [{name: M, value: 'https://api.mail.com'}]")),
        ("main.tf", BUCKET),
        ("notes.txt", "Nothing."),
    ):
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_text(text, "utf-8")
    return old


def copied(old: Path) -> Path:
    """The folder as it is now."""
    return Path(shutil.copytree(old, old.parent / "new"))


def test_a_folder_is_one_system_of_all_kinds(old: Path, lawful: Run) -> None:
    checked = lawful("check", "old", "--with", "over.flow")
    assert checked.status == 0, checked
    out = " ".join(checked.out.split())
    assert "1 files of these folders are of no kind that is imported here: .txt (1)" in out
    assert lawful("import", "old", "-o", "imported").status == 0
    assert sorted(path.stem for path in Path("imported").iterdir()) == [
        "old_compose_api",
        "old_compose_web",
        "old_kubernetes",
        "old_terraform_hcl",
    ]


@pytest.mark.parametrize("known", ["--base", "--baseline"])
def test_folders_are_compared(old: Path, lawful: Run, known: str) -> None:
    new = copied(old)
    beside = ("--with", "over.flow")
    if known == "--baseline":
        assert lawful("gate", "old", *beside, "--write-baseline", "known.json").status == 0
    compared = ("gate", "new", *beside, known, "old" if known == "--base" else "known.json")
    assert lawful(*compared).out.startswith("passes: shop: 0 newly broken, 0 newly undetermined")
    edit(new / "cluster" / "web.yaml", "api.mail.com", "api.post.com")
    edit(new / "api" / "compose.yaml", '"https://api.mail.com"', "'${MAIL}'")
    result = lawful(*compared)
    out = " ".join(result.out.split())
    assert result.status == 1
    assert "flow web -> api.post.com: comes" in out
    # The same setting of the other folder is what it was.
    hidden = "compose_api/mailer.environment.MAIL"
    assert f"flow compose_api/mailer -> {hidden}: comes" in out
    assert "flow compose_web/mailer -> api.mail.com: goes" not in out


def test_a_plan_in_a_folder_is_both_sides_of_a_change(here: Path, lawful: Run) -> None:
    (here / "stays.law").write_text(POLICY, "utf-8")
    (here / "over.flow").write_text(OVERLAY.split("shop {")[0], "utf-8")
    (here / "plans").mkdir()
    (here / "plans" / "p.json").write_text(shared_by_plan((ONE,), (ONE, TWO)), "utf-8")
    result = lawful("gate", "plans", "--with", "over.flow")
    assert "node aws_s3_bucket.b shared of account" in " ".join(result.out.split())


@pytest.mark.parametrize(
    ("torn", "text"),
    [
        ("old/api/compose.yaml", compose("   - : {")),
        ("new/api/compose.yaml", compose("   - : {")),
        ("new/main.tf", BUCKET[-20:]),
        ("new/more.tf", "<html>"),
    ],
)
def test_what_cannot_be_read_of_a_folder_stops_a_gate(
    old: Path, lawful: Run, torn: str, text: str
) -> None:
    """What is left out of one side would be gone, or new."""
    copied(old)
    Path(torn).write_text(text, "utf-8")
    result = lawful("gate", "new", "--base", "old", "--with", "over.flow")
    assert (result.status, result.out) == (2, "")
    assert torn in result.err


def test_a_file_of_a_folder_that_is_a_link_to_nowhere_stops_a_gate(old: Path, lawful: Run) -> None:
    new = copied(old)
    (new / "notes.lnk").symlink_to("nowhere.txt")
    (new / "main.tf").unlink()
    (new / "main.tf").symlink_to("../elsewhere/main.tf")
    result = lawful("gate", "new", "--base", "old", "--with", "over.flow")
    assert (result.status, result.out) == (2, "")
    assert "`new/main.tf` cannot be read" in result.err
    assert "notes.lnk" not in result.err


def test_a_file_that_is_too_large_for_a_folder_stops_a_gate(
    old: Path, lawful: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passed over on one side, what it tells would be gone."""
    new = copied(old)
    (new / "main.tf").write_text(BUCKET + "#" * 5_000, "utf-8")
    (new / "notes.txt").write_text("#" * 5_000, "utf-8")
    monkeypatch.setattr(gathering, "_MOST_FOUND", 5_000)
    result = lawful("gate", "new", "--base", "old", "--with", "over.flow")
    assert (result.status, result.out) == (2, "")
    assert "`new/main.tf` is too large" in result.err
    assert "notes.txt" not in result.err
    named = lawful("gate", "new", "--base", "old", "--with", "over.flow", "--with", "new/main.tf")
    assert named.status == 0, named


def test_a_node_that_only_the_text_tells_of_by_now_is_told(old: Path, lawful: Run) -> None:
    Path("over.flow").write_text(
        OVERLAY.replace("service web                     extern", "service web")
    )
    new = copied(old)
    assert "by texts of ours alone" not in lawful("check", "old", "--with", "over.flow").out
    edit(new / "cluster" / "web.yaml", "{name: web}", "{name: site}")
    out = " ".join(lawful("gate", "new", "--base", "old", "--with", "over.flow").out.split())
    assert "1 nodes are told by texts of ours alone, and are in none of the files" in out
    assert "that are imported: web" in out


def test_what_lies_beside_texts_of_ours_and_is_not_read_is_told(shop: Path, lawful: Run) -> None:
    said = "1 files that lie beside texts of ours could be imported, and are read only where they"
    assert said not in " ".join(lawful("check", ".").out.split())
    (shop / "compose.yaml").write_text(OF_MAIL, "utf-8")
    (shop / "other.json").write_text(json.dumps({"a": 1}), "utf-8")
    assert said in " ".join(lawful("check", ".").out.split())
    assert said not in " ".join(lawful("check", ".", "--with", "compose.yaml").out.split())


def test_a_folder_of_nothing_that_is_read_says_so(here: Path, lawful: Run) -> None:
    (here / "empty").mkdir()
    (here / "empty" / "notes.txt").write_text("Nothing.", "utf-8")
    result = lawful("check", "empty")
    assert (result.status, result.out) == (2, "")
    assert "in the folder `empty`" in result.err


def test_a_folder_that_comes_beside_another_leaves_its_findings(old: Path, lawful: Run) -> None:
    """Two services of one name are told apart by their flows, where nothing else tells them apart."""
    over = OVERLAY.split("shop {")[0] + "each service '*'  of shop  holds email_address of buyer\n"
    Path("over.flow").write_text(over, "utf-8")
    edit(old / "web" / "compose.yaml", "api.mail.com", "api.post.com")
    one = old.parent / "one"
    shutil.copytree(old / "api", one / "api")
    for head, base in ((old, one), (one, old)):
        out = lawful("gate", head, "--base", base, "--with", "over.flow", "--format", "json").out
        known = {each["carrier"] for each in json.loads(out)["known"]}
        assert known == {f"{'compose_api/' if head == old else ''}mailer -> api.mail.com"}


MOVING = """\
provider "aws" { region = "eu-west-3" }
module "%s" { source = "./m" }
%s
"""
MOVED = """\
resource "aws_lambda_function" "f" {
  environment {
    variables = { MAIL = "https://api.mail.com", Q = aws_sqs_queue.%s.url }
  }
}
resource "aws_sqs_queue" "%s" {}
%s
"""


def test_what_files_of_terraform_move_keeps_its_findings(here: Path, lawful: Run) -> None:
    """By the blocks that say so, one after the other and through modules; without them it is new."""
    law = POLICY + "require enc: measure in encryption_at_rest for storage of email_address\n"
    (here / "stays.law").write_text(law, "utf-8")
    said = OVERLAY.split("shop {")[0] + "each service '*'  of shop  holds email_address of buyer\n"
    (here / "over.flow").write_text(said, "utf-8")
    moved = [
        "moved {{\n  from = aws_sqs_queue.{}\n  to = aws_sqs_queue.{}\n}}\n".format(*names)
        for names in ("ab", "bc")
    ]
    module = "moved {\n  from = module.one\n  to = module.two\n}\n"
    for folder, call, calls, queue, inner in (
        ("old", "one", "", "a", ""),
        ("lost", "two", "", "c", "".join(moved)),
        ("new", "two", module, "c", "".join(moved)),
    ):
        (here / folder / "m").mkdir(parents=True)
        (here / folder / "main.tf").write_text(MOVING % (call, calls), "utf-8")
        (here / folder / "m" / "m.tf").write_text(MOVED % (queue, queue, inner), "utf-8")
    lost = lawful("gate", "lost", "--base", "old", "--with", "over.flow").out
    assert "2 newly undetermined, 2 mended, 0 as before" in " ".join(lost.split())
    kept = lawful("gate", "new", "--base", "old", "--with", "over.flow")
    passes = "passes: shop: 0 newly broken, 0 newly undetermined, 0 mended, 2 as before"
    assert (kept.status, kept.out.splitlines()[0]) == (0, passes)
