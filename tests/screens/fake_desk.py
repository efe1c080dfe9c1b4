"""A reviewer's desk in memory, over handmade items of all three tasks; `python fake_desk.py` opens it on a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from threading import Event

from PIL import Image, ImageDraw

from pedcorpus.errors import CorpusBusy, CorpusError, DecidedMeanwhile, PedcorpusError
from pedcorpus.normalise import find_folded
from pedcorpus.records import (
    ANYTHING,
    Address,
    Box,
    Decision,
    Document,
    Evidence,
    Finding,
    Instruction,
    Severity,
    Source,
    Status,
    Verdict,
)
from pedcorpus.review import (
    WINDOW,
    DeskNotice,
    EvidenceContext,
    ItemsTaken,
    NoPicture,
    PagePicture,
    Progress,
    Queue,
    QueueEntry,
    QueueFilter,
    ReviewItem,
    build_decision,
    entry_of,
    standing_decisions,
    undo_decision,
)
from pedcorpus.tasks import task_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

BOOK = Source(
    id="sample-textbook",
    kind="textbook",
    title="儿科学样章",
    publisher="样例出版社",
    edition="第2版",
    tier="open",
    declared=True,
)
GRAPH = Source(id="sample-graph", kind="graph", title="儿童疾病图谱样例", tier="open", declared=True)
PDF = Document(id="a" * 64, source=BOOK.id, path="chapter7.pdf", parser="pdf@1", bytes=27_000, pages=20)
CSV = Document(id="b" * 64, source=GRAPH.id, path="triples.csv", parser="table_graph@1", bytes=3_000)

SEIZURE = (
    "热性惊厥首次发作多见于6个月至3岁，患病率为3%～5%。单纯型发作呈全面性，持续时间短于15分钟，24小时内仅发作1次，"
    "发作后意识恢复快，无神经系统异常。复杂型为局灶性发作，或持续15分钟以上，或24小时内反复发作。"
)
RESCUE = (
    "多数发作在5分钟内自行缓解，不需药物止惊。发作超过5分钟者，可静脉缓慢注射地西泮0.3～0.5 mg/kg，单次最大量10 mg，"
    "注意呼吸抑制。首次发作年龄小于12个月、怀疑颅内感染者应行腰椎穿刺。"
)
DIARRHOEA = "轻、中度脱水首选口服补液盐，4小时内分次喂服50～75 ml/kg；有重度脱水者应静脉补液。母乳喂养儿继续哺乳。"
KAWASAKI = "川崎病以发热5天以上、双侧球结膜充血、口唇皲裂、杨梅舌、多形性皮疹、四肢末端变化及颈部淋巴结肿大为主要表现。"


def quote(text: str, *, passage: str = RESCUE, page: int = 12, section: str = "第二节 热性惊厥") -> Evidence:
    """A piece of evidence from the sample chapter."""
    start = max(passage.find(text), 0)
    box = Box(page=page, x0=60, y0=200, x1=260, y1=213, start=start, end=start + len(text))
    address = Address(heading_path=("第七章 神经系统疾病", section), page=page, boxes=(box,))
    origin = f"passage-{passage[:4]}"
    return Evidence(source=BOOK.id, document=PDF.id, origin="passage", origin_id=origin, address=address, quote=text)


def made(task: str, **fields: object) -> Instruction:
    """An instruction of the sample chapter."""
    common = {"asker": "parent", "language": "zh", "license": "CC0-1.0", "tier": "open", "generator": "rule.section@1"}
    return task_of(task).record.model_validate({"task": task, **common, **fields})


def status_epilepticus() -> Instruction:
    return made(
        "trerecom",
        topic="热性惊厥",
        asker="junior_doctor",
        question="如何处理？",
        patient={"age_months": 24, "weight_kg": 12},
        diagnosis="热性惊厥",
        findings=["已持续6分钟未止"],
        plan=[{"text": "发作超过5分钟者，可静脉缓慢注射地西泮", "evidence": [0]}],
        drugs=[
            {
                "name": "地西泮",
                "dose_text": "0.3～0.5 mg/kg",
                "dose_low": 0.3,
                "dose_high": 0.5,
                "unit": "mg",
                "basis": "per_kg_per_dose",
                "route": "静脉缓慢注射",
                "computed_low": 3.6,
                "computed_high": 6,
                "evidence": 0,
            }
        ],
        cautions=[{"text": "注意呼吸抑制", "evidence": [1]}],
        follow_up=[{"text": "如症状不缓解或加重，请立即就医。", "basis": "safety"}],
        evidence=[
            quote("发作超过5分钟者，可静脉缓慢注射地西泮0.3～0.5 mg/kg"),
            quote("单次最大量10 mg，注意呼吸抑制"),
        ],
    )


def simple_seizure() -> Instruction:
    return made(
        "evidiag",
        topic="热性惊厥",
        question="最可能的诊断是什么？依据是什么？",
        patient={"age_months": 18, "sex": "male"},
        findings=["体温39.2℃", "3小时后出现全身抽搐", "约2分钟自行停止", "很快清醒", "24小时内未再发作"],
        investigations=["查体无神经系统异常"],
        diagnosis="单纯型热性惊厥",
        supporting_evidence=[
            {"finding": "全身抽搐", "criterion": "单纯型发作呈全面性", "evidence": 0},
            {"finding": "约2分钟", "criterion": "持续时间短于15分钟", "evidence": 0},
            {"finding": "24小时内一次", "criterion": "24小时内仅发作1次", "evidence": 1},
        ],
        differentials=[{"disease": "复杂型", "distinction": "局灶性发作，或持续15分钟以上", "evidence": 2}],
        evidence=[
            quote("单纯型发作呈全面性，持续时间短于15分钟", passage=SEIZURE, page=11),
            quote("24小时内仅发作1次", passage=SEIZURE, page=11),
            quote("复杂型为局灶性发作，或持续15分钟以上，或24小时内反复发作", passage=SEIZURE, page=11),
        ],
    )


def age_question(topic: str = "热性惊厥", question: str = "孩子多大时容易第一次出现热性惊厥？") -> Instruction:
    return made(
        "medkqa",
        topic=topic,
        question=question,
        aspect="epidemiology",
        answer="热性惊厥首次发作多见于6个月至3岁，患病率为3%～5%。发作后应观察体温。",
        evidence=[quote("热性惊厥首次发作多见于6个月至3岁，患病率为3%～5%。", passage=SEIZURE, page=11)],
    )


def rehydration() -> Instruction:
    return made(
        "medkqa",
        topic="婴儿腹泻",
        question="宝宝腹泻轻度脱水，口服补液盐怎么喂？",
        aspect="treatment",
        answer=DIARRHOEA,
        evidence=[quote(DIARRHOEA, passage=DIARRHOEA, page=5, section="第一节 婴儿腹泻")],
    )


def missing_quote() -> Instruction:
    return made(
        "medkqa",
        topic="川崎病",
        question="川崎病有哪些主要表现？",
        aspect="manifestation",
        answer=KAWASAKI,
        evidence=[quote("川崎病以发热3天以上为主要表现", passage=KAWASAKI, page=15, section="第三节 川崎病")],
    )


def from_graph() -> Instruction:
    line = "手足口病,has_symptom,口腔疱疹"
    return made(
        "medkqa",
        topic="手足口病",
        question="手足口病有什么表现？",
        aspect="manifestation",
        generator="rule.graph@1",
        answer="手足口病常见的表现有：口腔疱疹。",
        evidence=[
            {
                "source": GRAPH.id,
                "document": CSV.id,
                "origin": "triple",
                "origin_id": "triple-1",
                "address": {"row": 7},
                "quote": line,
            }
        ],
    )


def hostile() -> Instruction:
    text = "[red]警告[/red] [@click=app.quit]点我[/] \x1b[31m红字\x1b[0m \x07\u202e反向"
    return made(
        "medkqa", topic="[b]标记[/b]", question=text, aspect="other", answer=text, evidence=[quote(text, passage=text)]
    )


def very_long() -> Instruction:
    text = "小儿肺炎的护理要点包括保持呼吸道通畅、合理喂养与观察病情变化。" * 650
    short = text[:62]
    return made(
        "medkqa",
        topic="支气管肺炎",
        question="怎样护理？",
        aspect="care",
        answer=text,
        evidence=[quote(short, passage=text)],
    )


def page_of_lines(page: int) -> PagePicture:
    """An A4 page with a bar for each line of print."""
    picture = Image.new("L", (1190, 1684), 255)
    for top in range(100, 1500, 38):
        ImageDraw.Draw(picture).rectangle((120, top, 1000 + 5 * page, top + 24), fill=0)
    data = BytesIO()
    picture.save(data, "PNG")
    return PagePicture(data.getvalue(), 595, 842)


PASSAGES = {"热性惊厥": SEIZURE, "多数发作": RESCUE, DIARRHOEA[:4]: DIARRHOEA, KAWASAKI[:4]: KAWASAKI}


def context_of(evidence: Evidence) -> EvidenceContext:
    """The evidence inside its passage; handmade passages that are not listed are their own quote."""
    text = PASSAGES.get(evidence.origin_id.removeprefix("passage-"), evidence.quote)
    start, end = find_folded(evidence.quote, text) or (0, 0)
    source, document = (GRAPH, CSV) if evidence.source == GRAPH.id else (BOOK, PDF)
    return EvidenceContext(evidence=evidence, source=source, document=document, text=text, start=start, end=end)


def finding(instruction: Instruction, severity: str, reason: str, detail: str, **place: object) -> Finding:
    return Finding.model_validate(
        {
            "instruction": instruction.id,
            "check": "sample@1",
            "severity": severity,
            "reason": reason,
            "detail": detail,
            **place,
        }
    )


def sample_items() -> list[tuple[Instruction, tuple[Finding, ...]]]:
    treat, kawasaki, hot = status_epilepticus(), missing_quote(), age_question()
    return [
        (
            treat,
            (
                finding(
                    treat,
                    "error",
                    "dose_ceiling_missing",
                    "单次上限 10 mg 未写入方案；补入用药的最大量原文",
                    path="drugs.0",
                ),
            ),
        ),
        (
            kawasaki,
            (
                finding(
                    kawasaki, "error", "quote_not_found", "引文在来源中找不到；核对原书，改正或退回", path="evidence.0"
                ),
            ),
        ),
        (
            hot,
            (
                finding(
                    hot, "warning", "not_in_evidence", "这一句在引文中没有；删去或退回", path="answer", start=29, end=38
                ),
            ),
        ),
        (simple_seizure(), ()),
        (rehydration(), ()),
        (from_graph(), ()),
    ]


@dataclass
class FakeDesk:
    """Keeps decisions in a list; `fail_next` makes the next call raise."""

    items: list[tuple[Instruction, tuple[Finding, ...]]] = field(default_factory=sample_items)
    reviewer: str = "wang"
    decisions: list[Decision] = field(default_factory=list)
    edits: dict[str, Instruction] = field(default_factory=dict)
    fail_next: PedcorpusError | None = None
    pages: list[int] = field(default_factory=list)
    """Those that were drawn."""
    no_picture: NoPicture | None = None
    """What any page is answered with."""
    verdicts: tuple[Finding, ...] = ()
    """What the checks find in any edit."""
    held: set[str] = field(default_factory=set)
    """What others have on screen."""
    settled: dict[str, str] = field(default_factory=dict)
    """Who decided what, since it was read."""
    untold: tuple[DeskNotice, ...] = ()
    wanted: list[tuple[QueueFilter, int]] = field(default_factory=list)
    looks: list[tuple[str, ...]] = field(default_factory=list)
    adjudicates: bool = False
    known: tuple[str, ...] = ("li", "zhang")
    """Other reviewers."""
    sample: int = 0
    """How many of the items a plan wants read."""
    flagged: set[str] = field(default_factory=set)
    """Items that a colleague flagged to this reviewer."""
    drawn: set[str] = field(default_factory=set)
    """Items in a sample."""
    is_closed: bool = False

    def _maybe_fail(self) -> None:
        if error := self.fail_next:
            self.fail_next = None
            raise error

    def _entry(self, instruction: Instruction, deferred: bool) -> QueueEntry:
        is_so = {"flagged": instruction.id in self.flagged, "drawn": instruction.id in self.drawn}
        return replace(entry_of(self._item(instruction.id)), deferred=deferred, **is_so)

    def queue(self, wanted: QueueFilter = ANYTHING, *, first: int = WINDOW) -> Queue:
        self._maybe_fail()
        self.wanted.append((wanted, first))
        last = {item.instruction: item.verdict for item in standing_decisions(self.decisions)}
        put_off = (Verdict.DEFER, Verdict.FLAG)
        waiting = [
            (instruction, last.get(instruction.id) in put_off)
            for instruction, _ in self.items
            if last.get(instruction.id, Verdict.DEFER) in put_off
        ]
        matching = [pair for pair in waiting if self._admits(wanted, pair[0]) and pair[0].id not in self.held]
        ordered = sorted((self._entry(*pair) for pair in matching), key=lambda entry: entry.deferred)
        return Queue(
            entries=tuple(ordered[:first]),
            matching=len(matching),
            has_more=len(matching) > first,
            waiting=len(waiting),
            tasks=Counter(instruction.task for instruction, _ in waiting),
            sources=Counter(instruction.evidence[0].source for instruction, _ in waiting),
            reasons=Counter(item.reason for one, _ in waiting for item in self._item(one.id).findings),
            topics=Counter(instruction.topic for instruction, _ in waiting),
        )

    def _admits(self, wanted: QueueFilter, instruction: Instruction) -> bool:
        reasons = {item.reason for item in self._item(instruction.id).findings}
        sought = f"{instruction.topic}\n{instruction.question}\n{instruction.id}".casefold()
        return (
            wanted.task in ("", instruction.task)
            and wanted.source in ("", instruction.evidence[0].source)
            and wanted.topic in ("", instruction.topic)
            and wanted.reason in {"", *reasons}
            and all(word in sought for word in wanted.text.casefold().split())
        )

    def read(self, ids: Sequence[str]) -> ItemsTaken:
        self._maybe_fail()
        self.looks.append(tuple(ids))
        ruled = (Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT)
        decided = {item.instruction for item in standing_decisions(self.decisions) if item.verdict in ruled}
        gone = [name for name in ids if name in self.held or name in decided]
        taken = [name for name in ids if name not in gone][:4]
        tried = ids[: ids.index(taken[-1])] if len(taken) == 4 else ids
        return ItemsTaken(tuple(self._item(name) for name in taken), tuple(name for name in gone if name in tried))

    def _item(self, instruction_id: str) -> ReviewItem:
        instruction, findings = next(pair for pair in self.items if pair[0].id == instruction_id)
        has_error = any(item.severity is Severity.ERROR for item in findings)
        return ReviewItem(
            instruction=instruction,
            status=Status.DRAFT if has_error else Status.CANDIDATE,
            findings=findings,
            decisions=tuple(item for item in self.decisions if item.instruction == instruction_id),
            contexts=tuple(context_of(evidence) for evidence in instruction.evidence),
        )

    def page_picture(self, evidence: Evidence) -> PagePicture | NoPicture:
        self._maybe_fail()
        if self.no_picture or evidence.address.page is None:
            return self.no_picture or NoPicture("no_page")
        self.pages.append(evidence.address.page)
        return page_of_lines(evidence.address.page)

    def judge(self, edited: Instruction) -> tuple[Finding, ...]:
        self._maybe_fail()
        return tuple(item.model_copy(update={"instruction": edited.id}) for item in self.verdicts)

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
        self._maybe_fail()
        if by := self.settled.get(instruction_id):
            raise DecidedMeanwhile(instruction_id, [by])
        instruction = next(pair[0] for pair in self.items if pair[0].id == instruction_id)
        decision = build_decision(
            instruction,
            verdict,
            reviewer=self.reviewer,
            at=NOON,
            reason=reason,
            note=note,
            colleague=colleague,
            edited=edited,
            seconds=seconds,
        )
        self.decisions.append(decision)
        if edited:
            self.edits[edited.id] = edited
        return decision

    def undo(self) -> ReviewItem | None:
        self._maybe_fail()
        standing = standing_decisions(self.decisions)
        if not standing:
            return None
        self.decisions.append(undo_decision(standing[-1], at=NOON))
        return self._item(standing[-1].instruction)

    def notices(self) -> tuple[DeskNotice, ...]:
        told, self.untold = self.untold, ()
        return told

    def close(self) -> None:
        self.is_closed = True

    def progress(self) -> Progress:
        mine = standing_decisions(self.decisions)
        deferred = sum(item.verdict in (Verdict.DEFER, Verdict.FLAG) for item in mine)
        waiting = len(self.items) - len(mine) + deferred
        return Progress(waiting, len(mine), sample=self.sample, sample_read=min(len(mine) - deferred, self.sample))

    def colleagues(self) -> tuple[str, ...]:
        return self.known


@dataclass
class SlowDesk(FakeDesk):
    """Stores a decision only when `may_go` is set."""

    may_go: Event = field(default_factory=Event)

    def decide(self, instruction_id: str, verdict: Verdict, **words: object) -> Decision:
        assert self.may_go.wait(5)
        return super().decide(instruction_id, verdict, **words)


def gone() -> CorpusError:
    return CorpusError("corpus.duckdb is not there any more; put it back, or run `pedcorpus ingest`")


def busy() -> CorpusBusy:
    return CorpusBusy("corpus.duckdb is held by another process for 30 s; wait for it to end, then press the key again")


if __name__ == "__main__":
    from pedcorpus.screens import run_review

    extra = [(item, ()) for item in (hostile(), very_long())]
    many = [(age_question(question=f"孩子{n}个月时会第一次出现热性惊厥吗？"), ()) for n in range(6, 46)]
    run_review(FakeDesk([*sample_items(), *extra, *many]), language="en" if "en" in sys.argv else "zh")
