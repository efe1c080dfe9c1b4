"""Contamination: which items of evaluation sets a row that may be trained on holds, and how much of each."""

from pedcorpus.curate.contamination.index import ItemIndex, Match
from pedcorpus.curate.contamination.items import Item, Row, row_of
from pedcorpus.curate.contamination.score import Likeness, Thresholds

__all__ = ["Item", "ItemIndex", "Likeness", "Match", "Row", "Thresholds", "row_of"]
