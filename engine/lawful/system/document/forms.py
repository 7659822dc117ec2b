"""Forms: items that are written as one before them, but for some names, are read without being decoded.

A large document is written by a program, in one order of keys and with one spacing, and says much the same many times
over. What an item says besides its names is then the very text of an earlier one.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import Generic, TypeVar

from lawful.system.document.members import Items, spans

Said = TypeVar("Said", bound=Hashable)

#: So many items before one tell which form is tried for it; so many such runs of items are remembered.
RUN, RUNS = 4, 10_000


class Form(Generic[Said]):
    """How an item is written: the pieces of text around the names of some `keys`; what any such item says besides."""

    __slots__ = ("_first", "_others", "keys", "said")

    def __init__(self, keys: Sequence[str], pieces: Sequence[str], said: Said) -> None:
        self.keys = tuple(keys)
        self.said = said
        self._first, *self._others = pieces

    def read(self, text: str, at: int) -> tuple[list[str], int] | None:
        """The names in the item that begins at a place, and where the next one begins; none if it is of another form.

        The names are as they are written.
        """
        if not text.startswith(self._first, at):
            return None
        at += len(self._first)
        names = []
        for piece in self._others:
            end = text.find('"', at)
            if not text.startswith(piece, end):
                return None
            names.append(text[at:end])
            at = end + len(piece)
        return names, at


def form_of(text: str, start: int, end: int, own: Collection[str], said: Said) -> Form[Said] | None:
    """The form of an item that stands there, whose names are under its `own` keys; none where these are none."""
    keys, pieces = [], []
    for key, value, first, last in spans(text, start):
        if key in own and value is not None:
            if type(value) is not str:
                return None
            keys.append(key)
            pieces.append(text[start : first + 1])
            start = last - 1
    return Form(keys, (*pieces, text[start:end]), said)


class Forms(Generic[Said]):
    """The forms of what is said more than once in a list, and which of them comes where."""

    def __init__(self, own: Collection[str]) -> None:
        self._own = own
        self._met: set[Said] = set()
        self._forms: dict[Said, Form[Said] | None] = {}
        self._behind: dict[tuple[Form[Said] | None, ...], Form[Said] | None] = {}
        self._run: tuple[Form[Said] | None, ...] = ()

    def likely(self) -> Form[Said] | None:
        """The form of what came last behind such items as those that were read last."""
        return self._behind.get(self._run)

    def went_on(self, form: Form[Said] | None) -> None:
        """The next item was read, and has this form, or none that is known."""
        self._run = (*self._run[1 - RUN :], form)

    def learn(self, items: Items, start: int, said: Said) -> Form[Said] | None:
        """The form of an item that was decoded, which began there and says that."""
        if said in self._met and said not in self._forms and items.more:
            self._forms[said] = form_of(items.text, start, items.at, self._own, said)
        self._met.add(said)
        form = self._forms.get(said)
        if self._run in self._behind or len(self._behind) < RUNS:
            self._behind[self._run] = form
        return form
