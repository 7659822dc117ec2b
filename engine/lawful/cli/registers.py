"""Registers as texts: Markdown for people, CSV for a table of their own, JSON for tools."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from io import StringIO

from lawful.analysis.listed import RowUse
from lawful.analysis.register import Activity, Recipient, Register
from lawful_dsl.diagnostics import shown

_KEYS = {
    "processing": ("activities",),
    "recipients": ("recipients",),
    "comparison": ("rows", "unlisted"),
}

_ACTIVITY = {
    "purpose": "Purpose",
    "bases": "Lawful basis",
    "subjects": "Data subjects",
    "data": "Personal data",
    "sources": "Collected from",
    "recipients": "Recipients",
    "transfers": "To outside the EEA",
    "mechanisms": "Transfer mechanism",
    "retention": "Retention",
    "measures": "Measures",
}
_RECIPIENT = {
    "party": "Recipient",
    "kinds": "Kind",
    "roles": "Role",
    "data": "Personal data",
    "purposes": "Purposes",
    "places": "Places",
    "contracts": "Contract",
    "certificates": "Certificates",
}
_ROW = {"block": "Block", "row": "Row", "clauses": "Clauses", "lets_through": "Lets through"}

Row = Activity | Recipient | RowUse


def markdown(registers: Sequence[Register], parts: Sequence[str]) -> str:
    """The registers as tables under headings."""
    return "\n".join(line for register in registers for line in _lines(register, parts))


def _lines(register: Register, parts: Sequence[str]) -> list[str]:
    said = [
        f"# What {shown(register.system)} does with personal data",
        "",
        f"Found in its flows, under the policy {shown(register.policy)} on {register.date}."
        f" Controller: {shown(register.controller).removesuffix('.')}.",
        "",
    ]
    if register.joint_controllers:
        said += [f"Joint controllers: {shown(', '.join(register.joint_controllers))}.", ""]
    if "processing" in parts:
        said += ["## Processing, purpose by purpose (Article 30(1) GDPR)", ""]
        said += [*_table(register.activities, _ACTIVITY), ""]
    if "recipients" in parts:
        said += ["## Recipients, processors first (Article 30(1)(d) and 30(2) GDPR)", ""]
        said += [*_table(register.recipients, _RECIPIENT), ""]
    if "comparison" in parts:
        said += [*_comparison(register), ""]
    return said


def _comparison(register: Register) -> list[str]:
    said = ["## Beside the register of the policy", ""]
    if not register.rows:
        said += ["The policy has no register.", ""]
    used = [row for row in register.rows if row.lets_through]
    idle = [row for row in register.rows if not row.lets_through]
    said += [*_table(used, _ROW), ""] if used else []
    if idle:
        said += ["Rows that no flow uses:", ""]
        said += [f"- {row.block}, row {row.row}: {shown(row.text)}" for row in idle]
        said += [""]
    if register.unlisted:
        said += ["What no row or permit lets through, or another rule forbids:", ""]
        said += [f"- `{shown(u.carrier)}`: {u.verdict} under {u.rule}" for u in register.unlisted]
    elif register.rows:
        said += [
            "Every flow that the registers are about has a row or a permit, and no rule forbids one."
        ]
    return said


def _table(rows: Sequence[Row], columns: dict[str, str]) -> list[str]:
    head = [f"| {' | '.join(columns.values())} |", f"|{' --- |' * len(columns)}"]
    return head + [f"| {' | '.join(_cells(row, columns))} |" for row in rows]


def _cells(row: Row, columns: dict[str, str]) -> list[str]:
    return [shown(_text(getattr(row, name))).replace("|", r"\|") for name in columns]


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def comma_separated(registers: Sequence[Register], parts: Sequence[str]) -> str:
    """One part of the registers as one table: a CSV text has no room for two."""
    [part] = parts
    chosen: dict[str, Callable[[Register], Sequence[object]]] = {
        "processing": lambda register: register.activities,
        "recipients": lambda register: register.recipients,
        "comparison": lambda register: register.rows,
    }
    kind = {"processing": Activity, "recipients": Recipient, "comparison": RowUse}[part]
    names = [each.name for each in fields(kind)]
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["policy", *names])
    for register in registers:
        for row in chosen[part](register):
            writer.writerow([register.policy, *(_text(getattr(row, name)) for name in names)])
    return written.getvalue()


def as_json(registers: Sequence[Register], parts: Sequence[str]) -> str:
    """The registers, their columns as lists."""
    left_out = {key for part, keys in _KEYS.items() if part not in parts for key in keys}
    found = [
        {key: value for key, value in asdict(register).items() if key not in left_out}
        for register in registers
    ]
    said = {"lawful": 1, "registers": found}
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
