"""The linter calls no condition impossible that some event meets: on drawn vocabularies and conditions."""

from __future__ import annotations

from itertools import product
from operator import eq, ge, gt, le, lt, ne

from hypothesis import given, settings
from hypothesis import strategies as st

from lawful_dsl import program as p
from lawful_dsl.lint.contradiction import Contradictions
from lawful_dsl.vocabulary import Lattice, Parent, Term, Vocabulary

_DATES = ("2020-01-01", "2022-01-01", "2024-01-01")
_DATA = ("a", "b", "c", "d", "e")
_PURPOSES = ("p", "q", "r")


@st.composite
def _vocabularies(draw: st.DrawFn) -> Vocabulary:
    """Two small hierarchies, in which some parents hold for a time only."""
    terms = {}
    for list, names in (("data", _DATA), ("purposes", _PURPOSES)):
        for index, name in enumerate(names):
            parents = []
            for parent in names[:index]:
                if draw(st.booleans()):
                    since, until = draw(st.sampled_from([("", ""), ("", "2021"), ("2021", "2023")]))
                    parents.append(Parent(parent, since, until))
            terms[name] = Term(list, name, tuple(parents))
    return Vocabulary(terms)


_some_data = st.lists(st.sampled_from(_DATA), max_size=2, unique=True).map(tuple)
_forms = st.sampled_from([p.PERSONAL_FORMS, frozenset(p.FORMS), frozenset({p.Form.ENCRYPTED})])
_literals: st.SearchStrategy[p.Condition] = st.one_of(
    st.builds(p.DataIn, _some_data, _some_data, _forms),
    st.builds(p.PurposeIn, st.lists(st.sampled_from(_PURPOSES), min_size=1, max_size=2).map(tuple)),
    st.builds(
        p.AgeIs,
        st.just("subject"),
        st.sampled_from(["<", "<=", ">", ">=", "=", "!="]),
        st.integers(0, 4),
    ),
)
_conditions = st.recursive(
    _literals,
    lambda inner: st.one_of(
        st.builds(p.All, st.lists(inner, max_size=3).map(tuple)),
        st.builds(p.AnyOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(p.Negation, inner),
    ),
    max_leaves=6,
)


def _meets(condition: p.Condition, lattice: Lattice, event: tuple[str, p.Form, str, int]) -> bool:
    leaf, form, purpose, age = event
    match condition:
        case p.All():
            return all(_meets(item, lattice, event) for item in condition.items)
        case p.AnyOf():
            return any(_meets(item, lattice, event) for item in condition.items)
        case p.Negation():
            return not _meets(condition.item, lattice, event)
        case p.DataIn():
            terms = condition.terms or _DATA
            return form in condition.forms and leaf in lattice.extent(terms, condition.excluded)
        case p.PurposeIn():
            return purpose in lattice.extent(condition.terms)
        case p.AgeIs():
            compare = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "!=": ne}
            return bool(compare[condition.operator](age, condition.years))
        case _:
            raise AssertionError(condition)


@settings(max_examples=200, deadline=None)
@given(_vocabularies(), _conditions)
def test_what_contradicts_itself_meets_no_event(
    vocabulary: Vocabulary, condition: p.Condition
) -> None:
    if Contradictions(vocabulary).contradict(condition):
        for date in _DATES:
            lattice = vocabulary.on(date)
            data = lattice.extent(_DATA)
            purposes = lattice.extent(_PURPOSES)
            for event in product(data, p.FORMS, purposes, range(6)):
                assert not _meets(condition, lattice, event)
