"""What a record says of a child, held against declared tables: its size, its signs, its sex, its vaccines, its dangers."""

from pedcorpus.curate.sense.ages import StatedAge, find_ages
from pedcorpus.curate.sense.flag_table import Act, Flag, FlagTable
from pedcorpus.curate.sense.people import clause_start, sentence_span
from pedcorpus.curate.sense.places import Place, places_of
from pedcorpus.curate.sense.tables import ParsedTable, Table, load_table, parse_table, shipped_table

__all__ = [
    "Act",
    "Flag",
    "FlagTable",
    "ParsedTable",
    "Place",
    "StatedAge",
    "Table",
    "clause_start",
    "find_ages",
    "load_table",
    "parse_table",
    "places_of",
    "sentence_span",
    "shipped_table",
]
