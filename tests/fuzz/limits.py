"""Limits: what nobody writes by hand: too long, too deep, too much of it; each in one file."""

from __future__ import annotations

_SYSTEM = "system s for policy p\nparty us_co in FR\nus_co {\n  store db\n}\n"
_POLICY = "policy p\n  by us_co\nuse tiny\n"
_DOCUMENT = '{"lawful": 1, "system": {"name": "s", "policies": ["p"]}, "nodes": '
_WHOLE = '{"id": "a", "kind": "store"}'

#: Systems by the names of their files, and what is said of each first.
SYSTEMS: dict[str, tuple[str, str]] = {
    "deep-period.flow": (
        f"{_SYSTEM}store a retention {'(' * 10_000}1 day{')' * 10_000}\n",
        "the parentheses are nested too deeply",
    ),
    "deep-blocks.flow": (_SYSTEM + "a {\n" * 10_000, "this block is not closed"),
    "long-line.flow": (f"{_SYSTEM}use {'a, ' * 400_000}a\n", "this line is too long to be read"),
    "long-name.flow": (f"{_SYSTEM}store {'a' * 1_000_000}  nowhere\n", "`nowhere` is not known"),
    "long-text.flow": (f'{_SYSTEM}store a "{"b" * 1_000_000}\n', "this text is not closed"),
    "brackets.flow": (_SYSTEM + "[" * 1_000_000, "`[` does not belong here"),
    "marks.flow": (_SYSTEM + "\u202e" * 1_000_000, "a hidden character"),
    "errors.flow": (_SYSTEM + "x y z\n" * 100_000, "`y` does not belong here"),
    "unknown.flow": (_SYSTEM + "db -> ghost : nothing\n" * 1_000, "no node or party `ghost`"),
    "open-blocks.flow": (_SYSTEM + "a {\n\nb -> c\n" * 1_000, "this block is not closed"),
    "deep.json": ("[" * 100_000, "this JSON is nested too deeply"),
    "deep-period.json": (
        _DOCUMENT + '[{"id": "a", "kind": "store", "retention": [{"period": '
        + '{"choose": "else", "of": [' * 1000 + '"unlimited"' + "]}" * 1000 + "}]}]}",
        "this JSON is nested too deeply",
    ),
    "as-deep-as-may-be.json": (
        _DOCUMENT + '[{"id": "a", "kind": "store", "retention": [{"period": '
        + '{"choose": "else", "of": [' * 90 + '"no"' + "]}" * 90 + "}]}]}",
        "`no` is not what is expected here",
    ),
    "number.json": (f"{_DOCUMENT}{'9' * 1_000_000}}}", "it has a number that is too large"),
    "twice.json": ("{" + '"a": 1, ' * 100_000 + '"a": 1}', "the key `a` is said twice"),
    "halves.json": ("[" + '"\\ud800", ' * 50_000 + "1]", "this text has half of a character in it"),
    "errors.json": (
        _DOCUMENT + "[" + '{"id": "a", "knd": 1}, ' * 20_000 + _WHOLE + "]}",
        "`knd` is no key of this",
    ),
}  # fmt: skip

#: Policies, in the same way.
POLICIES: dict[str, tuple[str, str]] = {
    "deep-condition.law": (
        f"{_POLICY}forbid use of email when {'(' * 10_000}known{')' * 10_000}\n",
        "the parentheses are nested too deeply",
    ),
    "deep-not.law": (
        f"{_POLICY}forbid use of email when {'not ' * 10_000}known\n",
        "this is nested too deeply",
    ),
    "deep-blocks.law": (
        _POLICY + "forbid use\n" + "".join(f"{' ' * n}unless in a\n" for n in range(1, 1_000)),
        "the blocks are nested too deeply",
    ),
    "long-condition.law": (
        f"{_POLICY}forbid use when {'known or ' * 20_000}known\n",
        "this condition is too long",
    ),
    "errors.law": (_POLICY + "x y z\n" * 100_000, "`x` begins no statement"),
    "unknown.law": (_POLICY + "forbid use of ghost\n" * 500, "`ghost` is not known"),
    "columns.law": (f"{_POLICY}closed c: use\n  |{' x |' * 50_000}\n", "`x` does not belong here"),
}
