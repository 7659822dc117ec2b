"""Flowcharts of Mermaid: shapes, lines in all spellings, subgraphs, charts within Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful.importers import detect, find
from lawful_dsl import syntax as s
from lawful_dsl.source import Source
from tests.importers.bringing import Brought, body, brought_in, corpus, refused, written


def told(folder: Path, *texts: str) -> Brought:
    files = {f"{number}.md": each for number, each in enumerate(texts)}
    return brought_in(written(folder, files), folder)


def chart(*lines: str) -> str:
    return "\n".join(["flowchart LR", *(f"  {line}" for line in lines)]) + "\n"


def ends(brought: Brought) -> set[tuple[str, str]]:
    return {(flow.source, flow.target) for flow in brought.system.flows}


def flows(brought: Brought) -> dict[str, tuple[str, str]]:
    return {flow.id: (flow.source, flow.target) for flow in brought.system.flows}


def labels(brought: Brought) -> dict[str, str]:
    return {id: node.label for id, node in brought.system.nodes.items()}


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ("[Till]", "service"),
        ("(Till)", "service"),
        ("([Till])", "service"),
        ("[[Till]]", "service"),
        ("[(Till)]", "store"),
        ("((Till))", "service"),
        ("(((Till)))", "service"),
        ("(-Till-)", "service"),
        (">Till]", "service"),
        ("{Till}", "service"),
        ("{{Till}}", "service"),
        ("[/Till/]", "service"),
        ("[\\Till\\]", "service"),
        ("[/Till\\]", "service"),
        ("[\\Till/]", "service"),
        ("[|borders:lt|Till]", "service"),
        ('["Till"]', "service"),
        ('[("Till")]', "store"),
        ('@{ shape: cyl, label: "Till" }', "store"),
        ('@{ label: "Till", shape: lin-cyl }', "store"),
        ("@{ shape: datastore\n  label: Till }", "store"),
        ("@{ shape: person, label: 'Till' }", "client"),
        ('@{ shape: rounded, label: "Till" }', "service"),
    ],
)
def test_a_shape_says_what_a_node_is(shape: str, kind: str, tmp_path: Path) -> None:
    brought = told(tmp_path, chart(f"t{shape} --> b"))
    assert brought.system.nodes["t"].kind == kind
    assert labels(brought) == {"t": "Till", "b": ""}
    assert ends(brought) == {("t", "b")}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("a --> b", ""),
        ("a-->b", ""),
        ("a ----> b", ""),
        ("a ==> b", ""),
        ("a ===> b", ""),
        ("a -.-> b", ""),
        ("a -..-> b", ""),
        ("a --o b", ""),
        ("a --x b", ""),
        ("a -->|pays| b", "pays"),
        ("a -->| pays |b", "pays"),
        ('a -->|"pays (once)"| b', "pays (once)"),
        ("a -- pays --> b", "pays"),
        ("a--pays-->b", "pays"),
        ('a -- "pays" --> b', "pays"),
        ("a == pays ==> b", "pays"),
        ("a -. pays .-> b", "pays"),
        ('a-."pays".->b', "pays"),
        ("a -- pays ----> b", "pays"),
        ("a -- pre-paid box --> b", "pre-paid box"),
        ("a e1@--> b", ""),
        ("a e1@-->|pays| b\n  e1@{ animate: true }", "pays"),
        ("a\n  --> b", ""),
        ("a:::red --> b:::red", ""),
        ("b <-- a", ""),
    ],
)
def test_an_arrow_is_a_flow_in_all_its_spellings(line: str, text: str, tmp_path: Path) -> None:
    brought = told(tmp_path, chart(line))
    assert ends(brought) == {("a", "b")}
    assert set(brought.system.nodes) == {"a", "b"}
    if text:
        assert set(flows(brought)) == {text}


@pytest.mark.parametrize(
    "line", ["a <--> b", "a <-.-> b", "a o--o b", "a x==x b", "a --- b", "a === b", "a -.- b"]
)
def test_two_heads_and_none_are_two_flows(line: str, tmp_path: Path) -> None:
    assert ends(told(tmp_path, chart(line))) == {("a", "b"), ("b", "a")}


def test_a_text_on_two_heads_is_told_apart(tmp_path: Path) -> None:
    assert flows(told(tmp_path, chart("a <-- asks --> b"))) == {
        "asks": ("a", "b"),
        "asks (back)": ("b", "a"),
    }


@pytest.mark.parametrize(
    "line", ["a x--> b", "a o-->|t| b", "a <-- t --o b", "a:::red-->b:::red", "a:::dark-red --x b"]
)
def test_two_heads_that_are_not_alike_are_that_at_the_end(line: str, tmp_path: Path) -> None:
    assert ends(told(tmp_path, chart(line))) == {("a", "b")}


@pytest.mark.parametrize("line", ["a -. x--y .-> b", "a == x--y ==> b", "a -- x==y --> b"])
def test_a_line_ends_as_it_began(line: str, tmp_path: Path) -> None:
    ((id, between),) = flows(told(tmp_path, chart(line))).items()
    assert between == ("a", "b")
    assert id in ("x--y", "x==y")


def test_a_chart_may_stand_on_one_line(tmp_path: Path) -> None:
    text = (
        'flowchart LR; subgraph s["In; side"]; direction TB; a; click a "x;y"; end; a -- t <--> b;'
    )
    brought = told(tmp_path, f"```mermaid\n{text}\n```\n")
    assert flows(brought) == {"t": ("a", "b"), "t (back)": ("b", "a")}
    assert "it_boundary = 'In; side'" in brought.flow


def test_what_is_not_shown_is_no_flow(tmp_path: Path) -> None:
    brought = told(tmp_path, chart("a ~~~ b", "a --> c"))
    assert ends(brought) == {("a", "c")}
    assert "1 links that are not shown" in brought.flow


def test_chains_and_groups_of_ends(tmp_path: Path) -> None:
    brought = told(tmp_path, chart("a & b --> c -- x --> d & e", "one-two-->three.four; f-->g"))
    assert ends(brought) == {
        ("a", "c"),
        ("b", "c"),
        ("c", "d"),
        ("c", "e"),
        ("one-two", "three.four"),
        ("f", "g"),
    }
    assert set(flows(brought)) >= {"x (c to d)", "x (c to e)"}


def test_texts_are_as_they_are_shown(tmp_path: Path) -> None:
    brought = told(
        tmp_path,
        chart(
            'a["A #quot;till#quot;<br/>no. #35;1"] --> b["`The **big** _page_`"]',
            'c["email: #lt;x#gt;"] --> d[fa:fa-user Buyer]',
            "a[Later wins]",
        ),
    )
    assert labels(brought) == {
        "a": "Later wins",
        "b": "The big _page_",
        "c": "email: <x>",
        "d": "Buyer",
    }


def test_a_text_never_becomes_a_category_or_a_measure(tmp_path: Path) -> None:
    brought = told(tmp_path, chart('a -->|"Email address [via TLS] [SCC]"| b'))
    (flow,) = brought.system.flows
    assert flow.id == "Email address [via TLS] [SCC]"
    assert flow.measures.values == ()
    assert "carrying" not in brought.flow


def test_the_innermost_subgraph_is_a_boundary(tmp_path: Path) -> None:
    brought = told(
        tmp_path,
        chart(
            "subgraph one [Back office]",
            "direction TB",
            "subgraph Deep Down",
            "db[(Orders)]",
            "end",
            "till --> db",
            "end",
            'subgraph "Front"',
            "page --> till",
            "end",
            "far",
        ),
    )
    said = {
        id: node.attributes["it_boundary"]
        for id, node in brought.system.nodes.items()
        if node.attributes
    }
    assert said == {"db": "Deep Down", "till": "Back office", "page": "Front"}


def test_a_line_may_end_at_a_subgraph(tmp_path: Path) -> None:
    brought = told(tmp_path, chart("subgraph s [Shop]", "a --> b", "end", "s --> bank", "c --> s"))
    assert ends(brought) == {("a", "b"), ("s", "bank"), ("c", "s")}
    assert labels(brought)["s"] == "Shop"
    assert "1 subgraphs at which lines end" in brought.flow


def test_styles_are_left_out_and_counted(tmp_path: Path) -> None:
    brought = told(
        tmp_path,
        chart(
            "%% a --> z",
            "%%{init: {",
            "'theme': 'dark'}}%%",
            "a --> b",
            "classDef red fill:#f00,stroke:#333;",
            "class a,b red",
            "style a fill:#f00",
            "linkStyle 0,1 stroke:#f00",
            'click a "https://secret.example.org" "Tip" _blank',
            "accTitle: A chart",
            "accDescr {",
            "x --> y",
            "}",
        ),
    )
    assert ends(brought) == {("a", "b")}
    assert "secret" not in brought.flow
    assert "1 `classDef` of charts" in brought.flow


def test_remarks_are_no_nodes(tmp_path: Path) -> None:
    brought = told(tmp_path, chart("a --> b", 'r@{ shape: comment, label: "so it is" }'))
    assert set(brought.system.nodes) == {"a", "b"}
    assert "1 remarks" in brought.flow


MARKDOWN = """---
title: A page
---
# Shop

```mermaid
---
title: Sales
---
graph TD;
a[Buyer]-->b[(Orders)];
b-->c[Till]
```

- a list

  ~~~~ mermaid
  flowchart LR
    c[Till] --> d[Bank]
  ~~~~

> ```mermaid
> flowchart LR
>   c[Till two] --> d[Bank]
> ```

```mermaid
sequenceDiagram
  a ->> b: hello
```

<pre class="mermaid">
flowchart LR
  d[Bank] --&gt; e
</pre>
"""


def test_charts_of_one_text_are_one_system(tmp_path: Path) -> None:
    brought = told(tmp_path, MARKDOWN)
    assert ends(brought) == {
        ("a", "b"),
        ("b", "c (Till)"),
        ("c (Till)", "d"),
        ("c (Till two)", "d"),
        ("d", "e"),
    }
    assert "1 diagrams of other kinds, not read: sequenceDiagram" in brought.flow
    assert brought.system.nodes["d"].label == "Bank"


def test_lines_are_those_of_the_file() -> None:
    imported = find("mermaid").read([Source("a.md", MARKDOWN)], name="shop")
    told = [each for each in imported.flows.statements if isinstance(each, s.FlowDecl)]
    assert sorted(each.span.line for each in told) == [11, 12, 19, 24, 34]


def test_several_files_and_their_order_are_one_system(tmp_path: Path) -> None:
    one, two = chart("a[A] --> b"), chart("b --> c[(C)]")
    forth = told(tmp_path / "a", one, two)
    assert ends(forth) == {("a", "b"), ("b", "c")}
    files = written(tmp_path / "b", {"0.md": one, "1.md": two})
    assert body(brought_in(files[::-1], tmp_path / "b").flow) == body(forth.flow)


AND_SO_ON = " & ".join(f"a{n}" for n in range(300))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sequenceDiagram\n  a ->> b: hi\n", "there is no flowchart, only: sequenceDiagram"),
        ("```mermaid\nerDiagram\n```\n```mermaid\npie title x\n```", "only: erDiagram, pie"),
        ("```mermaid\n```\n", "there is no flowchart"),
        (chart(), "there is no flowchart"),
        (chart("a[Till --> b"), "this `[` is not closed"),
        (chart('a["Till --> b'), "this `[` is not closed"),
        (chart("a --> "), "here should be a node"),
        (chart("a --> b c"), "this is not understood"),
        (chart("subgraph s", "a --> b"), "this subgraph has no end"),
        (chart("a", "end"), "ends no subgraph"),
        (chart("a@{ shape: cyl"), "is not closed"),
        (chart(f"{AND_SO_ON} --> {AND_SO_ON}"), "too many lines"),
        (chart(*["subgraph"] * 9_000), "this subgraph has no end"),
        ("", "of no kind that can be imported"),
    ],
)
def test_what_is_not_whole_is_refused(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(written(tmp_path, {"a.mmd": text}), tmp_path)
    said = capsys.readouterr().err
    assert message in said
    assert said.count("error:") == 1


def test_a_file_in_utf_16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.mmd"
    path.write_bytes(chart("a --> b").encode("utf-16"))
    assert ends(brought_in([path], tmp_path)) == {("a", "b")}


def test_other_texts_are_not_taken_for_charts() -> None:
    for text in (
        "graph {\n a -- b\n}",
        "graph G {",
        "digraph x {}",
        "# Graph\n\ngraph theory",
        "info: yes",
        "{}",
    ):
        assert "mermaid" not in detect(Source("a", text))
    assert detect(Source("a", MARKDOWN)) == ("mermaid",)


@pytest.mark.parametrize(
    "piece", ['<div class="mermaid">', "```mermaid\n", "%%{", "---\n", "/* */", "# "]
)
def test_what_only_looks_like_many_charts_is_soon_told(piece: str) -> None:
    detect(Source("a", piece * 20_000))


# --- Markdown beside the repository ---------------------------------------------------------------

FILES = corpus("mermaid", "*.md")
#: Read by hand: nodes and flows.
TRUTHS = {"creatingSecrets.md": (12, 11), "ztunnel.md": (4, 4), "pilot.md": (51, 44)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_published_page_is_a_system(file: Path, tmp_path: Path) -> None:
    brought = brought_in([file], tmp_path)
    assert (len(brought.system.nodes), len(brought.system.flows)) == TRUTHS[file.name]


@pytest.mark.skipif(not FILES, reason="needs published pages beside the repository")
def test_a_published_chart_is_read_as_by_hand(tmp_path: Path) -> None:
    brought = brought_in([file for file in FILES if file.name == "ztunnel.md"], tmp_path)
    assert flows(brought) == {
        "Plain (Client to CZ)": ("Client", "CZ"),
        "HBONE (target)": ("CZ", "Server"),
        "HBONE (actual)": ("CZ", "SZ"),
        "Plain (SZ to Server)": ("SZ", "Server"),
    }
    said = {id: node.attributes["it_boundary"] for id, node in brought.system.nodes.items()}
    assert said == {
        "Client": "Client Node",
        "CZ": "Client Node",
        "Server": "Server Node",
        "SZ": "Server Node",
    }


def test_what_a_click_tells_may_go_over_lines(tmp_path: Path) -> None:
    chart = 'flowchart LR\n a --> b\n click a "https://x.org" "A tip;\n of two lines"\n b --> c\n'
    brought = brought_in(written(tmp_path, {"a.mmd": chart}), tmp_path)
    assert len(brought.system.flows) == 2


@pytest.mark.parametrize("kind", ["architecture-beta", "swimlane-beta", "C4Container", "venn-beta"])
def test_a_diagram_of_another_kind_is_told(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(written(tmp_path, {"a.mmd": f"{kind}\n a b\n"}), tmp_path)
    assert f"there is no flowchart, only: {kind}" in capsys.readouterr().err
