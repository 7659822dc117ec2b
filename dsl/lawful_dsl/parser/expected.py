"""Expected: a place at which the parser stopped, in plain words: what is there and what may be."""

from __future__ import annotations

import re
import unicodedata

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from lawful_dsl.diagnostics import Diagnostic, near
from lawful_dsl.parser.remedies import guarded, indented, lineage, remedy, stepped_in, unclosed
from lawful_dsl.source import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


_PLAIN = {
    "NAME": "a name",
    "QUOTED": "a name",
    "STRING": 'a text in "double quotes"',
    "DATE": "a date such as 2024-04-08",
    "INT": "a whole number",
    "UNIT": "a unit such as `days` or `months`",
    "_NL": "the end of the line",
    "_INDENT": "an indented block",
    "_DEDENT": "the end of the block",
    "COMMA": "`,`",
    "VBAR": "`|`",
    "COLON": "`:`",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "LBRACE": "`{`",
    "RBRACE": "`}`",
    "OP": "a comparison such as `<` or `=`",
    "EQUALS": "`=`",
    "PLUS": "`+`",
    "OPEN": "`...`",
    "_OWNER": "`owner`",
    "SINCE": "`from` a date",
    "COMMA_FOR": "`, for`",
    "COMMA_WITH": "`, with`",
    "COLUMN": "a column: of, to, from, in, for, on, with, under, by, using, clause or retention",
    "$END": "the end of the text",
}

#: Words of which many are expected together, and what is said instead of them.
_GROUPS = (
    (
        frozenset({"of", "to", "from", "for", "with", "under", "using"}),
        "a part such as `of` or `to`",
    ),
    (frozenset({"forbid", "require", "define", "use"}), "a statement such as `use` or `forbid`"),
    (frozenset({"data", "subjects", "purposes"}), "a list such as `data` or `purposes`"),
    (frozenset({"party", "fact", "ignore", "use"}), "a statement such as `party` or `a -> b`"),
    (frozenset({"client", "service", "store"}), "a kind of node such as `service` or `store`"),
    (frozenset({"holds", "generates", "joins"}), "a property such as `for` or `holds`"),
    (frozenset({"masking", "encrypted", "unless", "mark"}), "a property such as `for` or `on`"),
)
_GROUPED = _words(
    "actual anything by certified collected for from guard in marked of on received residence "
    "seated to under using with vocabulary pack policy use attribute mapping define treat forbid "
    "require retain assert closed readings affirm clauses data subjects purposes parties places environments bases "
    "consents mechanisms measures certificates channels marks states products sites periods system "
    "party subject client device service store source recipient each fact correct ignore waive is site outside "
    "access retention holds generates joins keeps derives age not known state extern honours formerly "
    "encrypted pseudonymised aggregated anonymised decrypting masking tokenising mark unmark unless "
    "only consideration test expect"
)


#: The columns of a register.
_COLUMNS = _words("of to from in for on with under by using clause retention")
#: How the arrow of a flow is called among the words that are expected.
_ARROW = "->"
#: The words with which a statement begins; those of lists of terms by themselves.
LISTS = _words(
    "data subjects purposes parties places environments bases consents mechanisms measures "
    "certificates channels marks states products sites periods"
)
LAW_STATEMENTS = LISTS | _words(
    "vocabulary pack policy use attribute mapping define treat forbid require retain assert closed "
    "readings affirm clauses"
)
_FLOW_STATEMENTS = _words(
    "system use party subject client device service store source recipient each fact correct ignore waive "
    "test expect"
)


def diagnose(error: UnexpectedInput, text: str, file: str, parser: Lark) -> Diagnostic:
    """What is wrong where the parser stopped."""
    for otherwise in (lineage, guarded):
        said_otherwise = otherwise(text, file, max(error.line, 1), max(error.column, 1))
        if said_otherwise is not None:
            return said_otherwise
    words, expected = _expected(error, parser)
    open_bracket = _unclosed(error, text, file, expected)
    if open_bracket is not None:
        return open_bracket
    if isinstance(error, UnexpectedEOF) or (
        isinstance(error, UnexpectedToken) and error.token.type == "$END"
    ):
        line = text.rstrip().count("\n") + 1
        column = len(text.split("\n")[line - 1]) + 1
        span = Span(file, line, column, line, column + 1)
        return Diagnostic(f"the text ends too early; expected {expected}", span)
    line, column = max(error.line, 1), max(error.column, 1)
    if expected in _OPENINGS and not text.split("\n")[line - 1][: column - 1].strip():
        return _before(text, file, line, expected)
    stranger = _stranger(text, file, line, column, words, parser)
    if stranger is not None:
        return stranger
    if expected == _PLAIN["EQUALS"]:
        misspelt = _misspelt(text, file, line, column)
        if misspelt is not None:
            return misspelt
    if isinstance(error, UnexpectedToken):
        if error.token.type in ("_NL", "_INDENT", "_DEDENT"):
            return _at_line_end(error.token, text, file, expected)
        found = str(error.token)
    else:
        assert isinstance(error, UnexpectedCharacters)
        rest = text.split("\n")[line - 1][column - 1 :]
        word = re.match(r"[^\W\d]\w*|[0-9]+|\S", rest)
        found = word.group() if word else rest[:1]
        if found == '"' or found == "'":
            span = Span(file, line, column, line, column + len(rest))
            return Diagnostic("this text is not closed on its line", span, f"end it with {found}")
    span = Span(file, line, column, line, column + max(1, len(found)))
    if re.fullmatch(r"[0-9]{10,}", found):
        return Diagnostic("this number is too large", span, "write at most nine digits")
    if found and not found[0].isprintable():
        return Diagnostic(f"{_said(found)} does not belong here", span, "take it out")
    here = text.split("\n")[line - 1]
    help = remedy(found, here[: column - 1], words, _keywords(parser))
    if found == "->" and "->" not in words:
        help = stepped_in(here, text.split("\n")[: line - 1]) or help
    if not help and here[column - 1 + len(found) :].split()[:1] == ["prevails"]:
        help = "begin it at the margin: it is a statement of its own"
    if expected == _PLAIN["EQUALS"] and here[: column - 1].split():
        help = f"write `{here[: column - 1].split()[-1]} = {_short(found)}`"
    return Diagnostic(f"{_said(found)} does not belong here; expected {expected}", span, help)


#: What follows a name that owns a block or from which something flows.
_BLOCK_OR_FLOW = re.compile(r"\s*(\{|->|:)")


def _unclosed(error: UnexpectedInput, text: str, file: str, expected: str) -> Diagnostic | None:
    """The bracket that is to blame for a line of another statement, or for the end of the text."""
    bracket = "(" if "`)`" in expected else "{" if "`}`" in expected else ""
    if not bracket:
        return None
    token = error.token if isinstance(error, UnexpectedToken) else None
    if token is None or token.type in ("$END", "_NL", "_INDENT", "_DEDENT"):
        lines = text.rstrip().split("\n")
        if isinstance(error, UnexpectedCharacters):
            return None
        return unclosed(bracket, text, file, len(lines), len(lines[-1]) + 1)
    rest = text.split("\n")[error.line - 1][error.column - 1 + len(token) :]
    if bracket == "{" and near(token, _FLOW_STATEMENTS) and not _BLOCK_OR_FLOW.match(rest):
        return None
    return unclosed(bracket, text, file, max(error.line, 1), max(error.column, 1))


def _keywords(parser: Lark) -> frozenset[str]:
    """All keywords of the language."""
    return _words(" ".join(t.pattern.value for t in parser.terminals if t.name.isupper()))


#: What a line may open; where it is missing, the line itself is to blame, not the one after it.
_OPENINGS = (_PLAIN["_INDENT"], _PLAIN["VBAR"])


def _before(text: str, file: str, line: int, expected: str) -> Diagnostic:
    lines = text.split("\n")
    while line > 1 and not lines[line - 2].split("#")[0].strip():
        line -= 1
    line = max(line - 1, 1)
    column = len(lines[line - 1].rstrip()) + 1
    span = Span(file, line, column, line, column + 1)
    help = "indent the lines that belong to it" if expected == _PLAIN["_INDENT"] else ""
    return Diagnostic(f"the line ends too early; expected {expected}", span, help)


def place_of(token: Token, file: str) -> Span:
    """Where a token stands; of a line end, what comes after it."""
    line, column = token.line or 1, token.column or 1
    if token.type in ("_NL", "_INDENT", "_DEDENT"):
        line, column = token.end_line or line, token.end_column or column
        return Span(file, line, column, line, column + 1)
    return Span(file, line, column, token.end_line or line, token.end_column or column)


def _stranger(
    text: str, file: str, line: int, column: int, words: list[str], parser: Lark
) -> Diagnostic | None:
    """A line that begins with a word that begins nothing: the word after it is not to blame."""
    before = text.split("\n")[line - 1][: column - 1]
    first = re.fullmatch(r"([^\W\d][\w.-]*)\s*", before)
    if first is None or not (words == ["prevails"] or _ARROW in words):
        return None
    flow = _ARROW in words
    help = near(first[1], _FLOW_STATEMENTS if flow else LAW_STATEMENTS)
    if flow and not help:
        return None
    said = "a statement such as `party` or `a -> b`" if flow else _GROUPS[1][1]
    return Diagnostic(
        f"`{_short(first[1])}` begins no statement; expected {said}",
        Span(file, line, 1, line, 1 + len(first[1])),
        help if flow else indented(first[1]) or help,
    )


#: The words with which a term goes on; any other begins an attribute.
_OF_TERMS = _words("from iri is valid")


def _misspelt(text: str, file: str, line: int, column: int) -> Diagnostic | None:
    """A word of the line of a term that was read as the name of an attribute, for want of a letter."""
    before = text.split("\n")[line - 1][: column - 1]
    word = re.search(r"([^\W\d][\w.-]*)\s*(#.*)?$", before)
    help = near(word[1], _OF_TERMS) if word else ""
    if word is None or not help:
        return None
    return Diagnostic(
        f"`{_short(word[1])}` does not belong here; expected `from`, `iri`, `is`, `valid` "
        "or an attribute such as `risk = high`",
        Span(file, line, word.start() + 1, line, word.end(1) + 1),
        help,
    )


def _at_line_end(token: Token, text: str, file: str, expected: str) -> Diagnostic:
    lines = text.split("\n")
    if token.type == "_INDENT":
        return Diagnostic(
            "this line is indented, but the line above it opens no block",
            place_of(token, file),
            "align it with the line above it",
        )
    line = token.line or 1
    code = lines[line - 1].rstrip()
    column = len(code) + 1
    span = Span(file, line, column, line, column + 1)
    return Diagnostic(f"the line ends too early; expected {expected}", span)


def _expected(error: UnexpectedInput, parser: Lark) -> tuple[list[str], str]:
    """The keywords that could stand here, and a phrase that says so."""
    accepts = getattr(error, "accepts", None) or getattr(error, "expected", None)
    if isinstance(error, UnexpectedCharacters) and error.state is not None:
        # What the lexer allows is more than what the parser could go on with.
        accepts = InteractiveParser(parser, error.state, error.state.lexer).accepts()  # type: ignore[no-untyped-call]
    names = accepts or getattr(error, "allowed", None) or ()
    patterns = {t.name: t.pattern for t in parser.terminals}
    words: set[str] = set()
    plain: set[str] = set()
    columns: frozenset[str] = frozenset()
    for name in names:
        if name == "EQUALS" and "OP" in names:
            continue
        if name in _PLAIN:
            plain.add(_PLAIN[name])
            columns |= _COLUMNS if name == "COLUMN" else frozenset()
            continue
        pattern = patterns.get(name)
        value = pattern.value if pattern else name.lower()
        if value == _ARROW:
            plain.add(f"`{_ARROW}`")
        words.update(re.findall(r"[a-z_]{2,}|->", value))
    said = sorted(plain)
    left = set(words) - {_ARROW}
    for members, phrase in _GROUPS:
        if members <= left:
            left -= _GROUPED
            said.append(phrase)
    said += [f"`{word}`" for word in sorted(left)]
    if not said:
        return sorted(words | columns), "something else"
    if len(said) > 9:
        said = [*said[:8], "…"]
    return sorted(words | columns), ", ".join(said[:-1]) + (" or " if said[:-1] else "") + said[-1]


def _said(found: str) -> str:
    """The user's word in backticks; a character that cannot be seen, by its name."""
    if found and not found[0].isprintable():
        return f"a hidden character ({unicodedata.name(found[0], 'a control character').lower()})"
    return f"`{_short(found)}`"


def _short(text: str) -> str:
    first = text.split("\n")[0]
    return first if len(first) <= 40 else first[:39] + "…"
