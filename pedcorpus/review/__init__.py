"""Review policy without a screen, a database or a clock: the queue, decisions, edits, what is shown."""

from pedcorpus.review.agreement import Judgement, agreement_report, blind_readings
from pedcorpus.review.agreement_chart import agreement_png, reviewers_png
from pedcorpus.review.calibration import mixed
from pedcorpus.review.decisions import (
    build_decision,
    decision_problems,
    settled_by,
    standing_decisions,
    task_for,
    undo_decision,
)
from pedcorpus.review.desk import (
    WINDOW,
    Desk,
    DeskNotice,
    EvidenceContext,
    ItemsTaken,
    NoPicture,
    PagePicture,
    Progress,
    ReviewItem,
)
from pedcorpus.review.diff import DiffSegment, field_diff
from pedcorpus.review.editing import EditProblem, changed_fields, computed_texts, edit_problems, edited_instruction
from pedcorpus.review.fields import EditableField, editable_fields
from pedcorpus.review.gate import low_agreement
from pedcorpus.review.labels import choice_label, field_label, name_label
from pedcorpus.review.overlap import Outcome, Ruling, own_words, readers_of, readings_of, ruling_of
from pedcorpus.review.pace import pace_per_hour
from pedcorpus.review.queue import Queue, QueueEntry, QueueFilter
from pedcorpus.review.quote_boxes import quote_boxes
from pedcorpus.review.reading import Reading, told_readings
from pedcorpus.review.reviewer_record import ReviewerRecord, reviewer_records
from pedcorpus.review.sampling_plan import Assessment, LotRow, LotVerdict, Stratum, assess_lot, drawn_order
from pedcorpus.review.sheet import Mark, Part, Row, sheet_rows
from pedcorpus.review.worklist import Worklist, entry_of

__all__ = [
    "WINDOW",
    "Assessment",
    "Desk",
    "DeskNotice",
    "DiffSegment",
    "EditProblem",
    "EditableField",
    "EvidenceContext",
    "ItemsTaken",
    "Judgement",
    "LotRow",
    "LotVerdict",
    "Mark",
    "NoPicture",
    "Outcome",
    "PagePicture",
    "Part",
    "Progress",
    "Queue",
    "QueueEntry",
    "QueueFilter",
    "Reading",
    "ReviewItem",
    "ReviewerRecord",
    "Row",
    "Ruling",
    "Stratum",
    "Worklist",
    "agreement_png",
    "agreement_report",
    "assess_lot",
    "blind_readings",
    "build_decision",
    "changed_fields",
    "choice_label",
    "computed_texts",
    "decision_problems",
    "drawn_order",
    "edit_problems",
    "editable_fields",
    "edited_instruction",
    "entry_of",
    "field_diff",
    "field_label",
    "low_agreement",
    "mixed",
    "name_label",
    "own_words",
    "pace_per_hour",
    "quote_boxes",
    "readers_of",
    "readings_of",
    "reviewer_records",
    "reviewers_png",
    "ruling_of",
    "settled_by",
    "sheet_rows",
    "standing_decisions",
    "task_for",
    "told_readings",
    "undo_decision",
]
