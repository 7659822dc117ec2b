"""Processes: work that is shared out among several of them, and told as it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TypeVar

Told = TypeVar("Told")
#: What does a share of the work: of so many, the one of this number, from 0.
Share = Callable[[int, int], Iterator[Told]]


def in_processes(share: Share[Told], jobs: int) -> Iterator[Told]:
    """What the shares of some work tell, in whatever order it comes; one share is worked off here.

    What does a share, and what it tells, must be such that one process can give it to another.
    """
    if jobs == 1:
        yield from share(0, 1)
        return
    # Not a copy of this process: it may have threads.
    context = get_context("spawn")
    pipes = [context.Pipe(duplex=False) for _ in range(jobs)]
    processes = [
        context.Process(target=_work, args=(share, number, jobs, sender), daemon=True)
        for number, (_, sender) in enumerate(pipes)
    ]
    try:
        for process in processes:
            process.start()
        for _, sender in pipes:
            sender.close()
        yield from _told([receiver for receiver, _ in pipes])
    finally:
        for process in processes:
            process.terminate()


def _work(share: Share[Told], number: int, jobs: int, sender: Connection) -> None:
    try:
        for told in share(number, jobs):
            sender.send((told, None))
        sender.send((None, None))
    except Exception as error:  # noqa: BLE001  it is raised where the work was asked for
        sender.send((None, error))


def _told(waiting: list[Connection]) -> Iterator[Told]:
    while waiting:
        for receiver in wait(waiting):
            assert isinstance(receiver, Connection)
            told, error = receiver.recv()
            if error is not None:
                raise error
            if told is None:
                waiting.remove(receiver)
            else:
                yield told
