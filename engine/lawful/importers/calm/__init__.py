"""calm: architectures of the Common Architecture Language Model (FINOS CALM), as JSON; several together.

What becomes of an architecture:

- A node is a store where its `node-type` is `database`, `datastore` or `data-asset`, a client where
  it is `webclient` or `actor`, else a service; its id is its `unique-id`. It holds what its
  `data-classification` says.
- `connects` is a flow with the id of the relationship, from its source to its destination. The way
  back is a flow where a transition of `flows` goes `destination-to-source`, and not otherwise, since
  a connection does not say what is answered; a notice counts them. `interacts` goes both ways.
- `deployed-in` and `composed-of` are attributes of the nodes inside, declared in the text beside the
  system. What only contains others is no node.
- Of protocols, HTTPS, TLS and mTLS are `tls`, SFTP is `encryption_in_transit`; others say nothing of
  how data are protected. A connection without a protocol has that of the interfaces at which it ends.
- Ends may stand beside the kind of a relationship, as some tools write them (`"relationship-type":
  "deployed-in", "source": ..., "destination": ...`).
- A classification is a word of the file, mapped in the text beside the system: `PII` to personal
  data; of any other nothing is known, so it is `all_data`.

What an architecture does not tell: places, purposes, owners, whose data, what a connection carries:
flows are silent. Left out, and counted: controls, metadata, details, options, decisions (`adrs`). What
else interfaces and descriptions say is left out. A pattern is refused: it is what architectures are made of.
"""

from __future__ import annotations

from collections.abc import Sequence

from lawful.importers import Imported
from lawful.importers._forms import may_be_json
from lawful.importers.calm.architecture import read_architecture
from lawful.importers.calm.translation import translate
from lawful_dsl.source import Source

__all__ = ["read", "recognises"]


def recognises(source: Source) -> bool:
    """An architecture has nodes of some types, and relationships."""
    words = ("nodes", "relationships", "node-type")
    return all(f'"{word}"' in source.text for word in words) and may_be_json(source)


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system, and the words for it, of some architectures."""
    return translate(read_architecture(sources), name)
