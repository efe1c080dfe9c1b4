"""A reviewer's desk over a corpus file: what is read stays at hand, what is decided is durable."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pedcorpus.corpus import (
    Corpus,
    Leases,
    QueueFiles,
    Unit,
    add_decisions,
    add_findings,
    add_instructions,
    ask_queue,
    decisions_after,
    decisions_of,
    document_by_id,
    last_decision,
    last_written,
    origin_texts,
    reviewer_names,
    settled_since,
    waiting_page,
)
from pedcorpus.curate import Check, Subject
from pedcorpus.errors import DecidedMeanwhile, UsageError
from pedcorpus.flow.desk.blind import as_shown
from pedcorpus.flow.desk.items import load_instruction, review_item, waiting_items
from pedcorpus.flow.desk.known_items import KnownItems
from pedcorpus.flow.desk.part import DeskPart
from pedcorpus.flow.pages import PageShelf
from pedcorpus.flow.review_plan import Sample, sample_to_read
from pedcorpus.records import ANYTHING, Decision, Evidence, Finding, Instruction, Severity, Verdict
from pedcorpus.review import (
    WINDOW,
    DeskNotice,
    ItemsTaken,
    NoPicture,
    PagePicture,
    Progress,
    Queue,
    QueueFilter,
    ReviewItem,
    build_decision,
    undo_decision,
)
from pedcorpus.settings import SamplingSettings

__all__ = ["CorpusDesk"]

_AHEAD = 6  # items that are leased and read: the one on screen and those that come next
_LOW = 3  # as soon as fewer are at hand more are read, several at once: a unit of work costs more than an item
_AT_HAND = 200  # items that are kept, so that deciding reads none again
_LONG_S = 0.5  # what takes less is worked out at each look at the queue
_ANY_NUMBER = 1_000_000
_PUTS_OFF = frozenset({Verdict.DEFER, Verdict.FLAG})


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
        leases: Leases,
        files: QueueFiles,
        part: DeskPart,
        plan: SamplingSettings,
        accounts: Sequence[str] = (),
        known: KnownItems | None = None,
    ) -> None:
        """`active` are the checks that judge an edit before it is taken; `pages` draws what is quoted from; what `plan`
        samples comes before what it does not; `accounts` are people who may review here, whether they have or not;
        `known` are the items whose verdict is known.
        """
        self.reviewer = reviewer
        self.adjudicates = part.adjudicates
        self._part = part
        self._plan = plan
        self._pages = pages
        self._corpus = corpus
        self._leases = leases
        self._files = files
        self._checks = active
        self._items: dict[str, ReviewItem] = {}
        self._said: dict[str, tuple[int, Sequence[Decision]]] = {}
        self._undoable: dict[str, tuple[ReviewItem, tuple[int, Sequence[Decision]]]] = {}
        self._mine: frozenset[str] = frozenset()
        self._judged: dict[str, list[Finding]] = {}
        self._taken: list[str] = []
        self._waiting = self._settled = self._last = 0
        self._sample = Sample()
        self._sample_due = 0.0
        self._sample_read: set[str] = set()
        self._accounts = accounts
        self._known = known or KnownItems(reviewer, 0.0)

    # Reading

    def queue(self, wanted: QueueFilter = ANYTHING, *, first: int = WINDOW) -> Queue:
        held = self._leases.held(readers_of=self._holders_of)
        with self._corpus.unit(read_only=True) as unit:
            self._take_sample(unit)
            looked = ask_queue(unit, self._files, self.reviewer, wanted)
        settled = self._settled
        page = waiting_page(
            looked, wanted, first=first, drawn=self._sample.waiting, held=held, disputed=self.adjudicates
        )
        has_more = len(page.rows) == first
        with self._corpus.unit(read_only=True) as unit:
            entries = self._known.mixed_in(unit, page.rows, wanted, is_whole=not has_more)
        known = len(entries) - len(page.rows)
        self._waiting = page.waiting + known - (self._settled - settled)  # what was decided while it was read
        self._last = looked.kept.last
        self._mine = frozenset()  # whoever reads the queue again wants to see what has changed
        return Queue(
            entries=tuple(entries),
            matching=page.matching + known,
            has_more=has_more,
            waiting=self._waiting,
            tasks=page.counts["task"],
            sources=page.counts["source"],
            reasons=page.counts["reason"],
            topics=page.counts["topic"],
        )

    def _take_sample(self, unit: Unit) -> None:
        """Work out what plans ask for, no more often than costs a twentieth of the time."""
        began = time.monotonic()
        if began >= self._sample_due:
            self._sample, self._sample_read = sample_to_read(unit, self._plan), set()
            cost_s = time.monotonic() - began
            self._sample_due = began + (20 * cost_s if cost_s > _LONG_S else 0)

    def read(self, ids: Sequence[str]) -> ItemsTaken:
        leased = self._leases.take(ids, enough=_AHEAD, readers_of=self._holders_of)
        taken = self._at_hand(leased)
        if len(taken) < min(_LOW, len(leased)) or taken[:1] != leased[:1]:
            leased, taken = self._read(ids)
            over = set(leased) - set(taken)
        else:
            over = set()
        self._mine = frozenset(taken)
        tried = ids[: ids.index(leased[-1]) + 1] if len(leased) == _AHEAD else ids
        gone = tuple(name for name in tried if name not in leased or name in over)
        return ItemsTaken(tuple(self._items[name] for name in taken), gone)

    def _at_hand(self, taken: Sequence[str]) -> list[str]:
        """Those that were this reviewer's all the time since they were read."""
        return [name for name in taken if name in self._mine and name in self._items]

    def _read(self, ids: Sequence[str]) -> tuple[list[str], list[str]]:
        """Bring the first few to hand that are free and that nobody has settled; which were leased, and which those."""
        with self._corpus.unit(read_only=True) as unit:
            settled = {name for name in settled_since(unit, ids, self._last) if name not in self._known}
            open_ids = [name for name in ids if name not in settled]
            leased = self._leases.take(open_ids, enough=_AHEAD, readers_of=self._holders_of)
            at_hand = self._at_hand(leased)
            found = waiting_items(unit, [name for name in leased if name not in at_hand], self._files.kept())
            last = last_written(unit)
            for item in found:
                self._keep(unit, item, last)
        over = {item.instruction.id for item in found if self._settled_by(item.instruction.id, item.decisions)}
        return leased, [name for name in leased if name not in over]

    def _keep(self, unit: Unit, item: ReviewItem, last: int) -> ReviewItem:
        """Keep an item as its reviewer may see it, and what was said of it up to row `last`."""
        name, shown = item.instruction.id, self._as_shown(unit, item)
        self._items.pop(name, None)
        self._items[name] = shown
        self._said[name] = (last, item.decisions)
        while len(self._items) > _AT_HAND:
            forgotten = next(iter(self._items))
            del self._items[forgotten], self._said[forgotten]
        return shown

    def _as_shown(self, unit: Unit, item: ReviewItem) -> ReviewItem:
        is_known = item.instruction.id in self._known
        return as_shown(unit, item, self._part, reviewer=self.reviewer, is_known=is_known)

    def _holders_of(self, instruction_id: str) -> int:
        """How many may have it on screen at once: what is known to all but them, as many as like."""
        return _ANY_NUMBER if instruction_id in self._known else self._part.holders_of(instruction_id)

    def _settled_by(self, instruction_id: str, decisions: Sequence[Decision]) -> tuple[str, ...]:
        if instruction_id in self._known:
            return ()
        about_it = [item for item in decisions if item.instruction == instruction_id]
        return self._part.settled_by(about_it)

    def item(self, instruction_id: str) -> ReviewItem:
        """One instruction, whether it waits or not, without taking it.

        Raises:
            UsageError: there is no such instruction.
        """
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

    # Deciding

    def judge(self, edited: Instruction) -> Sequence[Finding]:
        with self._corpus.unit(read_only=True) as unit:
            found = self._verdicts(unit, edited)
        return sorted((item for item in found if item.severity is not Severity.PASS), key=_risk)

    def _verdicts(self, unit: Unit, edited: Instruction) -> list[Finding]:
        """Of every check, passes included; an edit quotes what its original quoted."""
        if edited.id not in self._judged:
            subject = Subject(edited, origin_texts(unit, [str(edited.parent)]))
            self._judged = {edited.id: [finding for check in self._checks for finding in check.verdicts([subject])]}
        return self._judged[edited.id]

    def decide(
        self,
        instruction_id: str,
        verdict: Verdict,
        *,
        reason: str = "",
        note: str = "",
        colleague: str = "",
        edited: Instruction | None = None,
        seconds: float | None = None,
    ) -> Decision:
        known = self._items.get(instruction_id)
        with self._corpus.unit() as unit:
            earlier, newer = self._said_of(unit, instruction_id)
            self._refuse(instruction_id, [*earlier, *newer], is_new=bool(known and newer))
            decision = build_decision(
                known.instruction if known else load_instruction(unit, instruction_id),
                verdict,
                reviewer=self.reviewer,
                at=datetime.now(UTC),
                reason=reason,
                note=note,
                colleague=colleague,
                edited=edited,
                seconds=seconds,
            )
            about_it = [each for each in (*earlier, *newer) if each.instruction == instruction_id]
            decision = self._known.stored(self._part.stored(decision, about_it))
            if edited is not None and add_instructions(unit, [edited]):
                add_findings(unit, self._verdicts(unit, edited))
            add_decisions(unit, [decision])
        self._decided(decision)
        return decision

    def _said_of(self, unit: Unit, instruction_id: str) -> tuple[Sequence[Decision], Sequence[Decision]]:
        """The decisions on an instruction until it was read, and those since."""
        if instruction_id not in self._items:
            return decisions_of(unit, instruction_id), ()
        last, earlier = self._said[instruction_id]
        return earlier, decisions_after(unit, instruction_id, last)

    def _refuse(self, instruction_id: str, decisions: Sequence[Decision], *, is_new: bool) -> None:
        """Raises DecidedMeanwhile where decisions since it was read settled it, UsageError where one's own bar one."""
        if self._part.is_barred(self.reviewer, decisions):
            raise UsageError(f"{self.reviewer} read {instruction_id} as one of its readers; somebody else settles it")
        if is_new and (by := self._settled_by(instruction_id, decisions)):
            self._mine -= {instruction_id}  # the next look reads it again
            self._settle(1)
            raise DecidedMeanwhile(instruction_id, by)

    def _decided(self, decision: Decision) -> None:
        self._taken.append(decision.id)
        if item := self._items.pop(decision.instruction, None):
            self._undoable[decision.id] = (item, self._said.pop(decision.instruction))
            if len(self._undoable) > _AT_HAND:
                del self._undoable[next(iter(self._undoable))]
        if decision.verdict not in _PUTS_OFF:
            self._settle(1)
            self._sample_read |= {decision.instruction} & self._sample.waiting

    def _brought_back(self, unit: Unit, undone: Decision, undo: Decision) -> ReviewItem:
        """The item of a decision that was taken back, as its reviewer knew it where that is at hand."""
        if undone.id not in self._undoable:
            (item,) = waiting_items(unit, [undone.instruction], self._files.kept())
            return self._keep(unit, item, last_written(unit))
        item, self._said[undone.instruction] = self._undoable.pop(undone.id)
        self._items[undone.instruction] = item = replace(item, decisions=(*item.decisions, undone, undo))
        return item

    def _settle(self, count: int) -> None:
        self._settled += count
        self._waiting = max(self._waiting - count, 0)

    def undo(self) -> ReviewItem | None:
        with self._corpus.unit() as unit:
            last = last_decision(
                unit, self.reviewer, role="adjudicator" if self.adjudicates else "reviewer", own=self._taken
            )
            if last is None:
                return None
            undo = undo_decision(last, at=datetime.now(UTC))
            add_decisions(unit, [undo])
            self._known.undone(last)
            item = self._brought_back(unit, last, undo)
        if last.id in self._taken:
            self._taken.remove(last.id)
        if last.verdict not in _PUTS_OFF:
            self._settle(-1)
        self._sample_read.discard(last.instruction)
        return item

    # The rest

    def progress(self) -> Progress:
        read = self._sample.size - len(self._sample.waiting) + len(self._sample_read)
        return Progress(self._waiting, len(self._taken), sample=self._sample.size, sample_read=read)

    def colleagues(self) -> Sequence[str]:
        with self._corpus.unit(read_only=True) as unit:
            known = reviewer_names(unit)
        return sorted({*known, *self._accounts} - {self.reviewer})

    def notices(self) -> Sequence[DeskNotice]:
        return self._leases.troubles()

    def close(self) -> None:
        self._leases.close()
