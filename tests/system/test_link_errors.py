"""What `link` says of texts that are not sound: what, where, and what to do."""

from __future__ import annotations

import pytest

from lawful.system.link import link
from lawful_dsl.program import TRUE, Policy

#: A text, and the message and the help (a part of it) that it gets.
CASES = {
    "unknown place": (
        "party us in CAA",
        "`CAA` is not known; a place is expected here",
        "did you mean `CA`?",
    ),
    "no period": (
        "store a retention none",
        "`none` is no period",
        "say `0 days` where nothing stays",
    ),
    "wrong list": (
        "party us in marketing",
        "`marketing` is a purpose, but a place is expected here",
        "",
    ),
    "wrong bare word on a party": (
        "party us tls",
        "`tls` is a measure, but a kind of party is expected here",
        "",
    ),
    "wrong bare word on a node": (
        "service a hosting_provider",
        (
            "`hosting_provider` is a kind of party, but "
            "an environment, a kind of product or a measure is expected here"
        ),
        "",
    ),
    "party as a word": (
        "party us\nservice a us",
        "`us` is a party, but an environment, a kind of product or a measure is expected here",
        "",
    ),
    "unknown end": (
        "service web_app\nservice b\nweb_ap -> b",
        "no node or party `web_ap` is declared",
        "did you mean `web_app`?",
    ),
    "place as an end": (
        "service b\nCA -> b",
        "`CA` is a place, but the source of a flow is a node or a party",
        "",
    ),
    "declared twice": (
        "service a\nstore a",
        "`a` is declared twice",
        "give one of the two another id",
    ),
    "party and node": (
        "party a\nservice a",
        "`a` is the id of a party and of a service",
        "give one of the two another id",
    ),
    "flow and node": (
        "service a\nservice b\na: a -> b",
        "`a` is the id of a flow and of a service",
        "give one of the two another id",
    ),
    "two flows of one id": (
        "service a\nservice b\nf: a -> b\nf: b -> a",
        "`f` is the id of two flows",
        "give one of the two another id",
    ),
    "subject without a kind": (
        "subject subscribr",
        "it is not said what kind of subject `subscribr` is",
        "did you mean `subscriber`?",
    ),
    "owner that is none": (
        "acme {\n service a\n}",
        "there is no party `acme`",
        "declare it: `party acme`",
    ),
    "host that is a node": (
        "service a\nservice b on a",
        "`a` is a service, but what a node is `on` is a party",
        "",
    ),
    "subject that is none": ("device d of nobody", "there is no subject `nobody`", "declare it"),
    "a service of a subject": (
        "subject child\nservice d of child",
        "only a device or a subject is `of` a subject, and `d` is a service",
        "",
    ),
    "age of a service": ("service d age 3", "only a subject takes `age`, and `d` is a service", ""),
    "a hosted subject": (
        "party p\nsubject child on p",
        "a subject does not take `on`",
        "a subject takes `is`, `in`",
    ),
    "bare kind of subject": (
        "subject x child is child",
        "`child` does not belong to a subject",
        "write `is child`",
    ),
    "unknown masking": (
        "service a\nservice b\na -> b : card_number masking card_number as password",
        "no vocabulary knows `password` as what masking makes of `card_number`",
        "masking of `card_number` is known to give `card_last4`",
    ),
    "masking where tokenising is known": (
        "service a\nservice b\na -> b : card_number masking card_number as card_token",
        "no vocabulary knows `card_token` as what masking makes of `card_number`",
        "is known to give `card_last4`",
    ),
    "masking of what nothing is known": (
        "service a\nservice b\na -> b masking recording as password",
        "no vocabulary knows `password` as what masking makes of `recording`",
        "in a vocabulary, declare `password from recording by masking`",
    ),
    "unknown from": (
        "service a\nservice b\na -> b\nb -> a : all from c",
        "`c` is no flow into `b`",
        "those into it are `a -> b`",
    ),
    "ambiguous from": (
        "service a\nservice b\nf: a -> b\ng: a -> b\nb -> a : all from a",
        "2 flows come from `a` into `b`",
        "say which: `'f'` or `'g'`",
    ),
    "said twice": ("party us in CA in US", "`in` is said twice", "say all of it at once"),
    "attribute of another": (
        "service a audited = yes",
        "`audited` is an attribute of a party; an attribute of a node is expected here",
        "",
    ),
    "unknown attribute": (
        "service a rsk = high",
        "`rsk` is not known; an attribute of a node is expected here",
        "did you mean `risk`?",
    ),
    "wrong value": (
        "service a risk = huge",
        "`risk` is one of some words",
        "one of: `low`, `high`",
    ),
    "wrong type": (
        "service a\nservice b\na -> b volume = 2024-01-01",
        "`volume` is a whole number",
        "",
    ),
    "unknown fact": (
        "fact breach_notic 2 days",
        "`breach_notic` is not known; an attribute of a system is expected here",
        "did you mean `breach_notice`?",
    ),
    "unknown period": (
        "store a retention contract_trm",
        "`contract_trm` is not known; a period is expected here",
        "did you mean `contract_term`?",
    ),
    "consideration": (
        "service a\nservice b\na -> b consideration mony",
        "`mony` is no consideration",
        "did you mean `money`?",
    ),
    "roles that overlap": (
        "party us controller of personal_data processor for billing",
        (
            "`us` is `controller of personal_data` and `processor for billing`, "
            "which overlap with neither more specific"
        ),
        "so that one of them is within the other",
    ),
    "retentions that overlap": (
        "store a retention 3 days of card_data retention 4 days for billing",
        "two retentions of `a` overlap with neither more specific",
        "",
    ),
    "affiliates in a ring": (
        "party a affiliate of b\nparty b affiliate of a",
        "`a` is an affiliate of itself: `a` → `b` → `a`",
        "take one `affiliate of` out",
    ),
    "subjects in a ring": (
        "subject child of parent\nsubject parent of child",
        "`child` is `of` itself: `child` → `parent` → `child`",
        "take one `of` out",
    ),
    "holds nothing and something": (
        "store a holds nothing holds recording",
        "`a` holds nothing and holds `recording`",
        "leave one of the two out",
    ),
    "placing on a service": (
        "service a\nservice b\na -> b places marketing_cookie",
        "`places` puts something on a device, and `b` is a service",
        "declare it as a device",
    ),
    "ignoring nothing": (
        "service a\nservice b\na -> b\nignore 'a -> c' because \"x\"",
        "there is no flow `a -> c` to ignore",
        "did you mean `a -> b`?",
    ),
    "only from what is ignored": (
        'service a\nservice b\nf: a -> b\nb -> a : all from f\nignore f because "x"',
        "`b -> a` takes only what an ignored flow brings",
        "ignore it too",
    ),
    "correcting what is not so": (
        'store a in US\ncorrect a place from CA to IE because "x"',
        "the place of `a` is `US`, not `CA`",
        "correct it from `US`",
    ),
    "correcting an owner": (
        'store a\ncorrect a owner from x to y because "x"',
        "an owner cannot be corrected: it says whose the node is",
        "what can be: ",
    ),
    "correcting an unknown word": (
        'store a\ncorrect a plce from US to CA because "x"',
        "`plce` is nothing that can be corrected of a node",
        "did you mean `place`?",
    ),
    "correcting nobody": (
        'store orders\ncorrect ordres place from US to CA because "x"',
        "there is no party, node or flow `ordres` to correct",
        "did you mean `orders`?",
    ),
    "correcting for no reason": (
        'store a in US\ncorrect a place from US to CA because ""',
        "this reason is empty",
        "say why, in a sentence",
    ),
    "ignoring for no reason": (
        'service a\nservice b\nf: a -> b\nignore f because " "',
        "this reason is empty",
        "say why, in a sentence",
    ),
    "a kind of subject that is misspelt": (
        "subject lead is subscrber in CA",
        "`subscrber` is not known; a kind of subject is expected here",
        "did you mean `subscriber`?",
    ),
    "two systems in one file": (
        "system a\nsystem b",
        "a file tells one system, and this one already tells `a`",
        "",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_error_says_what_is_wrong_and_what_to_do(case, wrong):
    text, message, help = CASES[case]
    found = wrong(text)
    assert [d.message for d in found] == [message]
    assert help in found[0].help
    assert found[0].span.line > 0


def test_both_places_of_a_duplicate_are_shown(wrong):
    (found,) = wrong("service a\nstore a")
    assert (found.span.line, found.related[0][1].line) == (2, 1)


def test_all_errors_are_found_at_once(wrong):
    assert len(wrong("party us in X1\nservice a on nobody\nq -> a : nothing_known\nfact z")) == 4


def test_two_files_that_differ_are_an_error_that_names_both(wrong):
    (found,) = wrong("store db in US", "store db in IE")
    assert found.message == "two files differ on the place of `db`: `US` and `IE`"
    assert found.help == 'say which holds: `correct db place from US to IE because "..."`'
    assert (found.span.file, found.related[0][1].file) == ("b.flow", "a.flow")


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("store db", "service db", "two files differ on the kind of `db`: `store` and `service`"),
        (
            "store db in none",
            "store db in US",
            "two files differ on the place of `db`: `none` and `US`",
        ),
        (
            "store db risk = low",
            "store db risk = high",
            "two files differ on the attribute risk of `db`: `low` and `high`",
        ),
        ("system s as of 2024-01-01", "system s as of 2024-01-02", "two files differ on `as of`"),
        ("fact has_officer yes", "fact has_officer no", "the fact `has_officer` is said twice"),
    ],
)
def test_other_differences(wrong, one, other, message):
    (found,) = wrong(one, other)
    assert found.message.startswith(message)


def test_layers_of_a_flow_may_not_differ_in_their_data(wrong):
    (found,) = wrong("service a\nservice b\nf: a -> b : recording", "f: a -> b : password")
    assert found.message.startswith("two files differ on the data of `f`")
    assert found.help == "say it in one of the two only"


def test_a_layer_of_a_flow_has_the_same_ends(wrong):
    (found,) = wrong("service a\nservice b\nf: a -> b", "f: b -> a")
    assert found.message == "`f` is the id of two flows"


def test_an_operation_is_a_kind_of_event_or_one_that_a_policy_defines(told, wrong):
    policy = Policy("p", events=(("sale", TRUE),))
    text = "service a\nservice b\na -> b with express consent ({})"
    told(text.format("sale, disclosure"), policies=(policy,))
    (found,) = wrong(text.format("sales"), policies=(policy,))
    assert found.message == "`sales` is not known; a kind of event is expected here"
    assert found.help == "did you mean `sale`?"
    (found,) = wrong(text.format("marketing"), policies=(policy,))
    assert found.message == "`marketing` is a purpose; a kind of event is expected here"
    assert found.help == "in the scope of a consent write `for marketing`"


@pytest.mark.parametrize(
    ("state", "message", "help"),
    [
        (
            "opted_out of zzzzzz",
            "`zzzzzz` is not known; what the state is about is expected here",
            '`zzzzzz "..."`',
        ),
        (
            "opted_out per zzzzzz",
            "`zzzzzz` is not known; who holds the state is expected here",
            "name one of `account`",
        ),
    ],
)
def test_what_to_do_about_a_state_of_what_is_not_known(wrong, state, message, help):
    text = f"service a\nservice b\na -> b unless {state}"
    (found,) = wrong(text, policies=(Policy("p"),))
    assert found.message == message
    assert help in found.help


def test_the_party_of_a_policy_must_be_there(wrong):
    (found,) = wrong("party iotun", policies=(Policy("callbridge", by="iotum"),))
    assert found.message == (
        "the policy `callbridge` is by `iotum`, but the system has no such party"
    )
    assert found.help == "did you mean `iotun`?"


def test_a_file_of_no_system_among_several_is_an_error(wrong):
    (found,) = wrong("system a\nservice x", "system b\nservice y", "service z")
    assert found.message == "this file does not say to which system it belongs"


def test_a_more_specific_role_settles_two_that_overlap(told):
    three = told(
        "party us controller of personal_data  processor for billing  conduit of personal_data for billing"
    )
    two = told("party us controller  processor of card_data")
    assert [len(system.parties["us"].roles) for system in (three, two)] == [3, 2]


def test_nothing_at_all_is_a_system_of_nothing(vocabulary):
    system, diagnostics = link([], vocabulary)
    assert diagnostics == ()
    assert system.nodes == {}


def test_many_unknown_names_take_no_long_time(wrong):
    lines = [f"service node_{n}" for n in range(3000)]
    lines += [f"nod_{n} -> node_{n}" for n in range(3000)]
    assert len(wrong("\n".join(lines))) == 3000
