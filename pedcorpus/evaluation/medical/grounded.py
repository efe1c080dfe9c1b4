"""How much of a reply its question's evidence bears out, sentence by sentence: by its facts, not by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.curate.sense.flag_table import Flags
from pedcorpus.curate.support import Cited, Said, gaps
from pedcorpus.evaluation.medical.grade import Grade, graded
from pedcorpus.facts import Reading, read, spoken
from pedcorpus.normalise import language_of, split_sentences
from pedcorpus.records import Instruction
from pedcorpus.tasks.courtesy import is_courtesy

__all__ = ["grounded_grade"]

_NO_MEDICINE = frozenset({"general", "safety", "self_cognition"})
_MARK = re.compile(r"^[\s\-*#>•·]*(?:\d{1,2}\s*[.)、]|[(（]\d{1,2}[)）]|[①-⑳])?\s*")
_HEADING = re.compile(r"[^。.!?！？]{1,16}[:：]")


def grounded_grade(record: Instruction, reply: str, flags: Flags) -> Grade | None:
    """Share of the reply's sentences that evidence, reference answer or question say; none where nothing can be held.

    Headings, courtesies and the advice to see a doctor assert nothing of medicine and are not counted. An empty reply
    is worth 0; one in another language than the evidence cannot be held against it.
    """
    if record.task in _NO_MEDICINE:
        return None
    if not reply.strip():
        return graded(0.0, "没有回答", "says nothing")
    if language_of(reply) != language_of(record.answer_text()):
        return None
    cited, reading = _cited(record), read(reply)
    sentences = [span for span in _sentences(reply) if _asserts(reply, reading, span, flags)]
    if not sentences:
        return None
    found = [(reply[start:end].strip(), gaps(Said(reading, start, end), cited)) for start, end in sentences]
    loose = [f"「{text}」 {missing[0].detail}" for text, missing in found if missing]
    held, more = len(found) - len(loose), "".join(f"; {each}" for each in loose)
    return graded(
        held / len(found), f"{len(found)} 句中 {held} 句有据{more}", f"{held} of {len(found)} sentences{more}"
    )


def _cited(record: Instruction) -> Cited:
    quotes = [
        (spoken(item.quote) if item.origin == "turn" else item.quote, tuple(item.address.heading_path))
        for item in record.evidence
    ]
    return Cited([*quotes, (record.answer_text(), (record.topic,)), (record.user_text(), ())])


def _sentences(reply: str) -> Iterator[tuple[int, int]]:
    """Where each sentence stands, without the list mark before it."""
    place = 0
    for sentence in split_sentences(reply):
        start = reply.index(sentence, place)
        place = start + len(sentence)
        mark = _MARK.match(sentence)
        yield start + (mark.end() if mark else 0), place


def _asserts(reply: str, reading: Reading, span: tuple[int, int], flags: Flags) -> bool:
    """Does the sentence say anything of medicine?"""
    sentence = reply[span[0] : span[1]].strip()
    if not sentence or is_courtesy(sentence) or _HEADING.fullmatch(sentence):
        return False
    places = [item.start for items in (reading.names, reading.quantities, reading.routes) for item in items]
    holds_fact = any(span[0] <= place < span[1] for place in places)
    return holds_fact or not flags.advice.search(sentence)
