"""Resolving: which names are proposed in place of one that is not known."""

from __future__ import annotations

import pytest

from tests.dsl.words import resolved, wrong

MINOR = "define minor as person when age < 18\n"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("forbid use of emial", "email"),
        ("forbid use of 'user.contct'", "user.contact"),
        ("forbid use of all_dta", "all_data"),
        (f"{MINOR}forbid use of minr", "minor"),
        ("forbid transfer to procesor", "processor"),
        ("forbid transfer to stre", "store"),
        ("forbid use in encryptd", "encrypted"),
        # rules and modules
        ("closed beta: use\nclosed c: use\n  admits bata", "beta"),
        ("forbid alpha: use\nforbid beta: use\n  in place of alpa", "alpha"),
        ("forbid alpha: use\nx prevails over alpa", "alpha"),
        ("require bass in consent for use", "basis"),
        ('mapping m\n  "k" is emial', "email"),
        ("assert brech_notice", "breach_notice"),
    ],
)
def test_the_nearest_that_would_do(text: str, near: str) -> None:
    assert [help for _, help in wrong(text)] == [f"did you mean `{near}`?"]


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("forbid use for emial", "`for` names purposes"),
        ("forbid use for 'user.contct'", "`for` names purposes"),
        ("forbid use for all_dta", "`for` names purposes"),
        (f"{MINOR}forbid use for minr", "`for` names purposes"),
        ("forbid use for ecnrypted", "`for` names purposes"),
        ('mapping m\n  "k" is zebra', "name a term of a vocabulary"),
        ("forbid alpha: use\nx prevails over zebra", "name a rule, or `use` the policy"),
        # `affirm` names a rule of a pack, and no rule of the policy itself
        ("forbid cards: use\naffirm cardz clause C-1", "name a rule of a pack, and `use` the pack"),
        ("closed a: use\nclosed b: use\n  admits a, zebra", "`admits` names a closed block of this policy"),
        (
            "require zebra in consent for use",
            "require `basis`, `consent`, `mechanism`, `measure`, `channel`, `certificate`, "
            "`contract`, `purpose`, `place`, `mark`",
        ),
        ("assert zebra", "declare it: `attribute zebra of system: yes_no`"),
        ("assert zebra in red, blue", "declare it: `attribute zebra of system: one of red, blue`"),
        ("assert region in here, zebra", "it is one of `here`, `there`"),
        ("data\n  x  zebra = 3", "declare it: `attribute zebra of data: yes_no`"),
    ],
)  # fmt: skip
def test_what_is_told_where_nothing_is_near(text: str, help: str) -> None:
    assert [told for _, told in wrong(text)] == [help]


def test_the_module_that_has_a_name_is_told_where_no_name_in_use_is_near() -> None:
    other = "vocabulary z\ndata\n  zebra\n  emails\n"
    _, found = resolved(other, "policy x\nuse words\nforbid use of zebra, emails\n")
    assert [d.help for d in found] == ["`z` has it; write `use z`", "did you mean `email`?"]


def test_a_module_does_not_have_a_name_that_is_wrong_in_it() -> None:
    other = "vocabulary z\nuse words\ndefine odd as zebra\n"
    _, found = resolved(other, "policy x\nuse words\nforbid use of odd\n")
    assert [d.help for d in found][1] == "`z` has it; write `use z`"


@pytest.mark.parametrize(
    ("governed", "message", "help"),
    [
        ("site gate", "`gate` is a kind of product; `governs site` names sites", "write `governs product gate`"),
        ("subject shop", "`shop` is a site; `governs subject` names kinds of subject", "write `governs site shop`"),
        ("site person", "`person` is a kind of subject; `governs site` names sites", "write `governs subject person`"),
        ("site card", "`card` is a data category; `governs site` names sites", ""),
        ("subject zebra", "`zebra` is not known", "`governs subject` names kinds of subject"),
    ],
)  # fmt: skip
def test_what_is_governed(governed: str, message: str, help: str) -> None:
    _, (found,) = resolved(f"policy x\n  governs {governed}\nuse words\n")
    assert (found.message, found.help) == (message, help)


def test_all_data_may_be_a_term() -> None:
    vocabulary = "data\n  all_data\n  x is all_data\n"
    text = (
        "forbid use anything from all_data\nforbid join with all_data\nforbid use of all_data, card"
    )
    program, found = resolved(f"policy x\nuse words\n{vocabulary}{text}\n")
    assert found == ()
    assert [parent.name for parent in program.vocabulary.terms["x"].parents] == ["all_data"]
    assert wrong("data\n  x is all_data") == [
        (
            "`all_data` is a word for all data; `is` names data categories",
            "a term and what it `is` are in one list, here `data`",
        )
    ]
