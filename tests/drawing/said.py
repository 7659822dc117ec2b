"""What is said on a picture. Where Graphviz puts things may change with its version; this does not."""

from __future__ import annotations

import re
from pathlib import Path


def said_on(picture: Path) -> list[str]:
    """The words on an SVG picture, sorted."""
    return sorted(re.findall(r"<text[^>]*>([^<]*)</text>", picture.read_text("utf-8")))
