"""Comments: each is set beside the line that it stood beside, and blank lines are kept."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from lawful_dsl.format.page import NO_PLACE, Page, Place
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

INDENT = 2


@frozen
class Row:
    """A line in cells that is aligned with its neighbours of the same kind; the tail is not."""

    kind: str
    cells: tuple[str, ...]
    tail: tuple[str, ...] = ()


@frozen
class Item:
    """What is printed on a line of its own, broken over several where it is too wide.

    `at` is where it stood, `also` where else something of it stood. `loose` asks for a blank line
    before it where there is no source to say so; `closes` is a closing brace. A row has its lines
    once it is aligned.
    """

    indent: int
    lines: tuple[str, ...] = ()
    at: Place = NO_PLACE
    also: tuple[Place, ...] = ()
    row: Row | None = None
    loose: bool = False
    closes: bool = False


@frozen
class Entry:
    """An item, with the comment at its end, or else a comment on its own line."""

    indent: int
    item: Item | None
    comment: str = ""
    blank: bool = False


@frozen
class _Comment:
    text: str
    indent: int
    blank: bool
    hoisted: bool = False


def weave(items: Sequence[Item], page: Page) -> tuple[Entry, ...]:
    """The items with the comments and the blank lines of the page between them."""
    before: defaultdict[int, list[_Comment]] = defaultdict(list)
    after: defaultdict[int, list[_Comment]] = defaultdict(list)
    beside: dict[int, str] = {}
    anchors = _Anchors(items, page)
    for span, text in page.comments:
        anchors.place(span, text.rstrip(), before, beside, after)
    if not items:
        rest = [comment for comments in before.values() for comment in comments]
        return _settle([_own(comment) for comment in rest])
    entries: list[Entry] = []
    for index, item in enumerate(items):
        blank = _blank(item, page)
        for comment in before[index]:
            if comment.hoisted:  # from within the item, so it takes the place before it
                entries.append(Entry(comment.indent, None, comment.text, blank))
                blank = False
            else:
                entries.append(_own(comment))
        entries.append(Entry(item.indent, item, beside.get(index, ""), blank))
        entries += [_own(comment) for comment in after[index]]
    return _settle(entries)


def _blank(item: Item, page: Page) -> bool:
    if item.at == NO_PLACE:
        return item.loose
    return page.starts(*item.at) and page.is_blank(item.at[0] - 1)


def _own(comment: _Comment) -> Entry:
    return Entry(comment.indent, None, comment.text, comment.blank)


def _settle(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """No blank line at the beginning of the text or of a block, or at the end of one in braces."""
    settled: list[Entry] = []
    for entry in entries:
        blank = (
            entry.blank
            and bool(settled)
            and entry.indent <= settled[-1].indent
            and not (entry.item and entry.item.closes)
        )
        settled.append(Entry(entry.indent, entry.item, entry.comment, blank))
    return tuple(settled)


class _Anchors:
    """Where the items stood, in the order of the source, and how far each reached."""

    def __init__(self, items: Sequence[Item], page: Page) -> None:
        self.items, self.page = items, page
        found = [(item.at, index, True) for index, item in enumerate(items) if item.at != NO_PLACE]
        found += [(place, i, False) for i, item in enumerate(items) for place in item.also]
        found.sort()
        self.starts = [place for place, _, _ in found]
        self.owners = [index for _, index, _ in found]
        self.first = [first for _, _, first in found]

    def end(self, anchor: int) -> int:
        """The last line of what begins at the anchor."""
        following = self.starts[anchor + 1][0] if anchor + 1 < len(self.starts) else 1 << 60
        return self.page.last_code(self.starts[anchor][0], following)

    def place(
        self,
        span: Span,
        text: str,
        before: defaultdict[int, list[_Comment]],
        beside: dict[int, str],
        after: defaultdict[int, list[_Comment]],
    ) -> None:
        """Set a comment before an item, beside it or after it."""
        page = self.page
        anchor = bisect_left(self.starts, (span.line, span.column)) - 1
        own = page.starts(span.line, span.column)
        blank = own and page.is_blank(span.line - 1)
        if anchor >= 0:
            owner = self.owners[anchor]
            if not own and self.first[anchor] and span.line == self.end(anchor):
                beside[owner] = text
                return
            if not own or span.line < self.end(anchor):
                before[owner].append(self._before(owner, text, blank, hoisted=True))
                return
            column = page.margin(span.line, span.column)
            block = self._block(anchor, column)
            if block is not None:
                after[owner].append(_Comment(text, block, blank))
                return
        following = self.owners[anchor + 1] if anchor + 1 < len(self.owners) else 0
        before[following].append(self._before(following, text, blank))

    def _before(self, owner: int, text: str, blank: bool, hoisted: bool = False) -> _Comment:
        if not self.items:
            return _Comment(text, 0, blank)
        item = self.items[owner]
        return _Comment(text, item.indent + INDENT * item.closes, blank, hoisted)

    def _block(self, anchor: int, column: int) -> int | None:
        """The indent of the block that ends here and that a comment at this margin stands in."""
        last = anchor + 1 == len(self.starts)
        following = -1 if last else self.page.margin(self.starts[anchor + 1][0])
        least = 1 << 60
        for index in range(anchor, -1, -1):
            margin = self.page.margin(self.starts[index][0])
            if not self.first[index] or margin >= least:
                continue
            least = margin
            if margin <= following:
                break
            if margin <= column:
                return self.items[self.owners[index]].indent
        return self.items[self.owners[anchor]].indent if last else None


def join(entries: Iterable[Entry]) -> str:
    """The text."""
    lines: list[str] = []
    for entry in entries:
        if entry.blank:
            lines.append("")
        if entry.item is None:
            lines.append(" " * entry.indent + entry.comment)
        else:
            lines += entry.item.lines
            if entry.comment:
                lines[-1] += "  " + entry.comment
    return "".join(f"{line}\n" for line in lines)
