"""The gate as SARIF 2.1.0: a result for each cause of new findings, and for what changed of policies and waivers.

A result says in `baselineState` whether there was something there before. What is undetermined and was
not so before has the level of its rule where the change does not pass for it. Reasons, what is mended and notices
are notifications of the run, since code scanning would take a result that is gone for one that is there.
"""

from __future__ import annotations

from collections.abc import Iterator

from lawful.analysis.gate import Gate
from lawful.analysis.passing import Terms
from lawful.cli.gate_forms._annotations import About, Annotation, Weight, annotate, beside
from lawful.reporters.sarif import (
    LEVELS,
    Object,
    Rules,
    descriptor,
    location,
    log,
    message,
    notification,
    result,
)
from lawful.wording import ENGLISH, Wording

__all__ = ["render"]

#: What is said of the rules by which a change of what is judged by is a result.
_CHANGES = {
    About.POLICY: "A policy or a vocabulary changed, by which systems are judged.",
    About.WAIVERS: "A waiver came, went or is another: what is accepted is policy, too.",
    About.TAKEN_BACK: "A text ignores or corrects something else of what another one says.",
    About.OVERLAYS: "A text beside imported files says something else of what was there before.",
}

#: By what a change of what systems are judged by is accepted.
_ANY = "--accept-policy-change"
_ACCEPTING = {About.OVERLAYS: "--accept-overlay-change"}


def render(
    gate: Gate, terms: Terms, *, width: int = 0, colour: bool = False, wording: Wording = ENGLISH
) -> str:
    """The log, with one run."""
    rules = Rules()
    for rule in gate.after.rules:
        rules.number(descriptor(rule, wording))
    told = list(annotate(gate, terms, wording=wording))
    results = [each for said in told for each in _results(gate, said, rules, wording)]
    return log(rules, results, list(_beside(told)), whole=gate.after.exercised)


def _results(gate: Gate, said: Annotation, rules: Rules, wording: Wording) -> Iterator[Object]:
    if said.group:
        yield _cause(gate, said, rules, wording)
    elif said.about in _CHANGES:
        yield _change(gate, said, rules)


def _cause(gate: Gate, said: Annotation, rules: Rules, wording: Wording) -> Object:
    first, *others = said.group
    made = result(gate.after, first.finding, rules, wording)
    text = "\n".join(("new", *beside(said.group)))
    related = [
        {
            **location(new.finding.place, name=new.finding.event.carrier),
            "message": message(f"of the same cause: {new.finding.fingerprint}"),
        }
        for new in others
    ]
    known = made.get("relatedLocations", [])
    if related:
        those = [*known, *related]
        made["relatedLocations"] = [{**each, "id": i} for i, each in enumerate(those)]
    stops = said.weight is Weight.ERROR
    return {
        **made,
        "level": LEVELS[first.finding.severity] if stops else "note",
        "message": {"text": f"{message(text)['text']}\n{made['message']['text']}"},
        "baselineState": "new" if first.was is None else "updated",
        "properties": {
            **made["properties"],
            "was": first.was,
            "stops": stops,
            "sameCause": [new.finding.fingerprint for new in others],
        },
    }


def _change(gate: Gate, said: Annotation, rules: Rules) -> Object:
    """A change of what systems are judged by: a result of a rule of ours."""
    stops = said.weight is Weight.ERROR
    id = f"lawful/{said.about.replace(' ', '-')}"
    text = message(_CHANGES[said.about])
    rule = {
        "id": id,
        "name": said.about,
        "shortDescription": text,
        "fullDescription": text,
        "help": message(f"`lawful gate {_ACCEPTING.get(said.about, _ANY)}` lets it pass."),
        "defaultConfiguration": {"level": "error"},
    }
    return {
        "ruleId": id,
        "ruleIndex": rules.number(rule),
        "kind": "fail" if stops else "review",
        "level": "error" if stops else "note",
        "message": message(f"{said.title}: {said.text}"),
        "locations": [location(said.span, name=gate.after.system)],
        "partialFingerprints": {"lawful/v1": f"{id}:{said.name}"},
        "baselineState": "new",
        "properties": {"system": gate.after.system, "date": gate.after.date, "stops": stops},
    }


def _beside(told: list[Annotation]) -> Iterator[Object]:
    for said in told:
        if said.about is About.REASON:
            yield notification("error", f"{said.title}: {said.text}", said.span)
        elif not said.group and said.about not in _CHANGES:
            yield notification("note", f"{said.title}: {said.text}", said.span)
