"""Value objects: what `dataclass(frozen=True, slots=True)` makes, in a quarter of the time.

A check begins with some 250 classes of values, and `dataclasses` compiles six methods for each: a third of the time
that a small system took. One of the six is of its own for every class, `__init__`; it is compiled. The others are
closures over what reads the fields. What the fields are, their slots and their defaults stay the work of
`dataclasses`, so `fields`, `replace` and `match` know a value as they know any dataclass.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, eq: bool = ..., order: bool = ...) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: Any = None, /, *, eq: bool = True, order: bool = False) -> Any:
    """A class of values: frozen, with slots, compared by what they hold (`eq`), in its order if so asked (`order`).

    Fields are given as for `dataclasses.dataclass`; `kw_only` and `InitVar` are not for them.

        >>> @frozen
        ... class Place:
        ...     code: str
        ...     name: str = field(default="", compare=False)
        >>> Place("SE", "Sweden") == Place("SE")
        True
        >>> Place("SE").code = "FR"
        Traceback (most recent call last):
        dataclasses.FrozenInstanceError: cannot assign to field 'code'
    """
    if cls is None:
        return lambda cls: _made(cls, eq=eq, order=order)
    return _made(cls, eq=eq, order=order)


def _made(declared: type[Any], *, eq: bool, order: bool) -> type[Any]:
    own = frozenset(declared.__dict__)
    cls = dataclass(init=False, repr=False, eq=False, slots=True)(declared)
    held = fields(cls)
    setters = {each.name: getattr(cls, each.name).__set__ for each in held}
    methods: dict[str, Callable[..., Any]] = {
        "__init__": _init(cls, held, setters),
        "__repr__": _repr(tuple(each.name for each in held if each.repr)),
        "__setattr__": _cannot("assign to"),
        "__delattr__": _cannot("delete"),
        "__reduce__": _made_again(_reader(tuple(each.name for each in held if each.init))),
    }
    compared = _reader(tuple(each.name for each in held if each.compare))
    if eq:
        methods["__eq__"] = _comparison(compared, operator.eq)
        methods["__hash__"] = lambda self: hash(compared(self))
    if order:
        for name in ("lt", "le", "gt", "ge"):
            methods[f"__{name}__"] = _comparison(compared, getattr(operator, name))
    for name, method in methods.items():
        if name not in own:
            setattr(cls, name, method)
    return cls


def _reader(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads these fields of a value, as one tuple."""
    if len(names) > 1:
        return operator.attrgetter(*names)
    if not names:
        return lambda self: ()
    only = operator.attrgetter(*names)
    return lambda self: (only(self),)


def _init(
    cls: type[Any], held: tuple[Field[Any], ...], setters: dict[str, Callable[..., None]]
) -> Callable[..., None]:
    """`__init__` of a class, the one method that is compiled for it."""
    given, body = [], []
    known: dict[str, Any] = {"_MISSING": MISSING}
    for each in held:
        name = each.name
        known[f"_set_{name}"] = setters[name]
        if each.default_factory is not MISSING:
            known[f"_make_{name}"] = each.default_factory
            given.append(f"{name}=_MISSING")
            body.append(f"_set_{name}(self, _make_{name}() if {name} is _MISSING else {name})")
        elif each.init:
            known[f"_default_{name}"] = each.default
            given.append(name if each.default is MISSING else f"{name}=_default_{name}")
            body.append(f"_set_{name}(self, {name})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    lines = (f"def __init__({', '.join(('self', *given))}):", *(body or ["pass"]))
    exec("\n ".join(lines), known)
    init: Callable[..., None] = known["__init__"]
    init.__module__ = cls.__module__
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {each.name: each.type for each in held if each.init} | {"return": None}
    return init


def _repr(names: tuple[str, ...]) -> Callable[[Any], str]:
    def text(self: Any) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({said})"

    return text


def _cannot(do: str) -> Callable[..., NoReturn]:
    def refused(self: Any, name: str, *_: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot {do} field {name!r}")

    return refused


def _made_again(given: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any], tuple[Any, ...]]:
    """What `pickle` and `copy` ask: a value is made again as it was made."""
    return lambda self: (type(self), given(self))


def _comparison(
    compared: Callable[[Any], tuple[Any, ...]], holds: Callable[[Any, Any], bool]
) -> Callable[[Any, object], bool]:
    def comparison(self: Any, other: object) -> bool:
        if other.__class__ is self.__class__:
            return holds(compared(self), compared(other))
        return NotImplemented  # type: ignore[no-any-return]

    return comparison
