"""What things are: frozen records without input or output; tasks extend `Instruction`."""

from pedcorpus.records.agreement import Agreement, AgreementReport, Disputes
from pedcorpus.records.base import Record, canonical_json, content_id
from pedcorpus.records.calibration import CalibrationItem
from pedcorpus.records.contamination import EvaluationSet, Overlap
from pedcorpus.records.identifier import IdentifierKind
from pedcorpus.records.instruction import (
    Asker,
    Basis,
    Claim,
    Evidence,
    Instruction,
    Message,
    Patient,
    Statement,
)
from pedcorpus.records.queue import ANYTHING, QueueEntry, QueueFilter
from pedcorpus.records.release import ReleaseRow
from pedcorpus.records.reviewer import Role
from pedcorpus.records.sampling import SamplingPlan
from pedcorpus.records.source import (
    Address,
    Box,
    Dialogue,
    DialoguePurpose,
    Document,
    Domain,
    Failure,
    Passage,
    PassageKind,
    Source,
    SourceKind,
    Tier,
    Triple,
    Turn,
    strictest_tier,
)
from pedcorpus.records.stored import NotPlain, read_back
from pedcorpus.records.tally import FindingCount, FindingGroup, FoundIn
from pedcorpus.records.verdict import (
    Decision,
    Duplicate,
    Finding,
    Preference,
    PreferenceKind,
    Severity,
    Status,
    Verdict,
)
from pedcorpus.records.vote import Choice, Dimension, HandIn, RunReply, Vote
from pedcorpus.records.withdrawal import Withdrawal

__all__ = [
    "ANYTHING",
    "Address",
    "Agreement",
    "AgreementReport",
    "Asker",
    "Basis",
    "Box",
    "CalibrationItem",
    "Choice",
    "Claim",
    "Decision",
    "Dialogue",
    "DialoguePurpose",
    "Dimension",
    "Disputes",
    "Document",
    "Domain",
    "Duplicate",
    "EvaluationSet",
    "Evidence",
    "Failure",
    "Finding",
    "FindingCount",
    "FindingGroup",
    "FoundIn",
    "HandIn",
    "IdentifierKind",
    "Instruction",
    "Message",
    "NotPlain",
    "Overlap",
    "Passage",
    "PassageKind",
    "Patient",
    "Preference",
    "PreferenceKind",
    "QueueEntry",
    "QueueFilter",
    "Record",
    "ReleaseRow",
    "Role",
    "RunReply",
    "SamplingPlan",
    "Severity",
    "Source",
    "SourceKind",
    "Statement",
    "Status",
    "Tier",
    "Triple",
    "Turn",
    "Verdict",
    "Vote",
    "Withdrawal",
    "canonical_json",
    "content_id",
    "read_back",
    "strictest_tier",
]
