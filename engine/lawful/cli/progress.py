"""Progress: what is being done, shown to a person who waits for more than a second."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.status import Status
    from rich.text import Text

DELAY = 1.0


class Progress(Protocol):
    """Takes note of what is done now."""

    def __call__(self, doing: str) -> None:
        """`doing` is a phrase such as `checking shop`."""


@contextmanager
def progress() -> Iterator[Progress]:
    """A place to say what is done; nothing is shown where nobody watches, nor in the first second."""
    if not sys.stderr.isatty():
        yield lambda doing: None
        return
    shown = _Shown()
    timer = threading.Timer(DELAY, shown.start)
    timer.daemon = True
    timer.start()
    try:
        yield shown.note
    finally:
        timer.cancel()
        shown.stop()


class _Shown:
    """A spinner with a phrase beside it, started by a timer and stopped by the one who works."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._doing = ""
        self._status: Status | None = None
        self._over = False

    def note(self, doing: str) -> None:
        with self._lock:
            self._doing = doing
            if self._status is not None:
                self._status.update(_plain(doing))

    def start(self) -> None:
        from rich.console import Console
        from rich.status import Status

        with self._lock:
            if not self._over:
                self._status = Status(_plain(self._doing), console=Console(stderr=True))
                self._status.start()

    def stop(self) -> None:
        with self._lock:
            self._over = True
            if self._status is not None:
                self._status.stop()


def _plain(doing: str) -> Text:
    """The phrase as it is: names in it are no markup."""
    from rich.text import Text

    return Text("".join(c if c.isprintable() else "\ufffd" for c in doing))
