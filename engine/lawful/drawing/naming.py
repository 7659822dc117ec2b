"""Naming: what the picture calls terms, data and the things of a system."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lawful.drawing import style
from lawful.drawing.text import cut
from lawful.drawing.words import word
from lawful.system.model import Carried, Flow
from lawful_dsl.frozen import frozen
from lawful_dsl.vocabulary import Vocabulary

__all__ = ["Naming"]

#: Letters of one term in a label; the tooltip has it whole.
_TERM_LETTERS = 44


@frozen
class Naming:
    """The language of a picture and the vocabulary that has the labels of terms."""

    language: str = "en"
    vocabulary: Vocabulary | None = None

    def word(self, name: str) -> str:
        """One of the picture's own words."""
        return word(name, self.language)

    def term(self, name: str) -> str:
        """The label of a term, else its name as words.

        >>> Naming().term("card_number")
        'card number'
        """
        found = self.vocabulary.terms.get(name) if self.vocabulary is not None else None
        return found.label(self.language) if found is not None else name.replace("_", " ")

    def category(self, name: str) -> str:
        """A category as a report names it: a term, `other TERM`, a list, or one less others."""
        whole, less, excluded = name.partition(" except ")
        if less:
            text = self.word("except")
            return text.format(whole=self.category(whole), less=self.category(excluded))
        if ", " in name:
            return self.joined(self.category(part) for part in name.split(", "))
        known = self.vocabulary is not None and name in self.vocabulary.terms
        if name.startswith("other ") and not known:
            return self.word("other").format(term=self.term(name.removeprefix("other ")))
        return self.term(name)

    def joined(self, texts: Iterable[str]) -> str:
        """The texts as a list."""
        return self.word("comma").join(texts)

    def short(self, texts: Sequence[str], most: int) -> list[str]:
        """At most `most` of the texts, and how many more there are.

        >>> Naming().short(["a", "b", "c", "d"], 3)
        ['a', 'b', 'c', '+1']
        """
        shown = [cut(text, _TERM_LETTERS) for text in texts[:most]]
        return [*shown, *self.more(len(texts) - most)]

    def more(self, many: int) -> list[str]:
        """How many more there are; nothing when there are none."""
        return [self.word("more").format(many=many)] if many > 0 else []

    def carried(self, item: Carried, most: int | None = None) -> str:
        """A datum that a flow declares; of what it excludes at most `most`, or all."""
        whole = self.term(item.term) if item.term else self.word("everything")
        if not item.excluded:
            return whole
        less = [self.term(name) for name in item.excluded]
        shown = less if most is None else self.short(less, most)
        return self.word("except").format(whole=whole, less=self.joined(shown))

    def data(self, flow: Flow) -> list[str]:
        """What the flow says that it carries, in short; in brackets where it says nothing."""
        if flow.placing:
            return [self.word("placing").format(term=self.term(flow.placing))]
        if flow.carries is None:
            return [f"({self.word('everything')})"]
        if len(flow.carries) == 1 and flow.carries[0].excluded:
            return [self.carried(flow.carries[0], style.TERMS)]
        return self.short([self.carried(item, 1) for item in flow.carries], style.TERMS)

    def purposes(self, flow: Flow) -> list[str]:
        """The purposes of the flow, in short; empty where it declares none."""
        named = [self.term(use.purpose) for use in flow.uses if use.purpose]
        return self.short(named, style.PURPOSES)

    def changes(self, flow: Flow) -> list[str]:
        """What the flow does to the data on the way, in short."""
        texts = []
        for change in flow.changes:
            if change.result:
                texts.append(f"{self.term(change.source)} → {self.term(change.result)}")
            else:
                texts.append(self.form(change.operation))
        return self.short(texts, style.PURPOSES)

    def form(self, name: str) -> str:
        """A form, or the change to it."""
        try:
            return self.word(name)
        except KeyError:
            return self.term(name)
