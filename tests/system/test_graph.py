"""The networkx door."""

from __future__ import annotations

import networkx as nx
import pytest

from lawful.system.document import encode
from lawful.system.graph import from_graph, to_graph
from lawful.system.link import link
from lawful_dsl.diagnostics import Rejected
from tests.system.test_document import EVERYTHING
from tests.system.test_link import SHOP


def test_a_system_goes_through_a_graph_and_is_the_same(parsed, vocabulary):
    (tree,) = parsed(SHOP)
    again = from_graph(to_graph(tree))
    left, right = link([tree], vocabulary)[0], link([again], vocabulary)
    assert right[1] == ()
    for name in ("name", "as_of", "parties", "subjects", "nodes", "flows", "facts"):
        assert getattr(left, name) == getattr(right[0], name)


def test_everything_that_a_text_says_goes_through(parsed):
    (tree,) = parsed(EVERYTHING)
    assert encode(from_graph(to_graph(tree))) == encode(tree)


def test_a_checked_system_is_a_graph_with_the_ids_of_its_flows(told, vocabulary):
    system = told(SHOP)
    graph = to_graph(system)
    assert sorted(key for _, _, key in graph.edges(keys=True)) == [f.id for f in system.flows]
    made = {
        key: about["made"]
        for *_, key, about in graph.edges(keys=True, data=True)
        if "made" in about
    }
    assert made["accounts on cloud"] == "hosting"
    assert graph.nodes["cloud"]["kind"] == "party"
    again, diagnostics = link([from_graph(graph)], vocabulary)
    assert diagnostics == ()
    assert again.flows == system.flows
    assert again.nodes == system.nodes


def test_a_graph_built_in_python(vocabulary):
    graph = nx.MultiDiGraph(name="shop")
    graph.add_node("us", kind="party", places=["CA"])
    graph.add_node("customer", kind="subject", is_a="subscriber")
    graph.add_node("web", kind="client", owner="us", attributes={"risk": "low"})
    graph.add_edge(
        "customer", "web", data=["email_address"], purposes=["sign_up"], bases=["contract"]
    )
    graph.add_edge("web", "us", data="all")
    system, diagnostics = link([from_graph(graph)], vocabulary)
    assert diagnostics == ()
    assert system.name == "shop"
    assert [flow.id for flow in system.flows] == ["customer -> web", "web -> us"]


def test_a_misspelt_attribute_is_an_error_with_its_place():
    graph = nx.MultiDiGraph()
    graph.add_node("web", kind="client", plces=["CA"])
    with pytest.raises(Rejected) as rejected:
        from_graph(graph)
    (found,) = rejected.value.diagnostics
    assert (found.message, found.help) == ("`plces` is no key of this", "did you mean `places`?")


def test_a_misspelt_attribute_of_the_graph_is_an_error():
    with pytest.raises(Rejected, match="`sytem` is no attribute"):
        from_graph(nx.MultiDiGraph(sytem={}))


def test_a_graph_has_one_node_of_an_id(parsed):
    with pytest.raises(Rejected, match="`a` is declared twice"):
        to_graph(parsed("service a\nstore a")[0])


def test_an_end_that_is_declared_nowhere_stays_one(parsed, vocabulary):
    (tree,) = parsed("service a\na -> nowhere")
    (found,) = link([from_graph(to_graph(tree))], vocabulary)[1]
    assert found.message == "no node or party `nowhere` is declared"
