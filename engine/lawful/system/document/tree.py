"""Tree: the syntax tree of a document."""

from __future__ import annotations

from collections.abc import Iterable

from lawful.system.document import schema as d
from lawful.system.document.declared import declarations
from lawful.system.document.pieces import At, label, name, plain
from lawful_dsl import syntax as s
from lawful_dsl.source import Span


def tree(
    document: d.Document,
    file: str,
    nodes: Iterable[s.NodeDecl] = (),
    flows: Iterable[s.FlowDecl] = (),
) -> s.Flows:
    """The syntax tree of a document; spans are pointers into the file.

    `nodes` and `flows` are those that were read already, and are not in the document.
    """
    at = At(file)
    statements: list[s.FlowStatement] = []
    if document.system is not None:
        statements.append(_system(document.system, at / "system"))
    if document.use:
        statements.append(s.Use(plain(document.use, at / "use"), (at / "use").span))
    statements += declarations(document, at, nodes, flows)
    statements += (_waiver(w, at / "waivers" / n) for n, w in enumerate(document.waivers))
    statements += _expected(document.expected, at / "expected")
    statements += (_test(t, at / "tests" / n) for n, t in enumerate(document.tests))
    return s.Flows(tuple(statements), Span(file))


def _system(said: d.System, at: At) -> s.System:
    return s.System(
        name(said.name, at / "name"),
        label(said.label, at),
        plain(said.policies, at / "policies"),
        said.as_of or "",
        at.span,
    )


def _waiver(said: d.Waiver, at: At) -> s.Waive:
    owner = s.Text(said.owner, "", (at / "owner").span) if said.owner is not None else None
    because = s.Text(said.because, "", (at / "because").span)
    rule, where = name(said.rule, at / "rule"), plain(said.at, at / "at")
    return s.Waive(rule, plain(said.of, at / "of"), where, owner, because, said.until, at.span)


def _test(said: d.Test, at: At) -> s.Test:
    return s.Test(
        s.Text(said.label, "", (at / "label").span),
        plain(said.clauses, at / "clauses"),
        tuple(declarations(said, at)),
        _expected(said.expected, at / "expected"),
        at.span,
    )


def _expected(said: list[d.Expectation], at: At) -> tuple[s.Expect, ...]:
    return tuple(
        s.Expect(
            each.verdict,
            plain(each.rules, at / n / "rules"),
            each.on or "",
            tuple(declarations(each, at / n)),
            (at / n).span,
        )
        for n, each in enumerate(said)
    )
