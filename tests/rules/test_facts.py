"""Of each condition the fact that decides it, as a finding tells it: of what is said, and of what is not."""

from __future__ import annotations

import pytest

from tests.rules.told import told

SAID = """
subject adult  in FR  age 30
party x_co  vendor  controller  in US  certified dpf_list
us_co {
  service web  production
}
adult -> web : email  for serving  on contract
web -> x_co  : email  for ads  on consent  under scc  by mail
"""
UNSAID = """
subject adult
party x_co
us_co {
  service web
}
adult -> web : email
web -> x_co  : email
"""


def facts(event: str, flow: str) -> set[str]:
    lines = told(f"forbid f: transfer of email {event}", flow)
    return {line.strip() for line in lines if line.startswith(("  since", "  lacks"))}


@pytest.mark.parametrize(
    ("event", "fact"),
    [
        ("to vendor", "kind of party of x_co is vendor"),
        ("to us", "owner of web is us_co"),
        ("to vendor for ads", "purpose of web -> x_co is ads"),
        ("to vendor on consent", "basis of web -> x_co is consent"),
        ("to vendor under scc", "mechanism of web -> x_co is scc …"),
        ("to vendor by mail", "channel of web -> x_co is mail"),
        ("to vendor in US", "place of x_co is US"),
        ("to vendor seated in US", "seat of x_co is US"),
        ("to vendor certified dpf_list", "certificates of x_co is dpf_list"),
        ("to vendor collected for serving", "collected for of the datum's origin is serving"),
        ("to vendor when age >= 18", "age of adult is 30"),
        ("to production", "environments of web is production"),
        ("to vendor when opted_out", "opted_out of the person is judged as yes"),
    ],
)
def test_what_is_said(event: str, fact: str) -> None:
    assert f"since {fact}" in facts(event, SAID)


@pytest.mark.parametrize(
    ("event", "fact"),
    [
        ("to vendor", "kind of party of x_co: unknown"),
        ("to processor", "role of x_co: unknown"),
        ("from us for ads", "purpose of web -> x_co: unknown"),
        ("from us for within collected for", "purpose of web -> x_co: unknown"),
        ("from us on consent", "basis of web -> x_co: unknown"),
        ("from us with express consent", "consent of web -> x_co: none said"),
        ("from us under scc", "mechanism of web -> x_co: unknown"),
        ("from us by mail", "channel of web -> x_co: unknown"),
        ("from us in US", "place of x_co: unknown"),
        ("from us seated in US", "seat of x_co: unknown"),
        ("from us certified dpf_list", "certificates of x_co: unknown"),
        ("from us collected for support", "collected for of the datum's origin: unknown"),
        ("from us received under scc", "received under of the datum's origin: unknown"),
        ("from us when age < 18", "age of adult: unknown"),
        ("from us when residence in EU", "residence of adult: unknown"),
        ("from us when place in residence", "place or residence of web -> x_co: unknown"),
        ("from us when known", "known of adult: unknown"),
        ("from us when trust = high", "trust of x_co: not said"),
        ("from us when logged", "logged of web -> x_co: not said"),
        ("to production", "environments of web: unknown"),
        ("to app", "products of web: unknown"),
    ],
)
def test_what_is_not_said(event: str, fact: str) -> None:
    assert f"lacks {fact}" in facts(event, UNSAID)


def test_what_is_not_known_of_a_node_of_no_one() -> None:
    flow = """
us_co {
  service web  generates email
}
store db
web -> db : email
"""
    assert facts("to vendor", flow) == {"lacks owner of db: unknown"}
    assert facts("to processor", flow) == {"lacks role of db: unknown"}
    assert facts("to us", flow) == {"lacks owner of db: unknown"}


def test_whose_role_a_disclosure_turns_on() -> None:
    flow = """
party x_co  vendor  in US
party v_co  vendor  processor acting for us_co  in US
subject adult  in FR
x_co {
  service one
}
us_co {
  service web
}
store db
adult -> one : email
one -> v_co  : email
adult -> web : phone
web -> db    : phone
"""
    told_of = told("forbid f: disclosure of email to vendor", flow)
    assert "  lacks role or owner of x_co: unknown" in told_of
    told_of = told("forbid f: disclosure of phone", flow)
    assert "  lacks role or owner of db: unknown" in told_of


def test_whether_a_consent_covers() -> None:
    """What is given for ads may cover a purpose that is not said."""
    flow = SAID.replace("for ads  on consent", "on consent  with express consent (for ads)")
    assert "lacks consent of web -> x_co: express, not said to cover this event" in facts(
        "to vendor with express consent", flow
    )
    flow = SAID.replace("on consent", "on consent  with express consent")
    assert "since consent of web -> x_co is express" in facts(
        "to vendor with express consent", flow
    )


def test_for_what_a_datum_was_collected() -> None:
    flow = SAID.replace("for ads", "for serving")
    assert "since collected for of the datum's origin is serving" in facts(
        "to vendor for within collected for", flow
    )


def test_what_is_said_to_be_none() -> None:
    flow = SAID.replace("under scc", "under none")
    assert "since mechanism of web -> x_co is none" in facts("to vendor unless under scc", flow)


def test_what_lies_beside_may_be_anything() -> None:
    flow = """
subject adult  in FR
us_co {
  service dark
  service hub
}
dark -> hub  : all
adult -> hub : email
"""
    assert "  lacks holds of hub: unknown" in told("forbid f: join of email with phone", flow)


@pytest.mark.parametrize(
    ("event", "fact"),
    [
        ("when age < 18", "subject of hub -> adult: age"),
        ("when known", "subject of hub -> adult: known"),
        ("of child", "subject of hub -> adult: kind"),
        ("when residence in EU", "subject of hub -> adult: residence"),
        ("to own_subject", "subject of hub -> adult: unknown"),
    ],
)
def test_what_is_not_known_of_whose_it_is(event: str, fact: str) -> None:
    flow = """
subject adult  in FR
us_co {
  service hub  holds nothing
}
hub -> adult : email
"""
    assert f"lacks {fact}" in facts(event, flow)


def test_what_an_exception_and_a_permit_do_not_come_to() -> None:
    """Where they do not hold, what is excepted from them is no fact of the finding; nor are another's permits."""
    permit = """
closed r: transfer of email to vendor
  permit to ad_firm
    unless when age >= 18
  admits s
closed s: transfer of phone to vendor
  permit for serving
"""
    assert [line for line in told(permit, SAID) if line.startswith("  since")] == [
        "  since kind of party of x_co is vendor"
    ]
    assert facts("to vendor\n  unless in EU\n    unless when age >= 18", SAID) == {
        "since kind of party of x_co is vendor",
        "since place of x_co is US",
    }


def test_what_is_not_known_of_an_origin() -> None:
    flow = """
party ad_co  ad_firm  controller  in US
us_co {
  service hub  holds nothing
}
hub -> ad_co : email
"""
    passed = told("require r: passage through gate before disclosure of email to ad_firm", flow)
    assert "  lacks passed of the datum's origin: unknown" in passed
    assert "lacks collected on of the datum's origin: unknown" in facts(
        "to ad_firm collected on contract", flow
    )
    assert facts("to ad_firm marked verified", flow) == {
        "lacks marks of hub -> ad_co: unknown",
        "since kind of party of ad_co is ad_firm",
    }


def test_what_only_a_flow_says_is_not_asked_of_a_host() -> None:
    hosted = "subject adult\nparty x_co\nus_co {\n  store db  on x_co\n}\nadult -> db : email\n"
    lacking = "lacks measures of db on x_co: unknown, and not to be said of hosting"
    assert lacking in facts("from us using tls", hosted)


def test_a_person_is_not_asked_for_a_role() -> None:
    letter = "subject adult\nus_co {\n  service web\n}\nweb -> adult : email\n"
    found = facts("to third_party", letter)
    assert "lacks subject of web -> adult: unknown" in found
    assert not any("role" in fact for fact in found)
