"""How much of a graph's file is taken in at once, so that a hostile one costs a failure row and not the machine.

Each limit is an attribute of `GRAPH_LIMITS`; a test that needs others sets them there. All lie far above what real
graphs hold.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GRAPH_LIMITS", "GraphLimits"]


@dataclass
class GraphLimits:
    """Bounds on one file; past one of them the file is an `InputError`, except where a field says otherwise."""

    cell_chars: int = 1_000_000
    """One cell of a table; a whole article about a disease has some 100,000 characters. A longer one costs its row."""
    record_lines: int = 2_000
    """Physical lines of one quoted record; beyond them a quotation mark was left open, which costs the first line."""
    name_chars: int = 300
    """One name; the longest of chemistry and taxonomy stay below. A longer one is a failure, the others are read."""
    row_failures: int = 1_000
    """Failures of one file that are told one by one; the rest is told as a number."""
    depth: int = 100
    """Elements or brackets inside one another."""
    xml_entities: int = 200
    """Entities that an XML file may declare: ontologies abbreviate their namespaces so."""
    xml_entity_chars: int = 300
    """What one such entity may stand for: an address, not a text."""
    rdf_bytes: int = 96 << 20
    """RDF and OWL are held whole, at some twelve bytes of memory for each of the file's; OBO and obographs are not."""
    statement_chars: int = 4_000_000
    """One statement of a Cypher script; an UNWIND of 20,000 rows has some two million. A longer one costs itself."""


GRAPH_LIMITS = GraphLimits()
"""The limits in force."""
