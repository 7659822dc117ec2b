"""Files and folders to syntax trees."""

from __future__ import annotations

import pytest

from lawful.system.document import encode
from lawful.system.link import link
from lawful.system.load import load, parse
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source
from tests.system.conftest import VOCABULARY


def write(folder, **texts):
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")


def test_a_folder_is_the_system_of_its_own_files(tmp_path):
    write(tmp_path, b_flow="service b", a_flow="system s", c_txt="no flow")
    (tmp_path / "other").mkdir()
    write(tmp_path / "other", d_flow="service d")
    trees, sources, diagnostics = load([tmp_path])
    assert diagnostics == ()
    assert [name.rsplit("/", 1)[1] for name in sources] == ["a.flow", "b.flow"]
    assert len(trees) == 2


def test_json_is_told_by_its_content(tmp_path, parsed):
    write(tmp_path, a_txt=encode(parsed("service a")[0]))
    trees, _, diagnostics = load([tmp_path / "a.txt"])
    assert diagnostics == ()
    assert trees[0].statements[0].id.text == "a"


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    write(tmp_path, a_flow="service a")
    assert len(load([tmp_path, tmp_path / "a.flow"])[0]) == 1


@pytest.mark.parametrize(
    ("name", "content", "message", "help"),
    [
        ("a.flow", b"", "is empty", "begin with `system NAME`"),
        ("a.json", b"", "is empty", ""),
        ("a.flow", b"  # nothing but this\n", "says nothing", ""),
        ("a.json", b'{"lawful": 1}', "says nothing", ""),
        ("a.flow", b"\x00\x01", "is binary, not text", ""),
        ("a.flow", b"store \xff", "this is not valid UTF-8", ""),
        ("a.json", b'{"lawful": ', "this is not JSON", ""),
        ("a.json", b"store a", "this is not JSON", ""),
        ("a.flow", b'[{"lawful": 1}]', "a list is not what is expected here", ""),
        ("a.flow", b"stoer a", "`stoer`", ""),
    ],
)
def test_a_text_that_is_none_gets_one_clear_diagnostic(tmp_path, name, content, message, help):
    (tmp_path / name).write_bytes(content)
    _, _, diagnostics = load([tmp_path / name])
    assert len(diagnostics) == 1
    assert message in diagnostics[0].message
    assert help in diagnostics[0].help


def test_a_missing_file(tmp_path):
    write(tmp_path, shop_flow="service a")
    trees, sources, (found,) = load([tmp_path / "shp.flow"])
    assert (trees, sources) == ((), {})
    assert "there is no file" in found.message
    assert found.help == "did you mean `shop.flow`?"


def test_an_empty_folder(tmp_path):
    trees, sources, (found,) = load([tmp_path])
    assert (trees, sources) == ((), {})
    assert found.is_error
    assert "there are no `.flow` files in the folder" in found.message


def test_a_folder_of_folders_says_where_the_files_are(tmp_path):
    (tmp_path / "shop").mkdir()
    write(tmp_path / "shop", a_flow="service a")
    (found,) = load([tmp_path])[2]
    assert "there are no `.flow` files in the folder" in found.message
    assert str(tmp_path / "shop") in found.help


def test_nothing_to_load():
    assert load([]) == ((), {}, ())


def test_what_is_written_alike_stands_where_it_stands():
    text = "system s\nparty p\np {\n  store a_long_name  in DE\n  store b  in DE\n  store 'c d' \"C\"  in DE\n}\n"
    source = Source("s.flow", text)
    ours, full = parse(source)[0], parse_flow(source).tree
    assert ours is not None
    for tree in (ours, full):
        system, wrong = link([tree], VOCABULARY)
        assert not wrong
        assert [str(node.span) for node in system.nodes.values()] == [
            "s.flow:4:9",
            "s.flow:5:9",
            "s.flow:6:9",
        ]
