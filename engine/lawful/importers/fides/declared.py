"""Declared: what a privacy declaration of a system says."""

from __future__ import annotations

from collections import Counter

from lawful.system.document.pointed import Pointed
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen

__all__ = ["Declaration", "is_shared", "references"]


@frozen
class Declaration:
    """What a system does with which data of whom, for what, and where they come from and go to."""

    at: Pointed
    data: tuple[s.Name, ...]
    whose: tuple[s.Name, ...]
    uses: s.Pairing


def references(declaration: Declaration) -> list[Pointed]:
    """The datasets, or parts of them, that it says to use."""
    return list(declaration.at.texts("dataset_references"))


def is_shared(declaration: Declaration, left: Counter[str]) -> bool:
    """Whether data go to third parties: it is said, or who or which they are is, and not the opposite."""
    said = declaration.at.at("data_shared_with_third_parties").value
    told = any(declaration.at.at(word).value for word in ("third_parties", "shared_categories"))
    left["third parties of declarations that say that nothing is shared: left out"] += (
        told and said is False
    )
    return said is True or (said is None and told)
