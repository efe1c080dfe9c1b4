"""The steps joined to the corpus, in the order of the work: the table of contents of the product."""

from pedcorpus.flow.accounts import (
    Account,
    account_of_token,
    accounts,
    add_account,
    change_role,
    remove_account,
    renew_token,
    role_of,
)
from pedcorpus.flow.ballot import CorpusBallot, open_ballot
from pedcorpus.flow.batching import batch_status, collect_drafts, submit_drafts
from pedcorpus.flow.browse import ShelfPassage, ShelfTriple, list_passages, list_sources
from pedcorpus.flow.build import BuildReport, build
from pedcorpus.flow.calibration import KnownItem, add_known, add_settled, known_items, remove_known
from pedcorpus.flow.contamination import contamination
from pedcorpus.flow.contradictions import ContradictionCluster, contradictions
from pedcorpus.flow.convert import convert
from pedcorpus.flow.curate import CurateReport, curate
from pedcorpus.flow.decision_files import DecisionFormat
from pedcorpus.flow.decisions import ImportedDecisions, import_decisions
from pedcorpus.flow.decisions_out import ExportedDecisions, export_decisions
from pedcorpus.flow.desk import CorpusDesk, accept_all, open_desk
from pedcorpus.flow.diversity import Diversity, DiversityReport, diversity
from pedcorpus.flow.engines import engine_of
from pedcorpus.flow.exams import read_exam
from pedcorpus.flow.export import export
from pedcorpus.flow.exports import (
    ExplainedChange,
    Verification,
    VersionDiff,
    diff_exports,
    exports,
    lost_versions,
    row_texts,
    verify,
)
from pedcorpus.flow.feedback import (
    FeedbackWorker,
    RatedExchange,
    TakenFeedback,
    check_feedback,
    keep_feedback,
    take_feedback,
)
from pedcorpus.flow.findings import Asked, findings, findings_behind
from pedcorpus.flow.generate import GenerateReport, generate
from pedcorpus.flow.import_export import ImportedExport, import_export
from pedcorpus.flow.ingest import IngestReport, ingest
from pedcorpus.flow.ingest_plan import PlannedFile, plan_ingest
from pedcorpus.flow.jobs import WantedDrafts
from pedcorpus.flow.judge import JudgedRuns, JudgeRun, open_judge
from pedcorpus.flow.llm import endpoint_of, open_door, open_replies
from pedcorpus.flow.pairings import EarlierPairing, PreparedVote, prepare_vote
from pedcorpus.flow.preferences import PairsPlan, PairsReport, PairsRun, open_pairs
from pedcorpus.flow.progress import NO_PROGRESS, Progress, Stage
from pedcorpus.flow.prompts import prompt_for, sent_payload
from pedcorpus.flow.push import PushPlan, plan_push, push
from pedcorpus.flow.rebuild import Rebuilt, rebuild
from pedcorpus.flow.review_plan import AppliedPlan, Lot, PlanReport, apply_plan, review_plan
from pedcorpus.flow.reviewers import agreement, reviewers
from pedcorpus.flow.second_opinion import OpinionReport, OpinionRun, open_opinion
from pedcorpus.flow.semantic import SemanticReport, semantic_duplicates
from pedcorpus.flow.show import page_image, quoted_page, show
from pedcorpus.flow.status import LAST_STEP, CorpusStatus, SourceCounts, corpus_status
from pedcorpus.flow.votes import PairingVotes, votes_beside, votes_of
from pedcorpus.flow.withdraw import WithdrawalReport, withdraw, withdrawals
from pedcorpus.flow.workspace import init_workspace
from pedcorpus.flow.writing import WriteReport
from pedcorpus.flow.writing_plan import TaskPlan, WritingPlan
from pedcorpus.flow.writing_run import WritingRun, open_writing

__all__ = [
    "LAST_STEP",
    "NO_PROGRESS",
    "Account",
    "AppliedPlan",
    "Asked",
    "BuildReport",
    "ContradictionCluster",
    "CorpusBallot",
    "CorpusDesk",
    "CorpusStatus",
    "CurateReport",
    "DecisionFormat",
    "Diversity",
    "DiversityReport",
    "EarlierPairing",
    "ExplainedChange",
    "ExportedDecisions",
    "FeedbackWorker",
    "GenerateReport",
    "ImportedDecisions",
    "ImportedExport",
    "IngestReport",
    "JudgeRun",
    "JudgedRuns",
    "KnownItem",
    "Lot",
    "OpinionReport",
    "OpinionRun",
    "PairingVotes",
    "PairsPlan",
    "PairsReport",
    "PairsRun",
    "PlanReport",
    "PlannedFile",
    "PreparedVote",
    "Progress",
    "PushPlan",
    "RatedExchange",
    "Rebuilt",
    "SemanticReport",
    "ShelfPassage",
    "ShelfTriple",
    "SourceCounts",
    "Stage",
    "TakenFeedback",
    "TaskPlan",
    "Verification",
    "VersionDiff",
    "WantedDrafts",
    "WithdrawalReport",
    "WriteReport",
    "WritingPlan",
    "WritingRun",
    "accept_all",
    "account_of_token",
    "accounts",
    "add_account",
    "add_known",
    "add_settled",
    "agreement",
    "apply_plan",
    "batch_status",
    "build",
    "change_role",
    "check_feedback",
    "collect_drafts",
    "contamination",
    "contradictions",
    "convert",
    "corpus_status",
    "curate",
    "diff_exports",
    "diversity",
    "endpoint_of",
    "engine_of",
    "export",
    "export_decisions",
    "exports",
    "findings",
    "findings_behind",
    "generate",
    "import_decisions",
    "import_export",
    "ingest",
    "init_workspace",
    "keep_feedback",
    "known_items",
    "list_passages",
    "list_sources",
    "lost_versions",
    "open_ballot",
    "open_desk",
    "open_door",
    "open_judge",
    "open_opinion",
    "open_pairs",
    "open_replies",
    "open_writing",
    "page_image",
    "plan_ingest",
    "plan_push",
    "prepare_vote",
    "prompt_for",
    "push",
    "quoted_page",
    "read_exam",
    "rebuild",
    "remove_account",
    "remove_known",
    "renew_token",
    "review_plan",
    "reviewers",
    "role_of",
    "row_texts",
    "semantic_duplicates",
    "sent_payload",
    "show",
    "submit_drafts",
    "take_feedback",
    "verify",
    "votes_beside",
    "votes_of",
    "withdraw",
    "withdrawals",
]
