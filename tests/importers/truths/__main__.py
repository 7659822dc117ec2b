"""Precision and recall of the importer of plans: `python -m tests.importers.truths`."""

from __future__ import annotations

import sys

from tests.importers.truths.scoring import CORPUS, Score, score, truths


def main() -> int:
    """Print the scores of each plan, then of all, with what was found besides and what was missed."""
    if CORPUS is None:
        print("the plans are not beside the repository")  # noqa: T201
        return 2
    flows, regions = Score(), Score()
    for truth in truths():
        these, those = score(truth)
        print(f"{truth.stem:16} flows {these}  regions {those}")  # noqa: T201
        flows, regions = flows + these, regions + those
    print(f"{'all':16} flows {flows}  regions {regions}")  # noqa: T201
    for word, facts in (
        ("flow besides", flows.besides),
        ("flow missed", flows.missed),
        ("region besides", regions.besides),
        ("region missed", regions.missed),
    ):
        for fact in sorted(facts):
            print(f"{word}: {fact}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
