"""The fixed words: kinds of event, forms, roles, kinds of node; states."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from lawful_dsl.frozen import frozen

End = Literal["source", "target"]


Who = Literal["subject", "source", "target"]


class EventKind(StrEnum):
    """The kinds of event."""

    COLLECTION = "collection"
    TRANSFER = "transfer"
    DISCLOSURE = "disclosure"
    STORAGE = "storage"
    USE = "use"
    JOIN = "join"
    PLACEMENT = "placement"


class Form(StrEnum):
    """The forms of a datum."""

    IDENTIFIABLE = "identifiable"
    ENCRYPTED = "encrypted"
    PSEUDONYMISED = "pseudonymised"
    AGGREGATED = "aggregated"
    ANONYMISED = "anonymised"


#: From the most telling to the least.
FORMS: tuple[Form, ...] = tuple(Form)


#: What a bare category in a rule means.
PERSONAL_FORMS: frozenset[Form] = frozenset(FORMS[:3])


#: The roles in which a party holds data, as they are written.
ROLES = ("controller", "joint_controller", "processor", "sub_processor", "conduit")


#: The roles of those who act for another.
ACTING_ROLES = frozenset({"processor", "sub_processor", "conduit"})


NODE_KINDS = ("subject", "client", "device", "service", "store", "source", "recipient")


@frozen(order=True)
class State:
    """A state: the term, what it is about (`sale`) and who holds it (`browser`); empty where not said."""

    term: str
    about: str = ""
    holder: str = ""

    def __str__(self) -> str:
        """As it is written: `opted_out of sale per browser`."""
        of = f" of {self.about}" if self.about else ""
        return self.term + of + (f" per {self.holder}" if self.holder else "")
