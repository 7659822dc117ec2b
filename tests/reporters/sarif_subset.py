"""What SARIF 2.1.0 says of the objects that a report has: a schema of them alone, written by hand.

The standard's own schema is not kept here: its terms let it be copied whole with its notices, and
it would be larger than all that is told of it. What is no part of these objects is refused, though
the standard has more.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "string", "minLength": 1}
NUMBER: Schema = {"type": "integer", "minimum": 1}
LEVEL: Schema = {"enum": ["none", "note", "warning", "error"]}
#: A message of a standard text: every brace is doubled, every bracket has a backslash before it.
MESSAGE_TEXT: Schema = {
    "type": "string",
    "minLength": 1,
    "pattern": r"^(?:[^\\\[\]{}]|\\[\\\[\]]|\{\{|\}\})*$",
}
URI: Schema = {
    "type": "string",
    "pattern": r"^(?:file:///|(?![A-Za-z][A-Za-z0-9+.-]*:))[A-Za-z0-9/._~%+,;=@&$!*'()<>-]*$",
}


def part(required: str, **properties: Schema) -> Schema:
    """An object with these properties and no others, of which some must be there."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required.split(),
        "properties": properties,
    }


def some(items: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": items, "minItems": least}


BAG: Schema = {
    "type": "object",
    "properties": {"tags": {"type": "array", "items": TEXT, "uniqueItems": True}},
}
MESSAGE = part("text", text=MESSAGE_TEXT)
REGION = part("startLine", startLine=NUMBER, startColumn=NUMBER, endLine=NUMBER, endColumn=NUMBER)
PHYSICAL = part("artifactLocation", artifactLocation=part("uri", uri=URI), region=REGION)
LOGICAL = part("", fullyQualifiedName=WORDS, kind=WORDS)
LOCATION = part(
    "",
    id={"type": "integer", "minimum": 0},
    physicalLocation=PHYSICAL,
    logicalLocations={**some(LOGICAL), "uniqueItems": True},
    message=MESSAGE,
)
HOP = part(
    "location",
    location=LOCATION,
    executionOrder={"type": "integer", "minimum": 0},
    importance={"enum": ["important", "essential", "unimportant"]},
)
THREAD = part("locations", locations=some(HOP, 1))
RESULT = part(
    "message ruleId ruleIndex kind level locations partialFingerprints",
    ruleId=WORDS,
    ruleIndex={"type": "integer", "minimum": 0},
    kind={"enum": ["fail", "review"]},
    level=LEVEL,
    message=MESSAGE,
    locations=some(LOCATION, 1),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    codeFlows=some(part("threadFlows", threadFlows=some(THREAD, 1)), 1),
    relatedLocations={**some(LOCATION), "uniqueItems": True},
    properties=BAG,
)
RULE = part(
    "id",
    id=WORDS,
    name=WORDS,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=part("level", level=LEVEL),
    properties=BAG,
)
NOTIFICATION = part("message", level=LEVEL, message=MESSAGE, locations=some(LOCATION))
DRIVER = part(
    "name",
    name=WORDS,
    semanticVersion=WORDS,
    rules={**some(RULE), "uniqueItems": True},
)
RUN = part(
    "tool results",
    tool=part("driver", driver=DRIVER),
    invocations=some(
        part(
            "executionSuccessful",
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications=some(NOTIFICATION),
        )
    ),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=some(RESULT),
)
LOG = part("version runs", **{"$schema": WORDS, "version": {"enum": ["2.1.0"]}, "runs": some(RUN)})
