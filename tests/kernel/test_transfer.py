"""Transfer: the image of a set is the union of what its members become, and each is asked for once."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from lawful.kernel.bits import bits_of, members
from lawful.kernel.transfer import Test as Question
from lawful.kernel.transfer import Transfer

SIZE = 80  # more than a machine word
sets = st.frozensets(st.integers(0, SIZE - 1))
tables = st.dictionaries(st.integers(0, SIZE - 1), sets)


@given(sets)
def test_bits_are_sets(numbers: frozenset[int]) -> None:
    assert list(members(bits_of(numbers))) == sorted(numbers)


@given(tables, st.lists(sets, max_size=4))
def test_the_image_is_the_union_over_the_members(
    table: dict[int, frozenset[int]], asked: list[frozenset[int]]
) -> None:
    times: Counter[int] = Counter()

    def becomes(member: int) -> frozenset[int]:
        return table.get(member, frozenset({member}))

    def step(member: int) -> int:
        times[member] += 1
        return bits_of(becomes(member))

    transfer = Transfer(step)
    for numbers in asked:
        expected = {b for a in numbers for b in becomes(a)}
        assert set(members(transfer.image(bits_of(numbers)))) == expected
    assert all(count == 1 for count in times.values())


@given(tables, sets, sets)
def test_the_image_of_a_union_is_the_union_of_the_images(
    table: dict[int, frozenset[int]], one: frozenset[int], other: frozenset[int]
) -> None:
    transfer = Transfer(lambda member: bits_of(table.get(member, frozenset())))
    left, right = transfer.image(bits_of(one)), transfer.image(bits_of(other))
    assert transfer.image(bits_of(one | other)) == left | right


@given(sets, st.lists(sets, max_size=4))
def test_a_question_is_asked_once_of_each(yes: frozenset[int], asked: list[frozenset[int]]) -> None:
    times: Counter[int] = Counter()

    def ask(member: int) -> bool:
        times[member] += 1
        return member in yes

    question = Question(ask)
    for numbers in asked:
        assert question.among(bits_of(numbers)) == bits_of(numbers & yes)
    assert all(count == 1 for count in times.values())


@given(sets, st.dictionaries(st.integers(0, SIZE - 1), sets), sets)
def test_what_is_known_is_not_asked(
    same: frozenset[int], table: dict[int, frozenset[int]], asked: frozenset[int]
) -> None:
    same -= table.keys()
    moved = {member: bits_of(becomes) for member, becomes in table.items()}
    transfer = Transfer.known(bits_of(same), moved)
    expected = (asked & same).union(*(table.get(member, ()) for member in asked))
    assert set(members(transfer.image(bits_of(asked)))) == expected


def test_what_becomes_another_is_itself_no_more() -> None:
    transfer = Transfer(lambda member: 0b10)
    assert [transfer.image(0b01), transfer.image(0b11), transfer.image(0)] == [0b10, 0b10, 0]
