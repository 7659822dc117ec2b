"""Importing folders: what is recognised, by kinds; what is not, counted; what is of several kinds, apart."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lawful.cli import main

COMPOSE = """services:
  web:
    image: shop/web
    environment:
      DB: postgres://db:5432/x
  db:
    image: postgres:16
"""
CHART = "flowchart LR\n  a --> b[(B)]\n"
QUEUE = 'resource "aws_sqs_queue" "orders" {}\n'
TORN_QUEUE = 'resource "aws_sqs_queue" "others" {\n  name = [\n}\n'


def tree(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def imported(*words: str | Path) -> int:
    return main(["import", *map(str, words)])


def test_files_of_one_kind_are_imported_together_and_the_others_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tree(
        tmp_path / "shop",
        {
            "main.tf": QUEUE,
            "deep/er/more.tf": 'resource "aws_sqs_queue" "more" {}\n',
            "README.md": "# Shop",
            "notes.md": "none",
            "Makefile": "all:",
            ".terraform/x.tf": 'resource "aws_sqs_queue" "hidden" {}\n',
            "node_modules/x.tf": 'resource "aws_sqs_queue" "others" {}\n',
            ".hidden.tf": 'resource "aws_sqs_queue" "hidden" {}\n',
        },
    )
    (shop / "picture.png").write_bytes(b"\x89PNG\r\n\x00\xff")
    assert imported(shop, "-o", tmp_path / "out.flow") == 0
    text = (tmp_path / "out.flow").read_text("utf-8")
    assert "aws_sqs_queue.orders" in text
    assert "aws_sqs_queue.more" in text
    assert "hidden" not in text
    assert "others" not in text
    told = capsys.readouterr().err
    assert (
        "4 files of these folders are of no kind that is imported here: .md (2), .png (1), Makefile (1)"
        in told
    )


def test_several_kinds_are_texts_beside_one_another(tmp_path: Path) -> None:
    shop = tree(
        tmp_path / "shop",
        {"compose.yaml": COMPOSE, "docs/chart.md": f"```mermaid\n{CHART}```\n", "a.tf": QUEUE},
    )
    assert imported(shop, "-o", tmp_path / "out") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "shop_compose.flow",
        "shop_mermaid.flow",
        "shop_terraform_hcl.flow",
    ]
    assert "system shop_mermaid" in (tmp_path / "out" / "shop_mermaid.flow").read_text("utf-8")


def test_several_kinds_do_not_go_into_one_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tree(tmp_path / "shop", {"compose.yaml": COMPOSE, "chart.mmd": CHART})
    assert imported(shop, "-o", tmp_path / "out.flow") == 2
    assert "several systems: compose (1), mermaid (1)" in capsys.readouterr().err
    assert not (tmp_path / "out.flow").exists()
    assert imported(shop, "-o", tmp_path / "out.flow", "--kind", "mermaid") == 0
    assert "1 files of these folders" in capsys.readouterr().err
    assert "store b" in (tmp_path / "out.flow").read_text("utf-8")


def test_projects_of_compose_are_apart_by_their_folders(tmp_path: Path) -> None:
    shop = tree(tmp_path / "shop", {"one/compose.yaml": COMPOSE, "two/compose.yaml": COMPOSE})
    assert imported(shop, "-o", tmp_path / "out") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "shop_compose_one.flow",
        "shop_compose_two.flow",
    ]


def test_a_file_that_may_be_of_two_kinds_asks_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = '{"summary": 1, "detail": 1, "diagrams": [], "model": {}, "people": []}'
    shop = tree(tmp_path / "shop", {"model.json": both})
    assert imported(shop, "-o", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "may be structurizr or threat_dragon" in said
    assert "--kind" in said


@pytest.mark.parametrize("files", [{}, {"a.md": "# none", "b.png": "x"}])
def test_a_folder_of_nothing_is_refused(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tree(tmp_path / "shop", {"sub/.keep": "", **files})
    assert imported(shop, "-o", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "there is no file of a kind that can be imported" in said
    assert said.count("error:") == 1


def test_named_files_of_several_kinds_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tree(tmp_path, {"compose.yaml": COMPOSE, "chart.mmd": CHART})
    assert imported(shop / "compose.yaml", shop / "chart.mmd", "-o", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "chart.mmd` is mermaid" in said
    assert "compose.yaml` is compose" in said


def test_one_that_is_refused_is_left_out_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torn = CHART + "  a --> [\n"
    shop = tree(
        tmp_path / "shop",
        {
            "compose.yaml": COMPOSE,
            "a.mmd": CHART,
            "b.mmd": torn,
            "c/d.mmd": CHART,
            "e.tf": TORN_QUEUE,
        },
    )
    assert imported(shop, "-o", tmp_path / "out") == 1
    out, err = capsys.readouterr()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "shop_compose.flow",
        "shop_mermaid.flow",
    ]
    assert err.count("error:") == 2
    assert f"--> {shop / 'b.mmd'}:3:" in err
    assert f"--> {shop / 'e.tf'}:" in err
    assert "refused, and left out of what is written: 2\n" in err
    assert out.count("wrote ") == 2


def test_a_text_says_what_was_left_out_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tree(tmp_path / "shop", {"a.tf": QUEUE, "b.tf": TORN_QUEUE, "c.tf": TORN_QUEUE})
    assert imported(shop, "-o", tmp_path / "out.flow") == 1
    text = (tmp_path / "out.flow").read_text("utf-8")
    assert text.startswith(
        "# Imported (terraform_hcl) from a.tf.\n# Not whole: refused, and left out: b.tf, c.tf.\n"
    )
    assert "aws_sqs_queue.orders" in text
    assert capsys.readouterr().err.count("error:") == 2


def test_where_all_are_refused_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tree(tmp_path / "shop", {"a.tf": TORN_QUEUE, "b/compose.yaml": COMPOSE + "  x: [\n"})
    assert imported(shop, "-o", tmp_path / "out") == 2
    assert capsys.readouterr().err.count("error:") == 2
    assert not (tmp_path / "out").exists()


def test_one_that_is_named_and_refused_stops_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tree(tmp_path / "shop", {"a.tf": QUEUE, "b.tf": TORN_QUEUE})
    for named in ([shop / "a.tf", shop / "b.tf"], [shop, shop / "b.tf"]):
        assert imported(*named, "-o", tmp_path / "out") == 2
        assert f"--> {shop / 'b.tf'}:" in capsys.readouterr().err
        assert not (tmp_path / "out").exists()


def test_files_that_are_refused_together_only_stop_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which of the two is the wrong one is not guessed at."""
    plan = '{"format_version": "1.2", "terraform_version": "1.9", "resource_changes": []}'
    shop = tree(tmp_path / "shop", {"a.tf": QUEUE, "b.tf": QUEUE, "p.json": plan})
    status = imported(shop, "-o", tmp_path / "out")
    err = capsys.readouterr().err
    assert (status, "left out" in err) == (2, False), err
    assert not (tmp_path / "out").exists()


def test_what_may_be_of_two_kinds_is_left_out_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = '{"summary": 1, "detail": 1, "diagrams": [], "model": {}, "people": []}'
    shop = tree(tmp_path / "shop", {"model.json": both, "a.tf": QUEUE})
    assert imported(shop, "-o", tmp_path / "out") == 1
    assert "may be structurizr or threat_dragon" in capsys.readouterr().err


def test_what_is_too_large_to_be_looked_into_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tree(tmp_path / "shop", {"a.tf": QUEUE})
    with (shop / "plan.json").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    assert imported(shop, "-o", tmp_path / "out") == 0
    err = capsys.readouterr().err
    assert "too large to be looked into unless they are named: " in err
    assert str(shop / "plan.json") in err
    assert "no kind" not in err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_left_out_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tree(tmp_path / "shop", {"a.tf": QUEUE, "b.tf": QUEUE})
    (shop / "b.tf").chmod(0)
    assert imported(shop, "-o", tmp_path / "out") == 1
    assert "b.tf` cannot be read: Permission denied" in capsys.readouterr().err
