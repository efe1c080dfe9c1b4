"""EviDiag: does a reply give the record's diagnosis as the diagnosis?

Names are read with their synonyms in both languages (`facts`). What is denied, ruled out or listed among the diseases
to tell apart is no diagnosis; nor is what the question names already, or a complication beside the disease.
"""

from __future__ import annotations

import re

from pedcorpus.evaluation.medical.grade import Grade, graded, listed
from pedcorpus.evaluation.medical.zones import differential_zones
from pedcorpus.facts import Name, Reading, plain, read
from pedcorpus.records import Instruction
from pedcorpus.tasks.evidiag import EviDiag

__all__ = ["diagnosis_grade"]

_CUE = re.compile(r"诊断|最可能|考虑|diagnos|most likely|probabl")
_AGAINST = re.compile(
    r"可能性(?:很|较|更|比较|极)?[小低]|(?:已|可以?|能|基本)排除|不支持|不符合|依据不足|证据不足"
    r"|unlikely|less likely|ruled out|excluded"
)
_BESIDE = re.compile(r"(?:合并|并发|伴有?|继发|易误[认诊]为|complicated by|together with|mistaken for)[^,。;]{0,4}$")


def diagnosis_grade(record: Instruction, reply: str) -> Grade | None:
    """1 where the reply's diagnosis is the record's; a share where it stands among several; none for other tasks.

    Of n diseases given as the diagnosis, the right one is worth 1/n: whoever names them all knows none.
    """
    if not isinstance(record, EviDiag):
        return None
    reading = read(reply)
    target = _target(record.diagnosis)
    told = {name.canonical for name in read(record.user_text()).names} - {target.canonical}
    named = [name for name in _given(reading, target) if name.canonical not in told]
    alternatives = list(dict.fromkeys(_shown(name) for name in named))
    if not named:
        return graded(0.0, f"没有给出诊断；应为{record.diagnosis}", f"names no diagnosis; expected {record.diagnosis}")
    right = any(_is_same(name, target) for name in named)
    if not right:
        said = listed(alternatives)
        return graded(0.0, f"诊断为{said}；应为{record.diagnosis}", f"gives {said}; expected {record.diagnosis}")
    others = {_shown(name) for name in named if not _is_same(name, target)}
    value = 1 / (1 + len(others))
    if not others:
        return graded(value, f"诊断为{record.diagnosis}", f"gives {record.diagnosis}")
    among = listed(alternatives)
    return graded(value, f"列出{among}，其一为{record.diagnosis}", f"gives {record.diagnosis} among {among}")


def _target(diagnosis: str) -> Name:
    """The disease that `diagnosis` is as a whole, by the table; else itself."""
    text = plain(diagnosis).strip()
    whole = [name for name in read(text).names if name.end == len(text) and name.start <= len(name.quality)]
    if whole and whole[0].kind == "disease":
        return whole[0]
    return Name(0, len(text), "disease", text, is_known=False)


def _given(reading: Reading, target: Name) -> list[Name]:
    """Diseases of the first sentence that says it diagnoses, else of the first that names any."""
    kept = [name for name in _mentions(reading, target) if not _is_turned(reading, name)]
    zones = differential_zones(reading.text)
    kept = [name for name in kept if not zones.touch(name.start, name.end)]
    sentences = {id(name): reading.clauses[reading.clause_at(name.start)].sentence for name in kept}
    cued = [name for name in kept if _has_cue(reading, sentences[id(name)])]
    chosen = cued or kept
    return [name for name in chosen if sentences[id(name)] == sentences[id(chosen[0])]]


def _mentions(reading: Reading, target: Name) -> list[Name]:
    """Diseases in the order of the text; the target's own words where the table does not know them."""
    found = [name for name in reading.names if name.kind == "disease"]
    if target.is_known:
        return found
    places = [match.span() for match in re.finditer(re.escape(target.canonical), reading.text)]
    others = [name for name in found if not any(start < name.end and name.start < end for start, end in places)]
    own = [target._replace(start=start, end=end) for start, end in places]
    return sorted([*others, *own], key=lambda name: name.start)


def _has_cue(reading: Reading, sentence: int) -> bool:
    inside = [clause for clause in reading.clauses if clause.sentence == sentence]
    return _CUE.search(reading.text, inside[0].start, inside[-1].end) is not None


def _is_turned(reading: Reading, name: Name) -> bool:
    """Is it denied, held for unlikely, or named beside the disease?"""
    clause = reading.clauses[reading.clause_at(name.start)]
    if any(clause.start <= start < name.start for start, _ in reading.denials):
        return True
    if _AGAINST.search(reading.text, clause.start, clause.end):
        return True
    return _BESIDE.search(reading.text, clause.start, name.start - len(name.quality)) is not None


def _is_same(name: Name, target: Name) -> bool:
    """One disease; what narrows it may be left out on either side, but not be another."""
    if name.canonical != target.canonical:
        return False
    return not (name.quality and target.quality) or name.quality == target.quality


def _shown(name: Name) -> str:
    return f"{name.quality}{name.canonical}"
