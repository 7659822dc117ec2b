"""Collecting: when values that only refer to each other are sought, to be given up."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do something without seeking them: for what needs all that it makes, as reading a system does.

    Each time they are sought all that there is of a large system is gone through, and nothing is found.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def set_apart() -> Iterator[None]:
    """Do something that needs all that there is, and seek them only among what it makes itself."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def collect() -> None:
    """Give them up now: what a check was made with, before the next one is made."""
    gc.collect()
