"""How deep and how large the tree of an XML text would be, told without building it.

A reader that builds trees, and walks them recursively, must know before.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

__all__ = ["XmlSize", "measure_xml"]


@dataclass(frozen=True)
class XmlSize:
    """The size of a tree."""

    depth: int
    """Elements inside one another at the deepest place."""
    nodes: int
    """Elements and attributes."""


def measure_xml(data: bytes, *, depth_limit: int, node_limit: int) -> XmlSize:
    """The size of the tree of `data`, counted until it is past one of the limits.

    Raises:
        ParseError: it is no sound XML.
    """
    depth = deepest = nodes = 0
    above: list[ElementTree.Element] = []
    for event, element in ElementTree.iterparse(BytesIO(data), events=("start", "end")):
        if event == "start":
            above.append(element)
            depth += 1
            nodes += 1 + len(element.attrib)
            deepest = max(deepest, depth)
            if deepest > depth_limit or nodes > node_limit:
                break
        else:
            above.pop()
            depth -= 1
            if above:
                above[-1].remove(element)
    return XmlSize(deepest, nodes)
