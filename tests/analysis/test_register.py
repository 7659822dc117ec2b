"""The register: one row for each purpose and recipient, and the policy's own rows beside what flows."""

from __future__ import annotations

from lawful.analysis.listed import Passed, RowUse, Unlisted
from lawful.analysis.register import Activity, Recipient, Register, registers
from lawful.findings import Verdict
from lawful.system.link import link
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source

POLICY = """policy ours
  by us
  effective 2024-01-01

data
  personal
  name is personal
  card is personal

subjects
  person

purposes
  sale
  hosting
  research

parties
  host
  bank

bases
  contract

mechanisms
  dpa

measures
  tls

places
  EEA
  FR is EEA
  US

periods
  contract_term

closed suppliers: disclosure of personal to host, bank  clause P-1
  | to   | of   | for     | clause |
  | host | name | hosting | P-2    |
  | bank | card | sale    | P-3    |
  | bank | name | sale    | P-4    |
"""

SYSTEM = """system shop  for policy ours

party us "The shop"  controller  in FR
party cloud  host  processor  in US  under dpa
party till   bank  controller  in FR
subject buyer  is person  in FR
us {
  service desk
  store   files  on cloud  retention contract_term of name
}

buyer -> desk  : name, card  for sale on contract  tls
desk  -> files : name        for sale
desk  -> till  : card        for sale
desk  -> till  : name  for research  aggregated
"""


def register(system: str = SYSTEM) -> Register:
    law = parse_law(Source("ours.law", POLICY))
    program, wrong = resolve([law])
    flow = parse_flow(Source("shop.flow", system))
    linked, faults = link([flow.tree], program.vocabulary, policies=program.policies)
    assert (*law.diagnostics, *wrong, *flow.diagnostics, *faults) == ()
    [found] = registers(program, linked, policies=["ours"], on="2024-06-01")
    return found


def test_what_is_done_is_recorded_purpose_by_purpose() -> None:
    assert register().activities == (
        Activity(
            "hosting",
            bases=("none",),
            subjects=("person",),
            data=("name",),
            recipients=("cloud",),
            transfers=("US",),
            mechanisms=("dpa",),
        ),
        Activity(
            "sale",
            bases=("contract",),
            subjects=("person",),
            data=("card", "name"),
            sources=("buyer",),
            recipients=("till",),
            retention=("files: contract_term of name",),
            measures=("tls",),
        ),
    )


def test_who_gets_what_is_recorded_processors_first() -> None:
    assert register().recipients == (
        Recipient(
            "cloud", ("host",), ("processor",), ("name",), ("hosting",), ("US",), ("dpa",), ()
        ),
        Recipient(
            "till", ("bank",), ("controller",), ("card",), ("sale",), ("FR",), ("not declared",), ()
        ),
    )


def test_the_controller_is_us_by_its_label() -> None:
    found = register()
    assert (found.controller, found.joint_controllers) == ("The shop", ())
    joint = register(SYSTEM.replace("bank  controller", "bank  joint_controller"))
    assert joint.joint_controllers == ("till",)


def test_each_row_of_the_policy_is_laid_beside_what_it_lets_through() -> None:
    found = [(row.row, row.clauses, row.lets_through) for row in register().rows]
    assert found == [
        (1, ("P-2",), (Passed("files on cloud", ("name",)),)),
        (2, ("P-3",), (Passed("desk -> till for sale", ("card",)),)),
        (3, ("P-4",), ()),
    ]


def test_a_flow_that_no_row_lets_through_is_listed() -> None:
    assert register().unlisted == ()
    found = register(SYSTEM.replace("till  : card        for sale", "till  : card  for hosting"))
    assert found.unlisted == (Unlisted("suppliers", "desk -> till for hosting", Verdict.BROKEN),)
    assert [row.lets_through for row in found.rows if isinstance(row, RowUse) and row.row == 2] == [
        ()
    ]


def test_what_nobody_declared_is_recorded_as_such() -> None:
    found = register(SYSTEM.replace("name, card  for sale on contract", "name, card"))
    last = found.activities[-1]
    assert last.purpose == "not declared"
    assert last.data == ("card", "name")
    silent = register(SYSTEM.replace("retention contract_term of name", "for sale"))
    [sale] = [row for row in silent.activities if row.purpose == "sale"]
    assert sale.retention == ("files: not declared",)
