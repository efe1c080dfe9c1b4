"""Review policy without a screen, a database or a clock: the order of the queue, decisions, edits, what is shown."""

from pedcorpus.review.agreement import (
    Agreement,
    AgreementReport,
    Judgement,
    ReviewerRecord,
    agreement_report,
    reviewer_records,
)
from pedcorpus.review.agreement_chart import agreement_png, reviewers_png
from pedcorpus.review.decisions import (
    build_decision,
    decision_problems,
    standing_decisions,
    task_for,
    undo_decision,
)
from pedcorpus.review.desk import Desk, EvidenceContext, NoPicture, PagePicture, Progress, QueueEntry, ReviewItem
from pedcorpus.review.diff import DiffSegment, field_diff
from pedcorpus.review.editing import EditProblem, changed_fields, computed_texts, edit_problems, edited_instruction
from pedcorpus.review.fields import EditableField, editable_fields
from pedcorpus.review.labels import choice_label, field_label, name_label
from pedcorpus.review.pace import pace_per_hour
from pedcorpus.review.queue import QueueFilter, queue_order
from pedcorpus.review.quote_boxes import quote_boxes
from pedcorpus.review.sampling_plan import Assessment, LotRow, LotVerdict, Stratum, assess_lot, drawn_order
from pedcorpus.review.sheet import Mark, Part, Row, sheet_rows
from pedcorpus.review.worklist import Worklist

__all__ = [
    "Agreement",
    "AgreementReport",
    "Assessment",
    "Desk",
    "DiffSegment",
    "EditProblem",
    "EditableField",
    "EvidenceContext",
    "Judgement",
    "LotRow",
    "LotVerdict",
    "Mark",
    "NoPicture",
    "PagePicture",
    "Part",
    "Progress",
    "QueueEntry",
    "QueueFilter",
    "ReviewItem",
    "ReviewerRecord",
    "Row",
    "Stratum",
    "Worklist",
    "agreement_png",
    "agreement_report",
    "assess_lot",
    "build_decision",
    "changed_fields",
    "choice_label",
    "computed_texts",
    "decision_problems",
    "drawn_order",
    "edit_problems",
    "editable_fields",
    "edited_instruction",
    "field_diff",
    "field_label",
    "name_label",
    "pace_per_hour",
    "queue_order",
    "quote_boxes",
    "reviewer_records",
    "reviewers_png",
    "sheet_rows",
    "standing_decisions",
    "task_for",
    "undo_decision",
]
