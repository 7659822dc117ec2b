"""Estates: large systems as documents, to be measured on; of one number of flows there is one of each kind."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

from lawful.system.document import encode
from lawful_dsl.parser import parse_flow, read

#: A system, or a part of one, as JSON has it.
Document = dict[str, Any]
ROOT = Path(__file__).parents[2]


# --- shops ----------------------------------------------------------------------------------------


def shops(flows: int) -> Document:
    """Shops of one company, each with nodes of its own, under the policy that `lawful init` writes.

    They share a cloud, a card processor and a service for newsletters, for which one in a hundred takes
    consent. In one in a hundred the masking of card numbers is missing, so that developers get them, and
    other developers from those.
    """
    parties = [
        {"id": "us", "places": ["FR"], "roles": [{"role": "controller"}]},
        _processor("cloud_house", "hosting_provider", "DE"),
        _processor("card_house", "card_processor", "IE"),
    ]
    buyer = {"id": "buyer", "kind": "subject", "is_a": "customer", "places": ["EEA"]}
    nodes = [buyer, _ours("newsletter", "service")]
    said: list[Document] = []
    for number in count():
        if len(said) >= flows:
            break
        shop = _Shop(number)
        nodes += shop.nodes()
        said += shop.flows(masked=number % 100 != 7)
        if number % 100 == 0:
            said.append(shop.letters())
    system = {"name": "shops", "policies": ["our_policy"]}
    return {
        "lawful": 1,
        "system": system,
        "parties": parties,
        "nodes": nodes,
        "flows": said[:flows],
    }


def _processor(id: str, kind: str, place: str) -> Document:
    role = {"role": "processor", "acting_for": "us"}
    return {"id": id, "kinds": [kind], "places": [place], "contracts": ["dpa"], "roles": [role]}


def _ours(id: str, kind: str, **said: Any) -> Document:
    return {"id": id, "kind": kind, "owner": "us", "words": ["production"], **said}


class _Shop:
    """One shop, by its number."""

    def __init__(self, number: int) -> None:
        self._number = number

    def _own(self, name: str) -> str:
        return f"{name}_{self._number}"

    def nodes(self) -> list[Document]:
        own = self._own
        kept = [{"period": {"symbol": "contract_term"}}]
        months = [{"period": {"number": 30, "unit": "days"}}]
        tests = {"words": ["development"], "retention": months}
        return [
            _ours(own("web"), "client", label=f"Shop {self._number}"),
            _ours(own("orders"), "service"),
            _ours(own("support"), "service"),
            _ours(own("stock"), "service"),
            _ours(own("customers"), "store", host={"party": "cloud_house"}, retention=kept),
            _ours(own("ledger"), "store", retention=kept),
            *({**_ours(own(name), "store"), **tests} for name in ("test", "trial", "demo")),
        ]

    def flows(self, *, masked: bool) -> list[Document]:
        web, orders, customers = self._own("web"), self._own("orders"), self._own("customers")
        contract = {"bases": ["contract"]}
        masking = {
            "operation": "masking",
            "source": "card_number",
            "result": "card_last_four",
        }
        done, managing = ["transaction_completion"], ["account_management"]
        stock, support, ledger = self._own("stock"), self._own("support"), self._own("ledger")
        serving, paying = ["customer_support"], ["card_processing"]
        contacts = ["email_address", "postal_address"]
        said = [
            _flow("buyer", web, contacts, done, **contract),
            _flow("buyer", web, ["card_number"], paying, **contract),
            _flow("buyer", web, ["phone_number"], serving, **contract),
            _flow(web, orders, "all", done),
            _flow(web, orders, ["card_number"], paying),
            _flow(web, support, ["phone_number", "email_address"], serving),
            _flow(orders, "card_house", ["card_number"], paying),
            _flow(orders, customers, "all", managing, **({"changes": [masking]} if masked else {})),
            _flow(orders, stock, ["postal_address"], done),
            _flow(orders, ledger, {"all_except": ["card_number"]}, done),
            _flow(orders, support, contacts, serving),
            _flow(stock, orders, ["postal_address"], done),
            _flow(stock, support, ["postal_address"], serving),
            _flow(customers, web, contacts, managing),
            _flow(customers, support, ["email_address"], serving),
            _flow(customers, support, ["email_address"], managing),
            _flow(customers, ledger, {"all_except": ["card_number"]}, managing),
            _flow(support, customers, ["phone_number"], managing),
            _flow(support, orders, ["phone_number"], serving),
            _flow(support, web, ["email_address"], serving),
            _flow(ledger, support, ["email_address"], serving),
        ]
        for source, target in (("customers", "test"), ("test", "trial"), ("trial", "demo")):
            ends, developing = (self._own(source), self._own(target)), ["software_development"]
            said.append(_flow(*ends, "all", developing, changes=[{"form": "pseudonymised"}]))
        return said

    def letters(self) -> Document:
        """A flow on which consent is given: what comes of it is told apart from what comes of others."""
        consent = {"bases": ["consent"], "consents": [{"kind": "express"}]}
        flow = _flow("buyer", "newsletter", ["email_address"], ["promotional_email"], **consent)
        return {"id": self._own("letters"), **flow}


def _flow(source: str, target: str, data: Any, purposes: list[str], **said: Any) -> Document:
    return {"source": source, "target": target, "data": data, "purposes": purposes, **said}


# --- Callbridge -----------------------------------------------------------------------------------


def callbridge(flows: int) -> Document:
    """The shipped system of Callbridge many times over: its parties and subjects once, its nodes each time."""
    path = ROOT / "flows" / "callbridge" / "callbridge.flow"
    source, _ = read(path)
    assert source is not None
    said: Document = json.loads(encode(parse_flow(source).tree))
    said = {key: value for key, value in said.items() if key not in ("expected", "tests")}
    found = copied(said, -(-flows // len(said["flows"])))
    return {**found, "flows": found["flows"][:flows]}


def copied(said: Document, times: int) -> Document:
    """A system so many times over: what is no node and no flow once, subjects once, other nodes and flows each time."""
    shared = [node for node in said["nodes"] if node["kind"] == "subject"]
    nodes = [node for node in said["nodes"] if node["kind"] != "subject"]
    own = frozenset(
        [node["id"] for node in nodes] + [flow["id"] for flow in said["flows"] if "id" in flow]
    )
    return {
        **said,
        "nodes": [*shared, *(_renamed(node, own, n) for n in range(times) for node in nodes)],
        "flows": [_renamed(flow, own, n) for n in range(times) for flow in said["flows"]],
    }


def _renamed(value: Any, own: frozenset[str], number: int, key: str = "") -> Any:
    """What is said of a copy: each id of its own with the number of the copy; not what only looks like one."""
    if isinstance(value, dict):
        return {key: _renamed(inner, own, number, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, own, number, key) for inner in value]
    return f"{value}_{number}" if key in _NAMING and value in own else value


#: The keys under which stand ids of nodes and flows.
_NAMING = frozenset({"id", "source", "target", "from_flows", "subject"})
