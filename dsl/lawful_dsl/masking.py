"""Masking: a line of a text that is not ours, with its form and without what it says.

A plan, a manifest or a composition has passwords in it, and messages end in the logs of others.
"""

from __future__ import annotations

import re

#: How the names of our texts end. What was never a file has a name such as `<text>`.
_OURS = (".law", ".flow")
_BUILT = "<"
#: What a setting is called, where a line begins with it: it is short, and what follows is its value.
_KEY = re.compile(
    r"""
    [\s{,]* (?:-\s+)*                                      # in a list, or where an object begins
    (?: "[A-Za-z_][\w.-]{0,39}" (?=\s*:)                   # of JSON
      | [A-Za-z_][\w.-]{0,39} (?=\s*(?: :(?:\s|$) | =\s*[^\s=] | \{ | \s["'] ))
    )
    """,
    re.VERBOSE,
)
#: A text in quotes, to its end or that of the line; or a character that is not of the form of a line.
_SAID = re.compile(r"""(["'])((?:\\.|(?!\1).)*)(\1?)|[^\s{}\[\](),:="']""")
_MASK = "*"


def is_ours(file: str) -> bool:
    """Whether a file is a policy or a system, by its name: then nothing in it is another tool's."""
    return file.endswith(_OURS) or file.startswith(_BUILT)


def masked(line: str) -> str:
    """The line with every value masked, character by character; the name of its setting is kept.

    >>> masked('  password = "hunter2"  # of db')
    '  password = "*******"  * ** **'
    >>> masked('{"password": "a b", 12: [true]')
    '{"password": "***", **: [****]'
    >>> masked("MIIEvgIBADANBgkqhkiG9w0BAQEFAASC=")
    '********************************='
    """
    key = _KEY.match(line)
    start = key.end() if key else 0
    return line[:start] + _SAID.sub(_hidden, line[start:])


def _hidden(said: re.Match[str]) -> str:
    return f"{said[1]}{_MASK * len(said[2])}{said[3]}" if said[1] else _MASK
