"""Review: a reviewer's desk over the corpus; each call is one short unit of work, each decision durable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from pedcorpus.corpus import (
    Corpus,
    Unit,
    add_decisions,
    add_findings,
    add_instructions,
    current_sources,
    decisions_of,
    document_by_id,
    findings_of,
    instruction_ids,
    load_instructions,
    origin_texts,
    status_of,
    waiting,
    waiting_count,
)
from pedcorpus.curate import Check, Subject, checks
from pedcorpus.errors import UsageError
from pedcorpus.flow.pages import PageShelf
from pedcorpus.flow.review_plan import drawn_rows
from pedcorpus.flow.reviewer import reviewer_name
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.normalise import find_folded
from pedcorpus.records import Decision, Evidence, Finding, Instruction, Severity, Source, Status, Verdict
from pedcorpus.review import (
    EvidenceContext,
    NoPicture,
    PagePicture,
    Progress,
    QueueEntry,
    ReviewItem,
    build_decision,
    queue_order,
    undo_decision,
)
from pedcorpus.settings import SamplingSettings, Workspace

__all__ = ["CorpusDesk", "accept_all", "open_desk", "review_item"]


def open_desk(workspace: Workspace, reviewer: str | None) -> CorpusDesk:
    """A desk for `reviewer`, else for the name in the settings, else for the login name.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    active = checks(workspace.settings.curate)
    return CorpusDesk(
        open_corpus(workspace),
        reviewer_name(workspace, reviewer),
        active,
        PageShelf(workspace),
        plan=workspace.settings.review.plan,
    )


def _risk(finding: Finding) -> tuple[bool, str]:
    return finding.severity is not Severity.ERROR, finding.path


class CorpusDesk:
    """Implements `review.Desk` over a corpus file."""

    def __init__(
        self,
        corpus: Corpus,
        reviewer: str,
        active: Sequence[Check],
        pages: PageShelf,
        *,
        plan: SamplingSettings,
    ) -> None:
        """`active` are the checks that judge an edit before it is taken; `pages` draws what is quoted from; what `plan`
        samples comes before what it does not.
        """
        self.reviewer = reviewer
        self._plan = plan
        self._pages = pages
        self._corpus = corpus
        self._checks = active
        self._taken: list[Decision] = []

    def queue(self) -> Sequence[QueueEntry]:
        with self._corpus.unit(read_only=True) as unit:
            rows = waiting(unit, self.reviewer)
            drawn = drawn_rows(unit, self._plan) if self._plan.enabled else frozenset[str]()
        return queue_order(
            [
                QueueEntry(
                    id=row.id,
                    task=row.task,
                    topic=row.topic,
                    question=row.question,
                    source=row.source,
                    severity=row.severity,
                    reason=row.reason,
                    deferred=row.deferred,
                    drawn=row.id in drawn,
                )
                for row in rows
            ]
        )

    def item(self, instruction_id: str) -> ReviewItem:
        with self._corpus.unit(read_only=True) as unit:
            return review_item(unit, instruction_id)

    def page_picture(self, evidence: Evidence) -> PagePicture | NoPicture:
        if evidence.address.page is None:
            return NoPicture("no_page")
        with self._corpus.unit(read_only=True) as unit:
            stored = document_by_id(unit, evidence.document, evidence.source)
        if stored is None:
            return NoPicture("original_gone")
        return self._pages.picture(stored, evidence.address.page)

    def judge(self, edited: Instruction) -> Sequence[Finding]:
        with self._corpus.unit(read_only=True) as unit:
            found = self._verdicts(unit, edited)
        return sorted((item for item in found if item.severity is not Severity.PASS), key=_risk)

    def _verdicts(self, unit: Unit, edited: Instruction) -> list[Finding]:
        """Of every check, passes included; an edit quotes what its original quoted."""
        subject = Subject(edited, origin_texts(unit, [str(edited.parent)]))
        return [finding for check in self._checks for finding in check.verdicts([subject])]

    def decide(
        self,
        instruction_id: str,
        verdict: Verdict,
        *,
        reason: str = "",
        note: str = "",
        edited: Instruction | None = None,
        seconds: float | None = None,
    ) -> Decision:
        with self._corpus.unit() as unit:
            decision = build_decision(
                _load(unit, instruction_id, current_sources(unit)),
                verdict,
                reviewer=self.reviewer,
                at=datetime.now(UTC),
                reason=reason,
                note=note,
                edited=edited,
                seconds=seconds,
            )
            if edited is not None:
                add_instructions(unit, [edited])
                add_findings(unit, self._verdicts(unit, edited))
            add_decisions(unit, [decision])
        self._taken.append(decision)
        return decision

    def undo(self) -> str | None:
        if not self._taken:
            return None
        last = self._taken[-1]
        with self._corpus.unit() as unit:
            add_decisions(unit, [undo_decision(last, at=datetime.now(UTC))])
        self._taken.pop()
        return last.instruction

    def progress(self) -> Progress:
        with self._corpus.unit(read_only=True) as unit:
            return Progress(waiting=waiting_count(unit), decided=len(self._taken))


def _load(unit: Unit, instruction_id: str, sources: Mapping[str, Source]) -> Instruction:
    found = list(load_instructions(unit, [instruction_id], sources))
    if not found:
        raise UsageError(f"no instruction {instruction_id!r} in this corpus")
    return found[0]


def review_item(unit: Unit, instruction_id: str) -> ReviewItem:
    """One instruction with everything that is known of it.

    Raises:
        UsageError: there is no such instruction.
    """
    sources = current_sources(unit)
    instruction = _load(unit, instruction_id, sources)
    texts = origin_texts(unit, [instruction_id])
    return ReviewItem(
        instruction=instruction,
        status=status_of(unit, instruction_id) or Status.DRAFT,
        findings=tuple(item for item in findings_of(unit, instruction_id) if item.severity is not Severity.PASS),
        decisions=tuple(decisions_of(unit, instruction_id)),
        contexts=tuple(_context(unit, evidence, sources, texts) for evidence in instruction.evidence),
    )


def _context(
    unit: Unit, evidence: Evidence, sources: Mapping[str, Source], texts: Mapping[str, str]
) -> EvidenceContext:
    key = f"{evidence.origin_id}#{evidence.address.turn}" if evidence.origin == "turn" else evidence.origin_id
    text = texts.get(key, "")
    start, end = find_folded(evidence.quote, text) or (0, 0)
    stored = document_by_id(unit, evidence.document, evidence.source)
    if stored is None:
        raise UsageError(f"document {evidence.document} of {evidence.source} is not in this corpus; ingest it again")
    return EvidenceContext(
        evidence=evidence, source=sources[evidence.source], document=stored.document, text=text, start=start, end=end
    )


def accept_all(workspace: Workspace, reviewer: str | None) -> int:
    """Accept every candidate at once, recorded as such in every decision; how many. For demos.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    corpus = open_corpus(workspace)
    name = reviewer_name(workspace, reviewer)
    at = datetime.now(UTC)
    with corpus.unit() as unit:
        decisions = [
            Decision(instruction=identifier, reviewer=name, verdict=Verdict.ACCEPT, acceptance="accept-all", at=at)
            for identifier in instruction_ids(unit, [Status.CANDIDATE])
        ]
        return add_decisions(unit, decisions)
