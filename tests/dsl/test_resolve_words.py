"""Resolving: what each word of a rule names, and what is said of a name that stands after the wrong one."""

from __future__ import annotations

import pytest

from lawful_dsl import program as p
from tests.dsl.words import resolved, wrong

ENDS = (
    "kinds of party, roles, environments, kinds of product, sites, kinds of node, kinds of subject"
)
#: A definition of each sort.
DEFINED = """define minor as person when age < 18
define risky as vendor
define near as EU
define sale as disclosure
"""


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("of ?", "data categories and kinds of subject"),
        ("anything from ?", "data categories"),
        ("to ?", f"{ENDS}, `us`, `outside`, `third_party` and `own_subject`"),
        ("from ?", f"{ENDS}, places, `us`, `outside`, `third_party` and `own_subject`"),
        ("in ?", "places and forms"),
        ("seated in ?", "places"),
        ("residence in ?", "places"),
        ("for ?", "purposes"),
        ("on ?", "lawful bases"),
        ("with ?", "data categories"),
        ("with ? consent", "consent kinds"),
        ("with express consent given by ?", "kinds of subject"),
        ("under ?", "transfer mechanisms and measures"),
        ("by ?", "channels"),
        ("using ?", "measures"),
        ("certified ?", "certificates"),
        ("marked ?", "marks"),
        ("collected for ?", "purposes"),
        ("collected on ?", "lawful bases"),
        ("received under ?", "transfer mechanisms"),
    ],
)
def test_what_each_word_of_a_part_names(part: str, names: str) -> None:
    word = part.split("?")[0].strip().removeprefix("with express consent ")
    said = f"`opted_out` is a state; `{word}` names {names}"
    for where in ("forbid join {}", "forbid join when {}"):
        text = where.format(part.replace("?", "opted_out"))
        assert wrong(text) == [(said, "write `when opted_out`")]


@pytest.mark.parametrize(
    ("attribute", "name", "names"),
    [
        ("basis", "contract", "lawful bases"),
        ("consent", "express", "consent kinds"),
        ("mechanism", "scc", "transfer mechanisms"),
        ("measure", "tls", "measures"),
        ("channel", "mail", "channels"),
        ("certificate", "dpf_list", "certificates"),
        ("contract", "scc", "transfer mechanisms and measures"),
        ("contract", "dpa", "transfer mechanisms and measures"),
        ("purpose", "support", "purposes"),
        ("place", "EU", "places"),
        ("mark", "verified", "marks"),
    ],
)
def test_what_may_be_required(attribute: str, name: str, names: str) -> None:
    program, found = resolved(f"policy x\nuse words\nrequire {attribute} in {name} for use\n")
    assert found == ()
    (rule,) = program.policies[0].rules
    assert isinstance(rule, p.Require)
    assert (rule.attribute, rule.terms) == (attribute, (name,))
    said = f"`opted_out` is a state; `require {attribute}` names {names}"
    assert wrong(f"require {attribute} in opted_out for use") == [(said, "")]


@pytest.mark.parametrize(
    ("text", "word", "names", "help"),
    [
        ("require passage through opted_out before use", "through", "kinds of product", ""),
        ("require reach of opted_out to storage", "reach of", "data categories", ""),
        ("retain card at most opted_out", "a period", "periods", ""),
        ("retain card at most longer of 1 day, opted_out", "a period", "periods", ""),
        ("mechanisms\n  m valid opted_out to EU", "valid", "places", ""),
        ("mechanisms\n  m valid EU to opted_out", "valid ... to", "places", ""),
        ("mechanisms\n  m valid EU to US needs opted_out", "needs", "certificates", ""),
        ("data\n  m from opted_out by masking", "from ... by", "data categories", ""),
        ("treat opted_out as person", "treat", "kinds of subject", ""),
        (
            "treat person as opted_out",
            "as",
            "kinds of subject",
            "data are treated as those of a kind of subject that a system declares",
        ),
        ("forbid use of person except opted_out", "except", "kinds of subject", ""),
        ("forbid use of email except opted_out", "except", "data categories", ""),
        ("define z as person except opted_out", "except", "kinds of subject", ""),
    ],
)
def test_what_the_other_words_name(text: str, word: str, names: str, help: str) -> None:
    assert wrong(text) == [(f"`opted_out` is a state; `{word}` names {names}", help)]


@pytest.mark.parametrize(
    ("name", "what", "written"),
    [
        ("email", "a data category", "of email"),
        ("all_data", "a word for all data", "of all_data"),
        ("person", "a kind of subject", "of person"),
        ("minor", "a defined kind of subject", "of minor"),
        ("marketing", "a purpose", "for marketing"),
        ("vendor", "a kind of party", "to vendor"),
        ("risky", "a defined kind of party", "to risky"),
        ("processor", "a role", "to processor"),
        ("us", "a word for an end", "to us"),
        ("development", "an environment", "to development"),
        ("gate", "a kind of product", "to gate"),
        ("shop", "a site", "to shop"),
        ("store", "a kind of node", "to store"),
        ("EU", "a place", "in EU"),
        ("near", "a defined place", "in near"),
        ("encrypted", "a form", "in encrypted"),
        ("consent", "a lawful basis", "on consent"),
        ("express", "a consent kind", "with express consent"),
        ("scc", "a transfer mechanism", "under scc"),
        ("tls", "a measure", "using tls"),
        ("dpf_list", "a certificate", "certified dpf_list"),
        ("verified", "a mark", "marked verified"),
        ("opted_out", "a state", "when opted_out"),
        ("loyal", "an attribute", "when loyal"),
        ("known", "a word of conditions", "when known"),
        ("sale", "a defined kind of event", "forbid sale"),
        ("use", "a kind of event", "forbid use"),
        ("contract_term", "a period", ""),
        ("none", "a word of the language", ""),
    ],
)
def test_how_a_name_would_be_written(name: str, what: str, written: str) -> None:
    help = f"write `{written}`" if written else ""
    assert wrong(f"{DEFINED}forbid use by {name}") == [
        (f"`{name}` is {what}; `by` names channels", help)
    ]
    alone = wrong(f"{DEFINED}forbid use when {name}")
    if written == f"when {name}" or name == "minor":
        assert alone == []
    elif what.endswith("kind of event"):
        said = f"`{name}` is {what}; a condition cannot name another event"
        assert alone == [(said, f"begin the rule with it: `forbid {name}`")]
    else:
        assert alone == [(f"`{name}` is {what} and no condition by itself", help)]


def test_a_channel_alone() -> None:
    said = "`mail` is a channel and no condition by itself"
    assert wrong("forbid use when mail") == [(said, "write `by mail`")]


RESERVED = """controller processor sub_processor joint_controller conduit us outside third_party own_subject
subject client service store device source recipient known consideration age place residence all none unknown nothing
same another unlimited identifiable encrypted pseudonymised aggregated anonymised collection
transfer disclosure storage use join placement"""


@pytest.mark.parametrize("name", RESERVED.split())
def test_a_word_of_the_language_cannot_be_declared(name: str) -> None:
    said = f"`{name}` is a word of the language itself and cannot be declared"
    for text in (
        f"define '{name}' as person",
        f"data\n  '{name}'",
        f"attribute '{name}' of data: number",
    ):
        assert wrong(text) == [(said, "choose another name")]


@pytest.mark.parametrize(
    "declaration", ["data\n  us", "attribute us of data: number", "define us as person"]
)
def test_a_word_of_the_language_goes_on_to_mean_what_it_means(declaration: str) -> None:
    said = "`us` is a word of the language itself and cannot be declared"
    assert wrong(f"{declaration}\nforbid transfer to us") == [(said, "choose another name")]
