"""Cases: small systems with verdicts worked out by hand, read from the files beside this one.

A case is a text in sections. The lines before the first are comments: which sentence it decides,
and why the answer is what it is. `[law]` (one or several) and `[flow]` are texts of the language.
`[expect]` says, one a line:

    on 2024-01-01                               the date, first, where it matters
    RULE VERDICT                                the verdict of every rule
    RULE VERDICT at CARRIER of CATEGORY ...     a finding; where a rule has one, all are given
    unknown data at NODE                        a node of which nothing is known, once for all rules
    error TEXT                                  instead of all others: the texts are refused, saying so

and of a finding also, in this order and each only where it matters: `about SUBJECT_KIND`,
`because REASON`, `naming LEAF`, `beneath COUNT`; `waived`, of those that are, always.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).parent
#: The date of a case that names none.
DATE = "2024-01-01"

VERDICTS = ("kept", "broken", "undetermined", "not exercised")
#: Of the verdicts that a finding may have, the worst first.
WORST = ("broken", "undetermined")
_UNKNOWN = "unknown data at "
_VERDICT = re.compile(rf"(?P<rule>\S+) (?P<verdict>{'|'.join(VERDICTS)})(?: (?P<finding>at .+))?")
_FINDING = re.compile(
    r"at (?P<carrier>.+?) of (?P<category>.+?)"
    r"(?: about (?P<about>\S+))?"
    r"(?: because (?P<because>.+?))?"
    r"(?: naming (?P<naming>.+?))?"
    r"(?: beneath (?P<beneath>\d+))?"
    r"(?P<waived> waived)?"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding as a case gives it; what is empty or None does not matter there."""

    rule: str
    verdict: str
    carrier: str
    category: str
    about: str = ""
    because: str = ""
    naming: str = ""
    beneath: int | None = None
    waived: bool = False

    def __str__(self) -> str:
        said = f"{self.rule} {self.verdict} at {self.carrier} of {self.category}"
        for word in ("about", "because", "naming"):
            if value := getattr(self, word):
                said += f" {word} {value}"
        said += "" if self.beneath is None else f" beneath {self.beneath}"
        return f"{said} waived" if self.waived else said


@dataclass(frozen=True, slots=True)
class Case:
    """One hand-solved system: its texts, its date, and what a check of it must conclude.

    `unknown_at` are all the nodes at which unknown data begin that some rule meets.
    """

    name: str
    sentence: str
    why: str
    laws: tuple[str, ...]
    flow: str
    date: str = DATE
    verdicts: tuple[tuple[str, str], ...] = ()
    findings: tuple[Expected, ...] = ()
    unknown_at: tuple[str, ...] = ()
    error: str = ""

    def findings_of(self, rule: str) -> tuple[Expected, ...]:
        """The findings given of a rule; where there is none, they do not matter."""
        return tuple(each for each in self.findings if each.rule == rule)


class Malformed(Exception):
    """A case that is not written as the head of this module says."""


def cases() -> tuple[Case, ...]:
    """All cases, by name."""
    return tuple(read(path) for path in sorted((HERE / "cases").glob("*.case")))


def vocabulary() -> str:
    """The vocabulary that every case may use."""
    return (HERE / "tiny.law").read_text("utf-8")


def read(path: Path) -> Case:
    """The case of a file."""
    try:
        return parse(path.stem, path.read_text("utf-8"))
    except Malformed as error:
        raise Malformed(f"{path.name}: {error}") from None


def parse(name: str, text: str) -> Case:
    """The case that a text tells."""
    head, sections = _sections(text)
    if len(head) < 2:
        raise Malformed("say which sentence it decides, and why, in two comments before all else")
    laws = tuple(body for title, body in sections if title == "law")
    flows = [body for title, body in sections if title == "flow"]
    expects = [body for title, body in sections if title == "expect"]
    if not laws or len(flows) != 1 or len(expects) != 1:
        raise Malformed("it needs `[law]`, one `[flow]` and one `[expect]`")
    case = Case(name, head[0], " ".join(head[1:]), laws, flows[0])
    return _expecting(case, [line.strip() for line in expects[0].split("\n") if line.strip()])


def _sections(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    parts = re.split(r"^\[(law|flow|expect)\]\n", text, flags=re.MULTILINE)
    head = [line.removeprefix("#").strip() for line in parts[0].split("\n") if line.strip()]
    return head, list(zip(parts[1::2], parts[2::2], strict=True))


def _expecting(case: Case, lines: list[str]) -> Case:
    if lines and re.fullmatch(r"on \d{4}-\d\d-\d\d", lines[0]):
        case = replace(case, date=lines.pop(0).removeprefix("on "))
    if len(lines) == 1 and lines[0].startswith("error "):
        return replace(case, error=lines[0].removeprefix("error "))
    unknown = [line.removeprefix(_UNKNOWN) for line in lines if line.startswith(_UNKNOWN)]
    verdicts: dict[str, str] = {}
    findings: list[Expected] = []
    for line in lines:
        match = None if line.startswith(_UNKNOWN) else _VERDICT.fullmatch(line)
        if match and match["finding"]:
            findings.append(_finding(line, match))
        elif match and match["rule"] not in verdicts:
            verdicts[match["rule"]] = match["verdict"]
        elif not line.startswith(_UNKNOWN):
            raise Malformed(f"`{line}` is no verdict of a rule that has none yet")
    for rule in {each.rule for each in findings}:
        worst = min((each.verdict for each in findings if each.rule == rule), key=WORST.index)
        if verdicts.get(rule) != worst:
            raise Malformed(f"the findings of `{rule}` do not go with its verdict")
    if not verdicts:
        raise Malformed("it expects nothing")
    return replace(
        case,
        verdicts=tuple(verdicts.items()),
        findings=tuple(findings),
        unknown_at=tuple(sorted(unknown)),
    )


def _finding(line: str, match: re.Match[str]) -> Expected:
    said = _FINDING.fullmatch(match["finding"])
    if not said or match["verdict"] not in WORST:
        raise Malformed(f"`{line}` is no finding")
    return Expected(
        match["rule"],
        match["verdict"],
        said["carrier"],
        said["category"],
        said["about"] or "",
        said["because"] or "",
        said["naming"] or "",
        int(said["beneath"]) if said["beneath"] else None,
        said["waived"] is not None,
    )
