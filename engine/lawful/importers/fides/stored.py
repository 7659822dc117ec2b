"""Stored: what a dataset has, of whom and for what, as it, its collections and its fields say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawful.importers._words import plain
from lawful.system.document.pointed import Pointed
from lawful_dsl.frozen import frozen

__all__ = ["Part", "part_of", "parts"]


@frozen
class Part:
    """A dataset, a collection or a field: what is said of whom and for what there holds of all within."""

    at: Pointed
    subjects: tuple[Pointed, ...] = ()
    uses: tuple[Pointed, ...] = ()

    @property
    def inner(self) -> list[Pointed]:
        """The collections and fields in it."""
        return [*self.at.each("collections"), *self.at.each("fields")]


def parts(at: Pointed) -> Iterator[Part]:
    """A dataset, collection or field, and all that is in it."""
    waiting = [Part(at)]
    while waiting:
        around = waiting.pop()
        one = Part(
            around.at,
            (*around.subjects, *around.at.texts("data_subjects")),
            (*around.uses, *around.at.texts("data_uses")),
        )
        yield one
        waiting += (Part(each, one.subjects, one.uses) for each in one.inner)


def part_of(dataset: Pointed, path: Sequence[str]) -> Pointed | None:
    """The collection of a dataset that a reference names, or a field of it."""
    part: Pointed | None = dataset
    for depth, name in enumerate(path):
        inner = part.each("fields" if depth else "collections") if part else iter(())
        part = next((each for each in inner if plain(each.text("name", "")) == name), None)
    return part
