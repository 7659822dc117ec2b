"""The report as Markdown: for a comment on a pull request, and for the summary of a job.

The verdict first, then a table of what is broken, then what is undetermined, grouped by the facts
that are missing, then what is waived; each finding whole, folded away. It is never longer than a
comment may be: of what is left out it says how much there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from lawful.findings import Finding, Report, RuleResult, Verdict
from lawful.headlines import headline, headline_of_all, scope
from lawful.marking import block, clipped, code, tagged, words
from lawful.prose import count, happening, lacking, position, told, waived
from lawful.wording import ENGLISH, Wording
from lawful_dsl.frozen import frozen

__all__ = ["LIMIT", "MARK", "render"]

#: So many characters a comment may have on GitHub.
LIMIT = 65_536
#: What a script finds its own comment by, and no reader sees.
MARK = "<!-- lawful -->"
#: The longest line that tells of a whole system, before its escapes.
_LONGEST = 400
#: The longest cell of a table, before its escapes.
_CELL = 600


@frozen
class _Section:
    """A part of the comment: its beginning and end are there, of its items as many as there is room for.

    Room is given to the lowest `turn` first. Items are made when there is room for them.
    """

    turn: int
    begin: str
    number: int
    items: Iterable[str]
    end: str = "\n"


def render(
    reports: Sequence[Report],
    *,
    width: int = 80,
    colour: bool = False,
    strict: bool = False,
    wording: Wording = ENGLISH,
) -> str:
    """The comment; it is the same whether or not the check is strict."""
    several = len(reports) > 1
    told_of = reports[0] if len(reports) == 1 else None
    first = headline(told_of) if told_of else headline_of_all(reports)
    head = f"{MARK}\n### {_clipped(first.plain)}\n\n"
    if told_of:
        head += f"{_clipped(scope(told_of).plain)}\n\n"
    sections = [section for section in _sections(reports, several, wording) if section.number]
    return head + _fitted(sections, LIMIT - len(head))


def _sections(reports: Sequence[Report], several: bool, wording: Wording) -> Iterator[_Section]:
    found = [(report, finding) for report in reports for finding in report.findings]
    accepted = [each for each in found if each[1].waiver]
    found = [each for each in found if not each[1].waiver]
    broken = [each for each in found if each[1].verdict is Verdict.BROKEN]
    undetermined = [each for each in found if each[1].verdict is not Verdict.BROKEN]
    broken.sort(key=lambda each: _SEVERITIES.index(each[1].severity))
    notices = [(report, line) for report in reports for line in report.notices]
    undeclared = [(report, line) for report in reports for line in report.undeclared]
    unmet = [
        (report, rule)
        for report in reports
        for rule in report.rules
        if rule.verdict is Verdict.NOT_EXERCISED
    ]
    groups = tuple(_groups([finding for _, finding in undetermined]))

    def details(turn: int, those: Sequence[tuple[Report, Finding]]) -> _Section:
        return _Section(turn, "", len(those), (_details(*e, several, wording) for e in those))

    if several:
        yield _Section(0, "", len(reports), map(_system, reports))
    rows = (_row(report, finding, several, wording) for report, finding in broken)
    yield _Section(1, _TABLE, len(broken), rows)
    yield details(5, broken)
    yield _Section(2, "**Undetermined**, by what is missing:\n\n", len(groups), groups)
    yield details(6, undetermined)
    told_of = (_waived(*each, several) for each in accepted)
    title = "**Waived**, so that it does not fail:\n\n"
    yield _Section(2, title, len(accepted), told_of)
    yield details(6, accepted)
    yield _Section(3, "**Notices**\n\n", len(notices), _listed(notices, several))
    title = f"Not as declared: {len(undeclared)}"
    yield _folded(4, title, len(undeclared), _listed(undeclared, several))
    title = f"Not exercised, no event met them: {count(len(unmet), 'rule')}"
    yield _folded(7, title, len(unmet), _unmet(unmet, several))


_SEVERITIES = ("critical", "high", "medium", "low")
_TABLE = "| Severity | Rule | Broken | Where |\n| --- | --- | --- | --- |\n"


def _fitted(sections: Sequence[_Section], room: int) -> str:
    """The sections one after the other, with as many of their items as there is room for."""
    room -= sum(len(s.begin) + len(_more(s.number)) + len(s.end) for s in sections)
    written: dict[int, str] = {}
    for place, section in sorted(enumerate(sections), key=lambda each: each[1].turn):
        taken: list[str] = []
        for item in section.items:
            if len(item) > room:
                break
            room -= len(item)
            taken.append(item)
        more = _more(section.number - len(taken))
        written[place] = "".join((section.begin, *taken, more, section.end))
    return "".join(text for _, text in sorted(written.items()))


def _more(number: int) -> str:
    return f"\nand {number} more\n" if number else ""


def _clipped(text: str) -> str:
    return " ".join(words(clipped(line, _LONGEST)) for line in text.split("\n"))


def _system(report: Report) -> str:
    return f"- {_clipped(headline(report).plain)}; {_clipped(scope(report).plain)}\n"


def _row(report: Report, finding: Finding, several: bool, wording: Wording) -> str:
    clauses = f" ({words(', '.join(finding.clauses))})" if finding.clauses else ""
    message = words(clipped(finding.message(wording.language), _CELL))
    about = code(clipped(happening(finding, wording), _CELL))
    said = f"{message}<br>{about}" if message else about
    system = f"{code(report.system)}: " if several else ""
    cells = (finding.severity, system + code(finding.rule) + clauses, said, _where(report, finding))
    return f"| {' | '.join(cells)} |\n"


def _where(report: Report, finding: Finding) -> str:
    place = position(finding.place) or position(report.span)
    return code(PurePath(place).as_posix()) if place else ""


def _details(report: Report, finding: Finding, several: bool, wording: Wording) -> str:
    """The finding as the text tells it, folded away."""
    system = f"{tagged(report.system)}: " if several else ""
    where = f"{tagged(finding.rule)} at {tagged(finding.event.carrier)}"
    title = f"{finding.verdict}{', waived' if finding.waiver else ''}: {system}{where}"
    whole = block(told(finding, width=78, wording=wording))
    return f"<details><summary>{title}</summary>\n\n{whole}\n</details>\n"


def _waived(report: Report, finding: Finding, several: bool) -> str:
    system = f"{code(report.system)}: " if several else ""
    where = f"{code(finding.rule)} at {code(finding.event.carrier)}"
    said = words(clipped(waived(finding.waiver), _CELL)) if finding.waiver else ""
    return f"- {system}{finding.verdict}: {where}, {said}\n"


def _groups(findings: Sequence[Finding]) -> Iterator[str]:
    """Each fact that is missing, with the rules that lack it; the most lacked first."""
    lacked: dict[str, list[Finding]] = {}
    for finding in findings:
        for fact in _lacks(finding):
            lacked.setdefault(fact, []).append(finding)
    for fact, those in sorted(lacked.items(), key=lambda each: (-len(each[1]), each[0])):
        rules = ", ".join(code(rule) for rule in sorted({finding.rule for finding in those}))
        yield f"- {fact}: {count(len(those), 'finding')} of {rules}\n"


def _lacks(finding: Finding) -> Iterator[str]:
    for fact in finding.missing:
        place = position(fact.span)
        yield code(lacking(fact)) + (f", to declare at {code(place)}" if place else "")
    if not finding.missing:
        detail = clipped(finding.detail or happening(finding), _CELL)
        yield f"{finding.reason or finding.verdict}: {words(detail)}"


def _listed(said: Iterable[tuple[Report, str]], several: bool) -> Iterator[str]:
    for report, line in said:
        system = f"{code(report.system)}: " if several else ""
        yield f"- {system}{words(line)}\n"


def _unmet(rules: Iterable[tuple[Report, RuleResult]], several: bool) -> Iterator[str]:
    for report, rule in rules:
        system = f"{code(report.system)}: " if several else ""
        yield f"- {system}{code(rule.policy)} {code(rule.rule)}\n"


def _folded(turn: int, title: str, number: int, items: Iterable[str]) -> _Section:
    begin = f"<details><summary>{title}</summary>\n\n"
    return _Section(turn, begin, number, items, "\n</details>\n\n")
