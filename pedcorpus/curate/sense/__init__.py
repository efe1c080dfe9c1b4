"""What a record says of a child, held against declared tables: its size, its signs, its sex, its vaccines, its dangers."""

from pedcorpus.curate.sense.ages import StatedAge, find_ages
from pedcorpus.curate.sense.places import Place, places_of
from pedcorpus.curate.sense.tables import ParsedTable, Table, load_table, parse_table, shipped_table

__all__ = [
    "ParsedTable",
    "Place",
    "StatedAge",
    "Table",
    "find_ages",
    "load_table",
    "parse_table",
    "places_of",
    "shipped_table",
]
