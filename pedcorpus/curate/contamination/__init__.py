"""Contamination: which items of evaluation sets a row that may be trained on holds, and how much of each."""

from pedcorpus.curate.contamination.check import ContaminationCheck
from pedcorpus.curate.contamination.columns import Columns, find_columns, items_of_row, options_of_row
from pedcorpus.curate.contamination.index import ItemIndex, Match
from pedcorpus.curate.contamination.items import Item, Row, row_of
from pedcorpus.curate.contamination.overlap import overlap_of
from pedcorpus.curate.contamination.score import Likeness, Thresholds

__all__ = [
    "Columns",
    "ContaminationCheck",
    "Item",
    "ItemIndex",
    "Likeness",
    "Match",
    "Row",
    "Thresholds",
    "find_columns",
    "items_of_row",
    "options_of_row",
    "overlap_of",
    "row_of",
]
