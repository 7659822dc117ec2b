"""Parser: a text of HCL as a tree. What is not HCL raises `Rejected` with the place at which it is not."""

from __future__ import annotations

from lawful.importers._hcl.cursor import BLANK, LINES, NAME
from lawful.importers._hcl.expressions import Expressions
from lawful.importers._hcl.syntax import Attribute, Block, Body, Literal
from lawful_dsl.source import Source, Span


def parse(source: Source) -> Body:
    """What a text says."""
    parser = _Parser(source)
    body = parser.body()
    parser.skip(LINES)
    if parser.position < len(source.text):
        parser.fail("here nothing is open that this could close", "take it out")
    return body


class _Parser(Expressions):
    def body(self) -> Body:
        """Attributes and blocks, up to what closes them."""
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        while True:
            self.skip(LINES)
            if self.position >= len(self.text) or self.text[self.position] == "}":
                return Body(attributes, tuple(blocks))
            span = self.span()
            name = self.text_or_name("here should be a block or an attribute")
            self.skip(BLANK)
            if self.peek("=") and not self.peek("=="):
                self.position += 1
                self.skip(LINES)
                if name in attributes:
                    self.fail(f"`{name}` is said twice", "leave one of the two out", span)
                attributes[name] = Attribute(name, self.expression(lines=False), span)
                self.end(span)
            else:
                blocks.append(self.block(name, span))

    def block(self, type: str, span: Span) -> Block:
        """The labels of a block and what is in it."""
        labels = []
        while not self.peek("{"):
            labels.append(
                self.text_or_name(f"here should be `=`, or the `{{` of the block `{type}`")
            )
            self.skip(BLANK)
        self.enter()
        self.position += 1
        body = self.body()
        if not self.take("}"):
            self.fail("this block is not closed", "write `}` after it", span)
        self.depth -= 1
        return Block(type, tuple(labels), body, span)

    def end(self, span: Span) -> None:
        """An attribute ends with its line, or with the block that it is in."""
        self.skip(BLANK)
        if self.position < len(self.text) and self.text[self.position] not in "\n},":
            self.fail("this is not understood", "write one attribute to a line")
        self.take(",")

    def text_or_name(self, message: str) -> str:
        """A name, or a text without expressions."""
        if found := NAME.match(self.text, self.position):
            self.position = found.end()
            return found[0]
        if self.peek('"'):
            text = self.quoted()
            if isinstance(text, Literal):
                return str(text.value)
        return self.fail(message, "name it")
