"""Drawing: a system and what a check found in it as a picture.

`dot` makes the text of the picture, purely; `render` has Graphviz draw it.
"""

from lawful.drawing.picture import dot
from lawful.drawing.render import FORMATS, DrawingFailed, Rendering, render

__all__ = ["FORMATS", "DrawingFailed", "Rendering", "dot", "render"]
