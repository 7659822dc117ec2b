"""openlineage: events of OpenLineage, as JSON: one, a list, or one to a line; several files together.

What becomes of the events:

- A dataset is a store, with its namespace and name for an id; the label says them apart, and the
  namespace is a hint at most of where it is. What `symlinks` say is another name of a dataset is
  that dataset. A job is a service that its inputs flow to and that flows to its outputs.
- The events of a run are taken together. What a run that failed or was aborted read and wrote is
  left out, and counted; what began and is not known to have ended is not.
- Where an output has a column lineage for every field of its schema, its flow brings only what the
  inputs named there brought (`from`). Inputs that only a column lineage names are inputs, too.
- Where all that an output has of an input was masked on the way (`masking`), the flow is
  `pseudonymised`: it is not told how well it was masked. Where some of it was not, the flow brings
  it as it was, and a notice counts the fields.

- Where a dataset that is read, or told by itself, has a column lineage, the datasets named there flow to it: by
  some job that is not told.

Flows are silent, so they may carry everything: a schema names fields, and a field's name is no
category. Tags, of jobs and runs too, are counted, and left out. What is left out without a count, since
it says nothing of where data go: documentation, owners, SQL, source code, versions, statistics, parents
of runs. Users and passwords in namespaces stay in the file. Placeholders of tests
(`${json-unit.any-string}`) stand for any text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawful.importers import Imported
from lawful.importers._forms import is_schema, may_be_json
from lawful.importers.openlineage.events import read_events
from lawful.importers.openlineage.lineage import gather
from lawful.importers.openlineage.translation import translate
from lawful_dsl.source import Source

__all__ = ["read", "recognises"]

#: What an event is about: events of other tools call other things so.
_ABOUT = re.compile(r'"(?:job|dataset)"\s*:\s*\{|"(?:inputs|outputs)"\s*:\s*\[')


def recognises(source: Source) -> bool:
    """An event has its type or time, and what was read and written, or the job or dataset it is of."""
    timed = any(f'"{key}"' in source.text for key in ("eventType", "eventTime"))
    about = bool(_ABOUT.search(source.text))
    return timed and about and may_be_json(source) and not is_schema(source)


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system that some events tell of."""
    return translate(gather(read_events(sources)), name)
