"""Trial: one engine on one workload, in a process of its own; a line of JSON says what came of it.

usage: python -m tests.bench.trial ENGINE WORKLOAD.npz TIMES
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time

import numpy as np

from lawful.kernel.rows import COMPILING
from tests.bench.declared import PEERS
from tests.bench.engines import ENGINES
from tests.bench.work import Work

#: No engine may take more memory, in bytes,
MOST = 12 << 30
#: but those that reserve far more than they use.
RESERVING = ("Rego (regopy)",)


def main(engine: str, path: str, times: int) -> None:
    """Prepares, runs so often, and says the CPU seconds of each run, the sums and the memory."""
    if engine not in RESERVING:
        resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)
    work: Work = dict(np.load(path))
    work["N"], work["T"] = len(work["nattr"]), work["masks"].shape[1]
    begun = time.process_time()
    run, total = {**ENGINES, **PEERS}[engine](work)
    prepared = time.process_time() - begun
    if engine == "lawful[fast]" and len(work["src"]) >= COMPILING:
        _compile()
    seconds, answer = [], None
    for _ in range(times):
        del answer  # it would count to the memory that the next one takes
        begun = time.process_time()
        answer = run()
        seconds.append(time.process_time() - begun)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found = {"seconds": seconds, "prepared": prepared, "memory": memory, "sums": total(answer)}
    print(json.dumps(found))  # noqa: T201


def _compile() -> None:
    """Compiles beforehand what is compiled once for ever."""
    from lawful.kernel.compiled import Compiled
    from lawful.kernel.graph import Graph
    from lawful.kernel.rows import Rows
    from lawful.kernel.transfer import Transfer

    graph = Graph(2, [0], [1], [0], [Transfer.known(1, {})])
    Compiled(Rows(graph.columns, [1, 0])).run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
