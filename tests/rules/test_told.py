"""What a finding says beside its verdict: the way of the datum, the facts, the nearest rows, who prevails."""

from __future__ import annotations

from tests.rules.told import found_in, told, undeclared

WEB = """
subject adult  in FR
party ad_co  ad_firm  controller  in US
us_co {
  service web
}
adult -> web : email
web -> ad_co : email  for billing
"""
BY_WEB = [
    "  adult -> web: email is collected",
    "  web -> ad_co: email",
]
DETAIL = "disclosure of email of adult from web to ad_co for billing in US"
AD_FIRM = "  since kind of party of ad_co is ad_firm"


def test_the_rows_of_which_fewest_columns_fail_are_the_nearest() -> None:
    """Three at most: the fewest failing columns first, the block's own before another's, then by row."""
    law = """
closed r: disclosure of personal to company
  permit of phone to vendor for ads
  permit of email to vendor for billing  clause P-1
  permit of phone to ad_firm for billing
  admits inner
closed inner: disclosure of email to ad_firm
  permit of email to ad_firm for ads  clause P-2, P-3
  permit of email to vendor for ads
"""
    assert told(law, WEB) == [
        f"inner broken: {DETAIL}",
        *BY_WEB,
        AD_FIRM,
        "  since purpose of web -> ad_co is billing",
        "  row 0 of inner [P-2, P-3] fails for: permit of email to ad_firm for ads clause P-2, P-3",
        "  row 0 of inner fails to, for: permit of email to vendor for ads",
        f"r broken: {DETAIL}",
        *BY_WEB,
        AD_FIRM,
        "  since purpose of web -> ad_co is billing",
        "  row 0 of r [P-1] fails to: permit of email to vendor for billing clause P-1",
        "  row 0 of r fails of: permit of phone to ad_firm for billing",
        "  row 0 of inner [P-2, P-3] fails for: permit of email to ad_firm for ads clause P-2, P-3",
    ]


def test_of_two_that_prevail_each_is_named_with_what_both_say() -> None:
    law = """
forbid f: disclosure of email to ad_firm
closed r: disclosure of phone to company
closed q: disclosure of phone to company
r prevails over f
q prevails over f
"""
    assert told(law, WEB) == [
        f"f broken: {DETAIL}",
        *BY_WEB,
        AD_FIRM,
        "  r prevails over f and does not permit this event",
        "  q prevails over f and does not permit this event",
    ]


def test_one_that_may_permit_says_so() -> None:
    law = """
forbid f: disclosure of email to ad_firm
closed r: disclosure of email to company
  permit when trust = high
r prevails over f
"""
    assert told(law, WEB)[0].startswith("f undetermined (undeclared)")
    assert "  r prevails over f and may permit this event" in told(law, WEB)


def test_what_each_hop_does_to_a_datum() -> None:
    flow = """
subject adult  in FR
party v_co  vendor  controller  in US
us_co {
  service web  joins email with phone as profile
  service hub  derives usage from profile
  store   box  on v_co
}
adult -> web : email, phone
web -> hub   : profile  encrypted
hub -> v_co  : clicks  for ads
web -> box   : email  pseudonymised  unless opted_out  mark verified
box -> hub   : email  unmark verified
"""
    assert told("forbid f: transfer anything from email to vendor", flow) == [
        "f broken: transfer of email of adult from box to v_co for hosting in US",
        "  adult -> web: email is collected",
        "  web -> box: email becomes pseudonymised, is marked verified, passes the guard `unless opted_out`",
        "  box on v_co: email by hosting",
        "  since kind of party of v_co is vendor",
        "f broken: transfer of clicks of adult from hub to v_co for ads in US",
        "  adult -> web: email is collected",
        "  web -> hub: profile email becomes profile, becomes encrypted",
        "  hub -> v_co: clicks profile becomes usage, of usage, clicks goes on",
        "  since kind of party of v_co is vendor",
    ]
    assert told("forbid f: storage of email", flow) == [
        "f broken: storage of email of adult at box in US",
        "  adult -> web: email is collected",
        "  web -> box: email becomes pseudonymised, is marked verified, passes the guard `unless opted_out`",
    ]


def test_an_event_at_a_node_ends_with_what_the_node_made() -> None:
    flow = """
subject adult  in FR
us_co {
  store hub  derives profile from usage
  store db   generates email
}
adult -> hub : clicks
"""
    assert told("forbid f: storage of profile, email", flow) == [
        "f broken: storage of email at db in FR",
        "  db: email begins here",
        "f broken: storage of profile of adult at hub in FR",
        "  adult -> hub: clicks is collected",
        "  hub: profile clicks becomes profile",
    ]


def test_what_a_node_makes_is_told_of_the_first_node_too() -> None:
    flow = """
subject adult  in FR
us_co {
  store a  derives profile from usage
}
adult -> a : clicks
"""
    assert told("forbid f: storage of profile", flow) == [
        "f broken: storage of profile of adult at a in FR",
        "  adult -> a: clicks is collected",
        "  a: profile clicks becomes profile",
    ]


def test_what_is_declared_on_a_flow_alone_and_what_is_accessed() -> None:
    flow = """
party helpers  vendor  in US
us_co {
  service web  holds nothing
  store   db   access helpers for support
}
web -> db : email
"""
    assert told("forbid f: disclosure of email to vendor", flow) == [
        "f broken: disclosure of email from db to helpers for support in US",
        "  web -> db: email is declared here, though nothing like it arrives at the source",
        "  db access helpers: email by access",
        "  since kind of party of helpers is vendor",
    ]


def test_unknown_data_are_told_once_for_a_node() -> None:
    flow = """
party ad_co  ad_firm  controller  in US
us_co {
  service dark
}
dark -> ad_co : all
"""
    one = "forbid f: transfer of email to ad_firm  clause C-2, C-1"
    assert told(one, flow) == [
        "unknown-data undetermined (unknown data): "
        "nothing is known of what dark holds, so one rule cannot be decided: f",
        "  dark: unknown data begins here",
        "  dark -> ad_co: unknown data",
        "  lacks holds of dark: unknown",
    ]
    two = f"{one}\nforbid e: disclosure of phone"
    assert told(two, flow)[0] == (
        "unknown-data undetermined (unknown data) and 1 beneath: "
        "nothing is known of what dark holds, so 2 rules cannot be decided: e, f"
    )


def test_of_unknown_data_the_shortest_way_is_told() -> None:
    flow = """
party ad_co  ad_firm  controller  in US
party z_co   ad_firm  controller  in US
us_co {
  service dark
  service hub
}
dark -> hub  : all
hub -> ad_co : all
dark -> z_co : all
"""
    (finding,) = found_in("forbid f: disclosure of email\n  severity critical", flow)
    assert [step.carrier for step in finding.witness] == ["dark", "dark -> z_co"]
    assert (finding.severity, finding.beneath) == ("medium", 1)
    assert (finding.datum.form, finding.datum.unsourced) == ("identifiable", True)


def test_of_two_ways_the_shorter_is_told() -> None:
    flow = """
subject ann  is adult  in FR
subject bob  is adult  in FR
us_co {
  service web
  service hub
  store   db
}
ann -> web : email
web -> hub : email
hub -> db  : email
bob -> db  : email
"""
    assert told("forbid f: storage of email", flow) == [
        "f broken and 1 beneath: storage of email of bob at db in FR",
        "  bob -> db: email is collected",
    ]


def test_an_event_is_counted_once_for_each_origin_however_it_came() -> None:
    """From `web` it comes as it was and through one guard, from `app` through another."""
    flow = """
subject adult  in FR
us_co {
  service web
  service app
  service hub
  store   db
}
adult -> web : email
adult -> app : email
web -> db    : email
app -> db    : email  unless enabled
web -> hub   : email
hub -> db    : email  unless opted_out
"""
    (finding,) = found_in("forbid f: storage of email", flow)
    assert finding.beneath == 1


def test_what_a_bound_turns_on() -> None:
    flow = """
subject adult  in FR
us_co {
  store db   retention 1 month of email  retention 30 days of phone
}
adult -> db : email, phone
"""
    law = "retain days: email at most 30 days\nretain month: phone at most 1 month"
    assert [line for line in told(law, flow) if not line.startswith(" ")] == [
        "days undetermined (undeclared): "
        "1 month is 28 to 31 days, which cannot be told against 30 days",
        "month undetermined (undeclared): "
        "30 days cannot be told against 1 month, which is 28 to 31 days",
    ]
    law = "retain most: email at most 6 months\nretain least: email at least 1 year"
    assert [line for line in told(law, flow) if not line.startswith(" ")] == [
        "least undetermined (conflict): no period meets every bound",
        "most undetermined (conflict): no period meets every bound",
    ]


def test_a_join_leaves_both_with_the_other_behind_it() -> None:
    flow = """
subject adult  in FR
us_co {
  service hub  joins clicks with email
  store   db
}
adult -> hub : email, clicks
hub -> db    : email
"""
    assert told("forbid f: storage anything from clicks", flow)[:4] == [
        "f broken: storage of email of adult at db in FR",
        "  adult -> hub: email is collected",
        "  hub -> db: email is joined with other data",
    ]


def test_no_row_is_told_for_what_it_admits() -> None:
    """Of contacts, `email` is permitted; what is told is why the others are not."""
    law = """
closed r: disclosure of contact to company
  permit of email to ad_firm for billing
  permit of phone to ad_firm for billing when trust = high
  permit of phone to ad_firm for ads
"""
    assert [line for line in told(law, WEB.replace("email", "contact")) if "row" in line] == [
        "  row 0 of r fails of: permit of email to ad_firm for billing",
        "  row 0 of r fails of: permit of phone to ad_firm for billing when trust = high",
        "  row 0 of r fails of, for: permit of phone to ad_firm for ads",
    ]
    assert [line for line in told(law, WEB.replace("email", "phone")) if "row" in line] == [
        "  row 0 of r fails of: permit of email to ad_firm for billing",
        "  row 0 of r fails when: permit of phone to ad_firm for billing when trust = high",
        "  row 0 of r fails for: permit of phone to ad_firm for ads",
    ]


def test_where_someone_lives_fails_no_row_that_asks_for_it() -> None:
    law = """
closed r: disclosure of email to company
  permit residence in EU for ads
  permit to vendor for ads
"""
    assert [line for line in told(law, WEB) if line.startswith("  row")] == [
        "  row 0 of r fails for: permit residence in EU for ads",
        "  row 0 of r fails to, for: permit to vendor for ads",
    ]
    american = WEB.replace("adult  in FR", "adult  in US")
    assert [line for line in told(law, american) if line.startswith("  row")] == [
        "  row 0 of r fails residence in, for: permit residence in EU for ads",
        "  row 0 of r fails to, for: permit to vendor for ads",
    ]


def test_where_a_datum_begins_and_what_its_event_is() -> None:
    """On a flow, at a node, and, where nothing is known of what a node holds, there."""
    flow = """
subject adult  in FR
party ad_co  ad_firm  controller  in US
us_co {
  service dark
  service hub  holds nothing
  store   db   generates email
}
dark -> ad_co : all
hub -> ad_co  : phone
"""
    law = "forbid f: storage of email\nforbid g: disclosure of phone\nforbid h: disclosure of card"
    found = {f.rule: (f.event.kind, f.datum.category, f.datum.origin) for f in found_in(law, flow)}
    assert {f.datum.subject_kind for f in found_in(law, flow)} == {""}
    assert found == {
        "f": ("storage", "email", "db"),
        "g": ("disclosure", "phone", "hub -> ad_co"),
        "unknown-data": ("disclosure", "unknown data", "dark"),
    }
    law = "attribute insured of system: yes_no\n\nassert a: insured"
    assert [f.event.kind for f in found_in(law, flow)] == ["assertion"]


def test_what_a_reach_lacks() -> None:
    law = "require r: reach of erasure_request to storage of email"
    flow = """
subject adult  in FR
us_co {
  store db
}
adult -> db : email
"""
    assert told(law, flow) == [
        "r broken: storage of email of adult at db in FR",
        "  adult -> db: email is collected",
        "  since arrives of db is no erasure_request",
    ]
    arrives = flow.replace(": email", ": email, erasure_request")
    assert told(law, arrives) == [
        "r undetermined (undeclared): storage of email of adult at db in FR",
        "  adult -> db: email is collected",
        "  since arrives of db is erasure_request",
        "  lacks honours of db: unknown",
    ]


def test_the_facts_of_what_is_required() -> None:
    law = """
require r: measure only tls for disclosure of email
require s: basis in contract for disclosure of email
"""
    measured = WEB.replace("for billing", "for billing  on consent  tls  encryption")
    assert told(law, measured) == [
        f"r broken: {DETAIL}",
        *BY_WEB,
        "  since measure of web -> ad_co is encryption, tls",
        f"s broken: {DETAIL}",
        *BY_WEB,
        "  since basis of web -> ad_co is consent",
    ]


def test_assertions() -> None:
    law = """
attribute notice of system: period
attribute term of system: period
attribute officer of system: one of named, absent
attribute other of system: yes_no

assert a: notice at most 1 day
assert b: term at least 1 month
assert c: officer in absent
assert d: other
"""
    assert told(law, "fact notice  2 days\nfact term  contract_term\nfact officer  named\n") == [
        "a broken: `notice` is not as the policy says",
        "  since notice of s is declared",
        "b undetermined (undeclared): `term`: "
        "contract_term cannot be told against 1 month, which is 28 to 31 days",
        "c broken: `officer` is not as the policy says",
        "  since officer of s is declared",
        "d undetermined (undeclared): the system does not declare `other`",
        "  lacks other of s: not declared",
    ]


def test_a_join_names_both_and_its_result_has_both_behind_it() -> None:
    flow = """
subject adult  in FR
us_co {
  service hub  joins clicks with email
}
adult -> hub : email, clicks
"""
    assert told("forbid f: join of clicks with contact", flow) == [
        "f broken: join of clicks of adult with email at hub in FR",
        "  adult -> hub: clicks is collected",
    ]


def test_a_mark_that_is_lost() -> None:
    flow = """
subject adult  in FR
us_co {
  service web
  store   db
}
adult -> web : email  mark verified
web -> db    : email  unmark verified
"""
    assert told("forbid f: storage of email", flow) == [
        "f broken: storage of email of adult at db in FR",
        "  adult -> web: email is collected",
        "  web -> db: email loses the mark verified",
    ]


def test_what_arrives_where_it_is_not_declared() -> None:
    """`db` says what it holds and gets more; `web` says nothing of it, and subjects never do."""
    flow = """
subject adult  in FR
us_co {
  service web
  store   db   holds email
}
adult -> web : email, phone
web -> db    : email, phone
web -> adult : email
"""
    assert undeclared("forbid f: storage of card", flow) == (
        "db: phone arrives but is not declared",
    )


def test_what_is_declared_and_arrives_only_in_part() -> None:
    """A rule on `personal` speaks of what there is at `db`, and nothing but `email` is: that is said aloud."""
    flow = """
subject adult  in FR
us_co {{
  service web
  store   db   holds {held}
}}
adult -> web : email
web -> db    : all
"""
    law = "forbid f: storage of card"
    assert undeclared(law, flow.format(held="personal")) == (
        "db: of personal only email arrives: the rest is not judged",
    )
    assert undeclared(law, flow.format(held="email")) == ()
    assert undeclared(law, flow.format(held="card, email")) == ()


def test_a_row_that_fails_by_its_own_exception_says_so() -> None:
    law = """
closed r: disclosure of personal to company
  permit of email to ad_firm for billing unless in US
"""
    assert told(law, WEB)[-1] == (
        "  row 0 of r fails unless: permit of email to ad_firm for billing unless in US"
    )
