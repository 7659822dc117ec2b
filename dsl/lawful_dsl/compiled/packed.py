"""Packed: values as bytes in which each file is called by what stands for its text, wherever that lies."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from lawful_dsl.source import Source


def digest(source: Source) -> str:
    """What stands for a text."""
    return hashlib.sha256(source.text.encode()).hexdigest()


def pack(value: object, texts: Mapping[str, str]) -> bytes:
    """A value as bytes; `texts` are the digests by the names of the files."""
    written = BytesIO()
    _Packer(written, texts).dump(value)
    return written.getvalue()


def unpack(raw: bytes, files: Mapping[str, str]) -> Any:
    """The value again; `files` are the names of the files by digest."""
    return _Unpacker(BytesIO(raw), files).load()


class _Packer(pickle.Pickler):
    def __init__(self, file: BytesIO, texts: Mapping[str, str]) -> None:
        super().__init__(file, protocol=5)
        self._texts = texts

    def persistent_id(self, obj: Any) -> str | None:
        return self._texts.get(obj) if type(obj) is str else None


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: BytesIO, files: Mapping[str, str]) -> None:
        super().__init__(file)
        self._files = files

    def persistent_load(self, pid: str) -> str:
        return self._files[pid]
