"""The text of a picture: every flow an edge, every party a cluster, the findings on their paths."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from lawful.drawing import dot
from lawful.drawing.tokens import Statement, count_edges, statements
from lawful.findings import Finding, Report, RuleResult, Verdict, Waived
from lawful.system.model import Carried, Fact, Flow, Node, Notice, Party, Subject, System, Use
from tests.drawing import samples


def edges(text: str) -> list[Statement]:
    return [statement for statement in statements(text) if statement.is_edge]


def between(text: str, source: str, target: str) -> list[Statement]:
    return [edge for edge in edges(text) if edge.names == (source, target)]


def node(text: str, name: str) -> Statement:
    (found,) = (statement for statement in statements(text) if statement.names == (name,))
    return found


def test_every_flow_is_an_edge() -> None:
    system = samples.conferencing()
    text = dot(system)
    assert count_edges(text) == len(system.flows) == len(edges(text))
    drawn = sorted(edge.names for edge in edges(text))
    assert drawn == sorted((flow.source, flow.target) for flow in system.flows)


def test_every_flow_of_a_large_system_is_an_edge() -> None:
    system = samples.generated(300, 900)
    assert count_edges(dot(system)) == 900


def test_parallel_flows_stay_parallel() -> None:
    charge, screen = between(dot(samples.conferencing()), "billing", "cardpay")
    assert "payment" in charge.value("label")
    assert "fraud prevention" in screen.value("label")


def test_a_flow_from_a_node_to_itself_is_an_edge() -> None:
    system = System(
        "loop", nodes={"a": Node("a", "service")}, flows=(samples.flow("a", "a", "name"),)
    )
    assert len(between(dot(system), "a", "a")) == 1


def test_parties_are_clusters_with_role_kind_and_places() -> None:
    text = dot(samples.conferencing())
    assert text.count("subgraph cluster_") == 14
    block = text[text.index("subgraph cluster_acme_cloud") :]
    block = block[: block.index("\n\t}")]
    assert "sub-processor · hosting provider" in block
    assert "US, IE" in block
    assert "under dpa, scc" in block
    assert "acme_cloud [" in block


def test_an_owner_that_is_no_known_party_is_a_cluster_too() -> None:
    system = System("odd", nodes={"a": Node("a", "store", owner="someone")})
    assert "subgraph cluster_someone" in dot(system)


def test_an_end_without_a_node_is_drawn() -> None:
    system = System("odd", flows=(samples.flow("a", "b", "name"),))
    text = dot(system)
    assert node(text, "a").value("label")
    assert len(between(text, "a", "b")) == 1


def test_kinds_differ_by_shape_and_environments_by_colour_and_border() -> None:
    text = dot(samples.conferencing())
    shapes = [
        node(text, name).value("shape")
        for name in (
            "subscriber",
            "web_app",
            "desk_phone",
            "billing",
            "accounts",
            "calendar",
            "crm_co",
        )
    ]
    assert len(set(shapes)) == len(shapes)
    production, testing, development = (
        node(text, name) for name in ("billing", "staging", "tickets")
    )
    fills = {n.value("fillcolor") for n in (production, testing, development)}
    assert len(fills) == 3
    assert "solid" in production.value("style")
    assert "dashed" in testing.value("style")
    assert "testing" in testing.value("label")


def test_hosting_and_access_are_thin_and_dotted() -> None:
    text = dot(samples.conferencing())
    hosting = between(text, "billing", "acme_cloud")
    access = between(text, "tickets", "codehub")
    for edge in [*hosting, *access]:
        assert edge.value("style") == "dotted"
        assert float(edge.value("penwidth")) < 1


def test_a_long_label_is_cut_and_the_tooltip_says_it_all() -> None:
    (edge,) = between(dot(samples.conferencing()), "subscriber", "web_app")
    assert "+2" in edge.value("label")
    assert "card number" not in edge.value("label")
    assert "email address, password, name, phone number, card number" in edge.value("tooltip")
    assert "for sign up" in edge.value("tooltip")
    assert edge.value("labeltooltip") == edge.value("tooltip")


def test_what_is_not_declared_is_said_to_be_so() -> None:
    (edge,) = between(dot(samples.conferencing()), "developers", "logtail")
    assert "(everything)" in edge.value("label")
    assert "everything (not declared)" in edge.value("tooltip")
    flow = replace(samples.flow("a", "b", "name"), uses=(Use(),))
    (edge,) = edges(dot(System("s", flows=(flow,))))
    assert "for purpose unknown" in edge.value("tooltip")


def test_the_broken_path_is_red_with_its_data_and_its_rule() -> None:
    text = dot(samples.conferencing(), samples.checked())
    path = [("gateway", "billing"), ("billing", "staging"), ("staging", "tickets")]
    for source, target in path:
        (edge,) = between(text, source, target)
        assert edge.value("color") == "#c81e1e"
        assert "× card number" in edge.value("label")
        assert "no_cards_in_development" in edge.value("label")
    (last,) = between(text, *path[-1])
    assert 'BGCOLOR="#c81e1e"' in last.value("label")
    assert "broken: callbridge no_cards_in_development: card_number must not" in last.value(
        "tooltip"
    )
    assert sum(edge.value("color") == "#c81e1e" for edge in edges(text)) == 3


def test_what_is_undetermined_is_amber_and_dashed() -> None:
    text = dot(samples.conferencing(), samples.checked())
    (edge,) = between(text, "web_app", "ad_net")
    assert (edge.value("color"), edge.value("style")) == ("#e08a00", "dashed")
    assert "? ip address" in edge.value("label")
    store = node(text, "recordings")
    assert (store.value("color"), "dashed" in store.value("style")) == ("#e08a00", True)
    assert "keep_as_promised" in store.value("label")


def test_what_is_waived_is_marked_and_no_alarm() -> None:
    system, report = samples.conferencing(), samples.checked()
    by = Waived("Ann", "Soon.", "2030-01-01")
    waived = tuple(replace(finding, waiver=by) for finding in report.findings)
    text = dot(system, replace(report, findings=waived))
    (last,) = between(text, "staging", "tickets")
    assert (last.value("color"), last.value("style")) == ("#c9999f", "dashed")
    assert "× card number" in last.value("label")
    assert ">waived</FONT>" in last.value("label").replace("<I>", "").replace("</I>", "")
    assert "broken, waived: callbridge no_cards_in_development: " in last.value("tooltip")
    assert node(text, "recordings").value("color") == "#c9999f"
    assert "#c81e1e" not in text
    assert f"undetermined, {len(waived)} of them waived" in text
    one = replace(report, findings=(*waived[1:], report.findings[0]))
    assert "#c81e1e" in dot(system, one), "one that is not waived is an alarm still"


def test_broken_goes_before_what_is_waived() -> None:
    ends = ("staging", "tickets")
    first, second = (
        samples.finding(verdict, f"rule_{n}", "name", "staging -> tickets", ends)
        for n, verdict in enumerate([Verdict.BROKEN, Verdict.UNDETERMINED])
    )
    first = replace(first, waiver=Waived("Ann", "Soon.", "2030-01-01"))
    report = replace(samples.checked(), findings=(first, second))
    (edge,) = between(dot(samples.conferencing(), report), *ends)
    assert edge.value("color") == "#e08a00"
    assert edge.value("label").index("rule_1") < edge.value("label").index("rule_0")


def test_broken_goes_before_undetermined_and_the_rest_is_counted() -> None:
    ends = ("staging", "tickets")
    found = [
        samples.finding(verdict, f"rule_{n}", "name", "staging -> tickets", ends)
        for n, verdict in enumerate([Verdict.UNDETERMINED, Verdict.BROKEN, Verdict.BROKEN])
    ]
    report = replace(samples.checked(), findings=tuple(found))
    (edge,) = between(dot(samples.conferencing(), report), *ends)
    label = edge.value("label")
    assert edge.value("color") == "#c81e1e"
    assert label.index("rule_1") < label.index("rule_2") < label.index("+1")
    assert "rule_0" not in label
    assert "undetermined: callbridge rule_0" in edge.value("tooltip")


def test_a_finding_of_no_flow_or_node_is_in_the_head() -> None:
    fact = samples.finding(Verdict.BROKEN, "breach_notice", "", "", ("", ""))
    text = dot(samples.conferencing(), replace(samples.checked(), findings=(fact,)))
    assert "× breach_notice (not of a flow or a node)" in text


def test_the_head_says_what_was_checked_and_how_it_came_out() -> None:
    text = dot(samples.conferencing(), samples.checked())
    assert "Callbridge conferencing" in text
    assert "callbridge · 2024-05-01" in text
    assert "1 broken, 2 undetermined" in text
    nothing = Report("s", "2024-05-01", ("p",), (RuleResult("p", "r", Verdict.NOT_EXERCISED),), ())
    assert "nothing was checked" in dot(samples.conferencing(), nothing)
    kept = replace(nothing, rules=(RuleResult("p", "r", Verdict.KEPT, kept=1),))
    assert "no finding" in dot(samples.conferencing(), kept)


def test_what_was_ignored_is_in_the_head() -> None:
    notice = Notice("ignored", "`a -> b` is ignored because it is gone")
    assert "`a -&gt; b` is ignored" in dot(System("s", notices=(notice,)))


def test_the_legend_explains_what_occurs_and_has_no_edges() -> None:
    text = dot(samples.conferencing(), samples.checked())
    legend = text[text.index("cluster ~legend") :]
    legend = legend[: legend.index("\n\t}")]
    for said in ("production", "development", "testing", "hosting or access", "undetermined"):
        assert said in legend
    assert "->" not in legend.replace("--", "")
    assert "broken" not in dot(samples.conferencing())


def test_labels_are_in_the_language_asked_for() -> None:
    system, vocabulary = samples.conferencing(), samples.vocabulary()
    text = dot(system, samples.checked(), language="ar", labels=vocabulary)
    assert "عنوان البريد الإلكتروني" in text
    assert "الولايات المتحدة" in text
    assert "صاحب البيانات" in text
    assert text == dot(system, samples.checked(), language="ar", labels=vocabulary.on("2024-05-01"))
    assert "Card number" in dot(system, labels=vocabulary)
    assert "betrokkene" in dot(system, language="nl-BE")
    assert "Legend" in dot(system, language="xx")


def test_changes_and_exceptions_are_on_the_label() -> None:
    text = dot(samples.conferencing())
    (masked,) = between(text, "billing", "accounts")
    assert "card number → card last" in masked.value("label")
    (invoices,) = between(text, "billing", "invoices")
    assert "everything except card" in invoices.value("label")
    (sold,) = between(text, "web_app", "ad_net")
    assert "unless opted out of sale per browser" in sold.value("tooltip")


@pytest.mark.parametrize(
    ("category", "said"),
    [
        ("name", "name"),
        ("other name", "other name"),
        ("card_number, password", "card number, password"),
        ("personal_data except name, voice", "personal data except name, voice"),
    ],
)
def test_a_category_is_named_as_in_a_report(category: str, said: str) -> None:
    found = samples.finding(
        Verdict.BROKEN, "r", category, "staging -> tickets", ("staging", "tickets")
    )
    text = dot(samples.conferencing(), replace(samples.checked(), findings=(found,)))
    (edge,) = between(text, "staging", "tickets")
    first, *rest = said.split(" ")
    assert f"× {first}" in edge.value("label")
    assert all(word in edge.value("label") for word in rest)


def test_the_same_system_gives_the_same_text_whatever_the_order_and_the_seed() -> None:
    system = samples.conferencing()
    turned = replace(
        system,
        flows=system.flows[::-1],
        nodes=dict(reversed(list(system.nodes.items()))),
        parties=dict(reversed(list(system.parties.items()))),
    )
    assert dot(turned, samples.checked()) == dot(system, samples.checked())
    program = (
        "import hashlib; from tests.drawing import samples; from lawful.drawing import dot;"
        "text = dot(samples.conferencing(), samples.checked());"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    said = set()
    for seed in ("1", "2"):
        surroundings = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        done = subprocess.run(
            [sys.executable, "-c", program], env=surroundings, capture_output=True, check=True
        )
        said.add(done.stdout)
    assert len(said) == 1


def test_drawing_loads_no_graphviz_until_it_draws() -> None:
    program = (
        "import sys, lawful.drawing;"
        "sys.exit(any(name in sys.modules for name in ('graphviz', 'pygraphviz')))"
    )
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", program], env=surroundings).returncode == 0


def test_the_tooltip_of_a_node_says_what_it_declares() -> None:
    subject = Subject("child", "minor", age=12, known=False, of="subscriber")
    system = System(
        "s",
        parties={"us": Party("us", places=Fact(("CA",), True))},
        subjects={"child": subject},
        nodes={
            "child": Node("child", "subject", subject="child"),
            "store": Node(
                "store", "store", owner="us", measures=Fact(("encryption_at_rest",), True)
            ),
        },
        flows=(Flow("f", "flow", "child", "store", carries=(Carried("name"),), marks=("urgent",)),),
    )
    text = dot(system)
    assert "age 12" in node(text, "child").value("tooltip")
    assert "not known" in node(text, "child").value("tooltip")
    assert "measures encryption at rest" in node(text, "store").value("tooltip")
    (edge,) = edges(text)
    assert "f\\nchild -&gt; store\\nname" in edge.value("tooltip")
    assert "marked urgent" in edge.value("tooltip")


def test_an_empty_system_is_a_picture() -> None:
    text = dot(System("nothing"))
    assert text.startswith("digraph nothing {")
    assert count_edges(text) == 0


def test_a_witness_that_begins_at_a_node_paints_no_node() -> None:
    begin = samples.step("billing", "billing", "card_number", "billing")
    last = samples.step("billing", "staging", "card_number")
    found: Finding = samples.finding(
        Verdict.BROKEN,
        "r",
        "card_number",
        "billing -> staging",
        ("billing", "staging"),
        (begin, last),
    )
    text = dot(samples.conferencing(), replace(samples.checked(), findings=(found,)))
    assert node(text, "billing").value("color") != "#c81e1e"
