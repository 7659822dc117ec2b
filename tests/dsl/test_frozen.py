"""A frozen class is what `dataclass(frozen=True, slots=True)` would have made of the same declaration."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from typing import Any

import pytest

from lawful_dsl.frozen import frozen


def declared(make: Callable[[type[Any]], type[Any]]) -> type[Any]:
    @make
    class Stop:
        name: str
        zone: int = 1
        lines: list[str] = field(default_factory=list, compare=False)
        seen: bool = field(default=False, compare=False, repr=False)
        key: str = field(init=False, repr=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "key", self.name.lower())

    return Stop


Ours = declared(frozen(order=True))
Theirs = declared(dataclass(frozen=True, slots=True, order=True))


@frozen
class Kept:
    """What pickle can find by its name."""

    name: str
    parts: tuple[int, ...] = ()


@frozen
class Nothing:
    """A value that holds nothing."""


@frozen
class Wider(Kept):
    """What adds a field to another."""

    wide: bool = True


@frozen
class Told:
    """What says itself how it is compared and written."""

    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Told) and self.name.lower() == other.name.lower()

    def __hash__(self) -> int:
        return 7

    def __repr__(self) -> str:
        return "told"


CALLS: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    (("Berga",), {}),
    (("Berga", 2), {"lines": ["13"]}),
    ((), {"name": "Avlona", "seen": True}),
    (("Avlona", 3, [], True), {}),
)


@pytest.mark.parametrize(("given", "named"), CALLS)
def test_it_holds_and_says_what_a_dataclass_would(
    given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    ours, theirs = Ours(*given, **named), Theirs(*given, **named)
    names = [each.name for each in fields(ours)]
    assert names == [each.name for each in fields(theirs)]
    assert [getattr(ours, each) for each in names] == [getattr(theirs, each) for each in names]
    assert repr(ours) == repr(theirs)
    assert hash(ours) == hash(theirs)
    assert Ours.__match_args__ == Theirs.__match_args__


def test_it_is_compared_and_ordered_as_a_dataclass_is() -> None:
    ours = [Ours(*given, **named) for given, named in CALLS]
    theirs = [Theirs(*given, **named) for given, named in CALLS]
    for i in range(len(CALLS)):
        for j in range(len(CALLS)):
            assert (ours[i] == ours[j]) is (theirs[i] == theirs[j])
            assert (ours[i] < ours[j]) is (theirs[i] < theirs[j])
            assert (ours[i] >= ours[j]) is (theirs[i] >= theirs[j])
    assert ours[0] != theirs[0]
    assert Kept("a") != Wider("a")


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_nothing_of_it_can_be_set_or_deleted(kind: type[Any]) -> None:
    stop = kind("Berga")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'zone'"):
        stop.zone = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'zone'"):
        del stop.zone
    assert not hasattr(stop, "__dict__")


def test_nothing_can_be_added_to_it() -> None:
    stop: Any = Kept("Berga")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'other'"):
        stop.other = 2


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_what_is_missing_or_unknown_is_refused(kind: type[Any]) -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        kind()
    with pytest.raises(TypeError, match="unexpected keyword argument 'key'"):
        kind("Berga", key="b")


def test_what_is_made_for_each_is_not_shared() -> None:
    assert Ours("a").lines is not Ours("a").lines


def test_it_is_copied_replaced_and_pickled() -> None:
    for each in (Kept("a", (1, 2)), Nothing(), Wider("a", (3,), False)):
        assert pickle.loads(pickle.dumps(each)) == copy.copy(each) == copy.deepcopy(each) == each
    assert replace(Kept("a", (1,)), name="b") == Kept("b", (1,))
    assert replace(Ours("A"), name="B").key == "b"
    match Wider("a", wide=False):
        case Wider(name, parts, wide):
            assert (name, parts, wide) == ("a", (), False)


def test_without_eq_each_is_itself_only() -> None:
    @frozen(eq=False)
    class Place:
        code: str

    place = Place("SE")
    assert place == place
    assert place != Place("SE")
    assert len({place, Place("SE")}) == 2


def test_what_a_class_says_itself_stays() -> None:
    assert Told("A") == Told("a")
    assert hash(Told("A")) == 7
    assert repr(Told("A")) == "told"
