"""Decisions to and from files of other houses, as text alone: JSON Lines, Argilla's and Label Studio's formats."""

from pedcorpus.review.exchange import argilla, label_studio
from pedcorpus.review.exchange.edit_text import edit_text, edits_of
from pedcorpus.review.exchange.jsonl import decision_line, read_lines
from pedcorpus.review.exchange.judging import Known, Repeated, Taken, judged
from pedcorpus.review.exchange.reviewers import Reviewers
from pedcorpus.review.exchange.sheet_text import ExchangedItem
from pedcorpus.review.exchange.strict_json import DamagedJson, decoded, elements, is_wide
from pedcorpus.review.exchange.told import Refusal, Told

__all__ = [
    "DamagedJson",
    "ExchangedItem",
    "Known",
    "Refusal",
    "Repeated",
    "Reviewers",
    "Taken",
    "Told",
    "argilla",
    "decision_line",
    "decoded",
    "edit_text",
    "edits_of",
    "elements",
    "is_wide",
    "judged",
    "label_studio",
    "read_lines",
]
