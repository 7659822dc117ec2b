"""Sources: rules that name no clause of the text that they stand for, and messages not translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, Severity
from lawful_dsl.parser import Parsed
from lawful_dsl.source import Span

_RULES = (
    s.Forbid, s.Require, s.Passage, s.Reach, s.Retain, s.Assert, s.Closed, s.Readings
)  # fmt: skip


def find_unsourced(program: p.Program, laws: Sequence[Parsed[s.Law]]) -> Iterator[Diagnostic]:
    """The rules without clause and citation, and the messages that lack a language."""
    policies = {policy.span.file: policy for policy in program.policies}
    for law in laws:
        headers = [item for item in law.tree.statements if isinstance(item, s.Header)]
        texts = [name.text for header in headers for name in header.texts]
        languages = list(dict.fromkeys(["en", *texts]))
        for rule in law.tree.statements:
            if isinstance(rule, _RULES):
                if not _sourced(rule):
                    yield _warning(
                        "no-clause",
                        f"{_called(rule)} names no clause and no citation",
                        _head(rule, law),
                        "say where the text promises it: `clause ID` at the end of the line, "
                        'or `cite "Section"` beneath it',
                    )
                yield from _untranslated(rule, languages)
            elif isinstance(rule, s.Affirm):
                if not rule.meta.clauses and not rule.meta.cite:
                    yield _warning(
                        "no-clause",
                        f"nothing says where `{rule.rule}` is affirmed",
                        rule.span,
                        "name the clauses that promise it: `clause ID` at the end of the line, "
                        'or `cite "Section"` beneath it',
                    )
                policy = policies.get(law.source.file)
                if policy is not None:
                    yield from _unspoken(rule, policy, languages)


def _sourced(rule: s.Rule) -> bool:
    """Whether the rule, or else each thing that it is made of, has a source."""
    if rule.meta.clauses or rule.meta.cite:
        return True
    match rule:
        case s.Readings():
            inner = [reading for _, reading in rule.readings if reading is not None]
            return bool(inner) and all(map(_sourced, inner))
        case s.Closed():
            rows = [_row_cites(r, row) for r in rule.registers for row in r.rows]
            permits = [bool(permit.clauses) for permit in rule.permits]
            return bool(rows or permits) and all([*rows, *permits])
        case s.Assert():
            return False
        case _:
            return any(map(_cites, rule.exceptions))


def _row_cites(register: s.Register, row: s.Row) -> bool:
    return any(
        column.text == "clause" and cell.names
        for column, cell in zip(register.columns, row.cells, strict=False)
    )


def _cites(exception: s.Exception_) -> bool:
    return bool(exception.clauses) or any(map(_cites, exception.nested))


def _called(rule: s.Rule) -> str:
    if rule.id:
        return f"`{rule.id}`"
    return "this rule"


def _head(rule: s.Rule, law: Parsed[s.Law]) -> Span:
    """The first line of the rule."""
    span = rule.span
    line = law.source.line(span.line)
    return Span(span.file, span.line, span.column, span.line, len(line.rstrip()) + 1)


def _untranslated(rule: s.Rule, languages: Iterable[str]) -> Iterator[Diagnostic]:
    if rule.meta.because:
        said = {text.language for text in rule.meta.because}
        missing = [language for language in languages if language not in said]
        if missing:
            names = ", ".join(f"`{language}`" for language in missing)
            yield _warning(
                "message-missing",
                f"the message of {_called(rule)} is missing in {names}",
                rule.meta.because[0].span,
                f'add a line to `because`: `{missing[0]} "..."`',
            )
    if isinstance(rule, s.Readings):
        for _, reading in rule.readings:
            if reading is not None:
                yield from _untranslated(reading, languages)


def _unspoken(affirm: s.Affirm, policy: p.Policy, languages: Iterable[str]) -> Iterator[Diagnostic]:
    """An affirmed rule whose message, with what is added here, lacks a language of the policy."""
    said = {
        language
        for rule in policy.rules
        if rule.about.id == affirm.rule.text
        for language, _ in rule.about.messages
    }
    missing = [language for language in languages if language not in said]
    if said and missing:
        names = ", ".join(f"`{language}`" for language in missing)
        yield _warning(
            "message-missing",
            f"the message of `{affirm.rule}` is missing in {names}",
            affirm.rule.span,
            f'say it beneath: `because {missing[0]} "..."`',
        )


def _warning(code: str, message: str, span: Span, help: str) -> Diagnostic:
    return Diagnostic(message, span, help, Severity.WARNING, code=code)
