"""Expressions: values, what is reached from them, lists, maps, texts with expressions in them."""

from __future__ import annotations

import math
import re

from lawful.importers._hcl.cursor import BLANK, LINES, Cursor
from lawful.importers._hcl.syntax import (
    Call,
    Choice,
    Comprehension,
    Expression,
    Items,
    Literal,
    Object,
    Operation,
    Template,
    Traversal,
)
from lawful_dsl.source import Source

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_SIGN = re.compile(r"==|!=|<=|>=|&&|\|\||[-+*/%<>]")
_HEREDOC = re.compile(r"<<-?(?P<name>[^\W\d][\w-]*)[ \t\r]*\n")
_PLAIN = re.compile(r"(?:[^\"\\$%\n]|\$\$\{|%%\{|\$(?!\{)|%(?!\{))+")
_LINE = re.compile(r"(?:[^$%]|\$\$\{|%%\{|\$(?!\{)|%(?!\{))+")
_ESCAPE = re.compile(r"\\(?:u(?P<four>[0-9a-fA-F]{4})|U(?P<eight>[0-9a-fA-F]{8})|(?P<one>.))")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_WORDS = {"true": True, "false": False, "null": None}


class Expressions(Cursor):
    """A cursor that reads expressions."""

    def expression(self, *, lines: bool = True) -> Expression:
        """An expression; `lines` is whether it may go on in the next line."""
        self.enter()
        blank = LINES if lines else BLANK
        operands, signs = [self.operand(lines)], []
        while True:
            start = self.position
            self.skip(blank)
            sign = _SIGN.match(self.text, self.position)
            if sign is None or self.text.startswith(("//", "/*"), self.position):
                break
            self.position = sign.end()
            self.skip(LINES)
            signs.append(sign[0])
            operands.append(self.operand(lines))
        found = operands[0] if not signs else Operation(tuple(signs), tuple(operands))
        if self.peek("?"):
            self.position += 1
            found = self.choice(found, lines)
        else:
            self.position = start
        self.depth -= 1
        return found

    def choice(self, condition: Expression, lines: bool) -> Expression:
        """What comes after the `?`."""
        self.skip(LINES)
        yes = self.expression(lines=lines)
        self.skip(LINES)
        if not self.take(":"):
            self.fail(
                "here should be the `:` of this choice", "write what holds otherwise after it"
            )
        self.skip(LINES)
        return Choice(condition, yes, self.expression(lines=lines))

    def operand(self, lines: bool) -> Expression:
        """A value with what is reached from it."""
        found = self.value()
        steps: list[str | Expression] = []
        while True:
            start = self.position
            self.skip(LINES if lines else BLANK)
            if self.peek("[") and (self.position == start or lines):
                steps.append(self.index())
            elif self.peek(".") and not self.peek("..."):
                self.position += 1
                self.skip(BLANK)
                if self.take("*"):
                    steps.append("[*]")
                elif digits := re.compile(r"\d+").match(self.text, self.position):
                    self.position = digits.end()
                    steps.append(f"[{digits[0]}]")
                else:
                    steps.append(self.name("here should be the name of an attribute"))
            else:
                self.position = start
                break
        if not steps:
            return Traversal(found, ()) if isinstance(found, str) else found
        return Traversal(found, tuple(steps))

    def index(self) -> str | Expression:
        """A key in brackets."""
        self.position += 1
        self.skip(LINES)
        if self.take("*"):
            found: str | Expression = "[*]"
        else:
            key = self.expression()
            found = key
            if isinstance(key, Literal) and isinstance(key.value, int):
                found = f"[{key.value}]"
            elif isinstance(key, Literal) and isinstance(key.value, str):
                quoted = key.value.replace("\\", "\\\\").replace('"', '\\"')
                found = f'["{quoted}"]'
        self.skip(LINES)
        if not self.take("]"):
            self.fail("this `[` is not closed", "write `]` after the key")
        return found

    def value(self) -> str | Expression:
        """A literal, a list, a map, a call, something in parentheses; or a name, as a text."""
        here = self.text[self.position : self.position + 1]
        if here == '"':
            return self.quoted()
        if here == "[":
            return self.items()
        if here == "{":
            return self.object()
        if here == "(":
            self.position += 1
            self.skip(LINES)
            found = self.expression()
            self.skip(LINES)
            if not self.take(")"):
                self.fail("this `(` is not closed", "write `)` after it")
            return found
        if here in ("!", "-") and here:
            self.position += 1
            self.skip(BLANK)
            self.enter()
            negated = self.operand(False)
            self.depth -= 1
            return Operation((here,), (negated,))
        if number := _NUMBER.match(self.text, self.position):
            self.position = number.end()
            exact = number[0].isdecimal() and len(number[0]) < 19
            value = int(number[0]) if exact else float(number[0])
            return Literal(value if math.isfinite(value) else number[0])
        if heredoc := _HEREDOC.match(self.text, self.position):
            return self.heredoc(heredoc)
        name = self.name("here should be a value")
        while self.take("::"):  # a function of a provider
            name = f"{name}::{self.name('here should be the name of a function')}"
        if self.peek("("):
            return self.call(name)
        return Literal(_WORDS[name]) if name in _WORDS and not self.peek(".") else name

    def call(self, name: str) -> Expression:
        """The arguments of a function."""
        self.position += 1
        arguments: list[Expression] = []
        while True:
            self.skip(LINES)
            if self.take(")"):
                return Call(name, tuple(arguments))
            arguments.append(self.expression())
            self.skip(LINES)
            self.take("...")
            self.skip(LINES)
            if not self.take(",") and not self.peek(")"):
                self.fail(f"the arguments of `{name}` are not closed", "write `)` after them")

    def items(self) -> Expression:
        """A list, or what `for` makes one."""
        self.position += 1
        self.skip(LINES)
        if self.peek_word("for"):
            return self.comprehension("]")
        found = []
        while not self.take("]"):
            found.append(self.expression())
            self.skip(LINES)
            if not self.take(",") and not self.peek("]"):
                self.fail("this list is not closed", "write `]` after it")
            self.skip(LINES)
        return Items(tuple(found))

    def object(self) -> Expression:
        """A map, or what `for` makes one."""
        self.position += 1
        self.skip(LINES)
        if self.peek_word("for"):
            return self.comprehension("}")
        found = []
        while not self.take("}"):
            key = self.expression()
            if isinstance(key, Traversal) and isinstance(key.root, str) and not key.steps:
                key = Literal(key.root)
            self.skip(LINES)
            if not self.take(":") and not self.take("="):
                self.fail("here should be `=` and the value of this key", "write both")
            self.skip(LINES)
            found.append((key, self.expression(lines=False)))
            self.skip(LINES)
            self.take(",")
            self.skip(LINES)
            if self.position >= len(self.text):
                self.fail("this map is not closed", "write `}` after it")
        return Object(tuple(found))

    def comprehension(self, closing: str) -> Expression:
        """`for a, b in c : d => e if f`, up to what closes it."""
        self.position += len("for")
        names: list[str] = []
        while not names or self.take(","):
            self.skip(LINES)
            names.append(self.name("here should be a name"))
            self.skip(LINES)
        if not self.peek_word("in"):
            self.fail("here should be `in`", "say what the `for` goes through")
        self.position += len("in")
        self.skip(LINES)
        over = self.expression()
        self.skip(LINES)
        if not self.take(":"):
            self.fail("here should be the `:` of this `for`", "say what it makes after it")
        self.skip(LINES)
        key, value = None, self.expression()
        self.skip(LINES)
        if self.take("=>"):
            self.skip(LINES)
            key, value = value, self.expression()
            self.skip(LINES)
        grouped = self.take("...")
        self.skip(LINES)
        condition = None
        if self.peek_word("if"):
            self.position += len("if")
            self.skip(LINES)
            condition = self.expression()
            self.skip(LINES)
        if not self.take(closing):
            self.fail("this `for` is not closed", f"write `{closing}` after it")
        return Comprehension(tuple(names), over, key, value, condition, grouped)

    # --- texts ------------------------------------------------------------------------------------

    def quoted(self) -> Expression:
        """A text in quotes."""
        span = self.span()
        self.position += 1
        parts: list[Expression] = []
        while not self.take('"'):
            if plain := _PLAIN.match(self.text, self.position):
                self.position = plain.end()
                parts.append(Literal(_unmarked(plain[0])))
            elif escape := _ESCAPE.match(self.text, self.position):
                self.position = escape.end()
                parts.append(Literal(self.escaped(escape)))
            elif self.peek("${") or self.peek("%{"):
                parts += self.inserted()
            else:
                self.fail("this text is not closed", 'write `"` after it', span)
        return _template(parts)

    def escaped(self, escape: re.Match[str]) -> str:
        """The character that an escape stands for."""
        code = escape["four"] or escape["eight"]
        if code is None:
            return _ESCAPES.get(escape["one"], escape[0])
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"

    def heredoc(self, opening: re.Match[str]) -> Expression:
        """A text of several lines, up to the line that has its name."""
        span = self.span()
        closing = re.compile(rf"^[ \t]*{re.escape(opening['name'])}[ \t\r]*$", re.MULTILINE)
        end = closing.search(self.text, opening.end())
        if end is None:
            self.fail(
                "this text is not closed", f"write `{opening['name']}` on a line after it", span
            )
        self.position = opening.end()
        parts = self.until(end.start())
        self.position = end.end()
        return _template(parts)

    def until(self, end: int) -> list[Expression]:
        """The parts of a text without quotes, up to where it ends."""
        parts: list[Expression] = []
        while self.position < end:
            plain = _LINE.match(self.text, self.position, end)
            if plain:
                self.position = plain.end()
                parts.append(Literal(_unmarked(plain[0])))
            else:
                parts += self.inserted()
        return parts

    def inserted(self) -> list[Expression]:
        """`${ expression }`, or a word of a directive (`%{ if a }`) with its expression."""
        span = self.span()
        directive = self.peek("%{")
        self.position += 2
        self.take("~")
        self.skip(LINES)
        found: list[Expression]
        if directive:
            word = self.name("here should be a directive")
            self.skip(LINES)
            if word == "for":
                while not self.peek_word("in"):
                    self.name("here should be a name")
                    self.skip(LINES)
                    self.take(",")
                    self.skip(LINES)
                self.position += len("in")
                self.skip(LINES)
            operands = (self.expression(),) if word in ("if", "for") else ()
            found = [Operation((word,), operands)]
        else:
            found = [self.expression()]
        self.skip(LINES)
        self.take("~")
        if not self.take("}"):
            self.fail("this expression in a text is not closed", "write `}` after it", span)
        return found


def whole_text(source: Source) -> Expression:
    """A text that is a template as a whole; one that is an expression only is that expression."""
    parts = Expressions(source).until(len(source.text))
    return parts[0] if len(parts) == 1 else _template(parts)


def _unmarked(text: str) -> str:
    return text.replace("$${", "${").replace("%%{", "%{")


def _template(parts: list[Expression]) -> Expression:
    """A text, as one value where there is no expression in it."""
    if all(isinstance(part, Literal) for part in parts):
        return Literal("".join(str(part.value) for part in parts if isinstance(part, Literal)))
    return Template(tuple(parts))
