"""Made-up rows for a corpus of any size: works, passages, and instructions of the three paediatric tasks over them.

Nothing is meant to be true; lengths, fields and the number of quotes are those of a real shelf. Rows are built as
canonical JSON without going through the records, which would take ten times as long; the same seed gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any

from benchmarks.shelf_text import sentence
from pedcorpus.facts import alias_table
from pedcorpus.records import Address, Box, Document, Passage, Source, SourceKind, Tier, canonical_json, content_id

__all__ = ["READING", "Made", "Shelf", "instructions", "make_shelf"]

READING = "markdown@1"
_SOURCES, _DOCUMENTS_EACH = 12, 20
_LINE = 38  # characters of a printed line
_ASPECTS = {"definition": "是什么", "cause": "由什么引起", "manifestation": "有哪些表现", "treatment": "如何治疗",
            "prevention": "怎样预防", "examination": "需要做哪些检查"}  # fmt: skip
_ASKERS = ("parent", "grandparent", "student", "nurse", "junior_doctor", "general_practitioner")
_GENERATORS = {
    "medkqa": ("rule.section@1", "llm.medkqa@3", "rule.graph@1"),
    "evidiag": ("rule.graph@1", "llm.evidiag@3"),
    "trerecom": ("rule.graph@1", "llm.trerecom@3"),
}
_TASKS, _SHARES = ("medkqa", "evidiag", "trerecom"), (60, 20, 20)
Body = dict[str, Any]  # JSON values


@dataclass(frozen=True)
class Shelf:
    """What instructions are drawn from."""

    sources: list[Source]
    documents: list[Document]
    passages: list[Passage]
    quotes: list[list[Body]]
    """Of each passage, its sentences as the body of an evidence."""
    topics: list[str]


@dataclass(frozen=True)
class Made:
    """One instruction as its rows hold it."""

    id: str
    body: str
    fields: Body


def make_shelf(passages: int, *, seed: int = 6) -> Shelf:
    """A dozen works of twenty files each, and so many passages in them."""
    chance = Random(seed)
    kinds = (SourceKind.TEXTBOOK, SourceKind.GUIDELINE)
    sources = [
        Source(id=f"work-{number:02}", kind=kinds[number % 2], title=f"样例儿科{number:02}", license="CC-BY-4.0",
               tier=Tier.OPEN, declared=True)
        for number in range(_SOURCES)
    ]  # fmt: skip
    documents = [
        Document(id=sha256(f"{source.id}/{number}".encode()).hexdigest(), source=source.id, path=f"{number:03}.md",
                 parser="markdown@1", bytes=90_000)
        for source in sources
        for number in range(_DOCUMENTS_EACH)
    ]  # fmt: skip
    topics = sorted({*alias_table("diseases").values(), *alias_table("drugs").values()})
    shelf = Shelf(sources, documents, [], [], topics)
    for number in range(passages):
        _add_passage(shelf, documents[number % len(documents)], number // len(documents), chance)
    return shelf


def _add_passage(shelf: Shelf, document: Document, position: int, chance: Random) -> None:
    sentences = [sentence(chance) for _ in range(chance.randint(2, 6))]
    heading = (f"第{position // 40 + 1}章", chance.choice(shelf.topics))
    text = "".join(sentences)
    page = position // 6 + 1
    address = Address(heading_path=heading, page=page, boxes=_boxes(text, page, 0), start=0, end=len(text))
    passage = Passage(document=document.id, position=position, text=text, address=address)
    shelf.passages.append(passage)
    quotes, start = [], 0
    for one in sentences:
        place = Address(heading_path=heading, page=page, boxes=_boxes(one, page, start), start=start,
                        end=start + len(one))  # fmt: skip
        quotes.append(
            {"source": document.source, "document": document.id, "origin": "passage", "origin_id": passage.id,
             "address": place.model_dump(mode="json"), "quote": one}
        )  # fmt: skip
        start += len(one)
    shelf.quotes.append(quotes)


def _boxes(text: str, page: int, start: int) -> tuple[Box, ...]:
    return tuple(
        Box(page=page, x0=66.0, y0=80.0 + line % 40 * 16, x1=529.0, y1=94.0 + line % 40 * 16, start=at,
            end=min(at + _LINE, len(text)))
        for line, at in enumerate(range(0, len(text), _LINE), start // _LINE)
    )  # fmt: skip


def instructions(shelf: Shelf, count: int, *, seed: int = 6) -> Iterator[Made]:
    """`count` instructions, no two alike."""
    chance = Random(seed)
    seen: set[str] = set()
    while len(seen) < count:
        task = chance.choices(_TASKS, _SHARES)[0]
        fields = _BODIES[task](shelf, chance)
        fields |= {"task": task, "asker": chance.choice(_ASKERS), "language": "zh", "parent": None,
                   "generator": chance.choice(_GENERATORS[task])}  # fmt: skip
        made = _made(fields)
        if made.id not in seen:
            seen.add(made.id)
            yield made


def _made(fields: Body) -> Made:
    body = canonical_json(fields)
    return Made(content_id("instruction", body), body, fields)


def _cited(shelf: Shelf, chance: Random, least: int, most: int) -> list[Body]:
    """Sentences of one or two passages."""
    wanted = chance.randint(least, most)
    found: list[Body] = []
    while len(found) < wanted:
        quotes = shelf.quotes[int(chance.random() * len(shelf.quotes))]
        found += quotes[: wanted - len(found)] if chance.random() < 0.5 else quotes[-(wanted - len(found)) :]
    return found


def _patient(chance: Random) -> Body:
    return {
        "age_months": float(chance.randint(0, 200)),
        "sex": chance.choice(("male", "female")),
        "weight_kg": chance.randint(25, 500) / 10,
    }


def _medkqa(shelf: Shelf, chance: Random) -> Body:
    topic, cited = chance.choice(shelf.topics), _cited(shelf, chance, 1, 3)
    aspect = chance.choice(list(_ASPECTS))
    question = f"孩子{chance.randint(1, 14)}岁，想请问{topic}{_ASPECTS[aspect]}？"
    answer = "".join(item["quote"] for item in cited)
    return {"topic": topic, "aspect": aspect, "question": question, "answer": answer, "evidence": cited}


def _evidiag(shelf: Shelf, chance: Random) -> Body:
    topic, cited = chance.choice(shelf.topics), _cited(shelf, chance, 3, 4)
    told = [item["quote"][:12] for item in cited[:2]]
    supports = [
        {"finding": finding, "criterion": item["quote"], "evidence": place}
        for place, (finding, item) in enumerate(zip(told, cited, strict=False))
    ]
    rival = {"disease": chance.choice(shelf.topics), "distinction": cited[2]["quote"], "evidence": 2, "also": []}
    return {"topic": topic, "question": "请给出诊断和依据。", "patient": _patient(chance), "findings": told,
            "investigations": [f"白细胞{chance.randint(30, 300) / 10}×10⁹/L"], "diagnosis": topic, "subtype": "",
            "supporting_evidence": supports, "differentials": [rival], "evidence": cited}  # fmt: skip


def _trerecom(shelf: Shelf, chance: Random) -> Body:
    topic, cited = chance.choice(shelf.topics), _cited(shelf, chance, 2, 4)
    lines = [{"text": item["quote"], "basis": "quoted", "evidence": [place]} for place, item in enumerate(cited)]
    drug = {"name": chance.choice(shelf.topics), "dose_text": "10 mg/kg", "dose_low": 10.0, "dose_high": 10.0,
            "unit": "mg", "basis": "per_kg_per_dose", "route": "口服", "frequency": "每日3次", "maximum_text": "",
            "computed_low": None, "computed_high": None, "evidence": 0}  # fmt: skip
    return {"topic": topic, "question": "请给出治疗方案。", "patient": _patient(chance), "diagnosis": topic,
            "findings": [f"已持续{chance.randint(2, 30)}天"], "plan": lines[:-1], "drugs": [drug],
            "cautions": lines[-1:], "follow_up": [], "evidence": cited}  # fmt: skip


_BODIES = {"medkqa": _medkqa, "evidiag": _evidiag, "trerecom": _trerecom}
