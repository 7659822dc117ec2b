"""Collecting: when values that only refer to each other are sought, to be given up."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do something without seeking them: for what needs nearly all that it makes to its end, as a check does.

    Each time they are sought all that there is of a large system is gone through, and nothing is found.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
