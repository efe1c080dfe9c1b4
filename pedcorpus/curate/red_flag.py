"""Check `red_flag`: lay people tell or are told of a sign that calls for a doctor at once, and are sent to none.

What is told to students and doctors is knowledge, and so is what a parent is told of a disease at large: a sign counts
where the asker's own child has it, or where the answer says what to do about it; not where a doctor treats it already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.sense.ages import find_ages
from pedcorpus.curate.sense.flag_table import Flags, FlagTable, NamedFlag
from pedcorpus.curate.sense.people import sentence_span
from pedcorpus.curate.sense.places import Place, places_of
from pedcorpus.curate.sense.tables import load_table, shipped_table
from pedcorpus.facts import plain
from pedcorpus.records import Asker, Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings

__all__ = ["CHECK", "RedFlagCheck", "flags_told", "is_lay"]

_TABLE = "red_flags.toml"
_ANYBODY = frozenset({"consultation", "medical"})
"""Tasks whose asker is not known to be lay: only a question about a child of one's own counts there."""
_NO_MEDICINE = frozenset({"general", "safety", "self_cognition"})
_DOING = frozenset({"treatment", "care", "prevention", "other"})
"""Aspects of MedKQ&A under which a sign is something to act on."""
_OWN = re.compile(
    r"我家|我的?(?:孩子|宝宝|小孩|儿子|女儿|宝贝)|孩子|宝宝|娃|儿子|女儿|宝贝|my (?:child|baby|son|daughter|kid)|怎么办"
)
_IF = re.compile(r"如果|如有|如出现|若|一旦|时(?=[,:先应可要让给请立])|后[,:]|者[,:]|\bif\b|\bwhen\b")
_DO = re.compile(
    r"可以|可[口用服给喂涂先让]|应|要|先|让|给|多[喝饮补喂休]|需|注意|观察|\bshould\b|\bcan\b|\bgive\b|\btry\b|\bkeep\b"
)
_IN_CARE = re.compile(
    r"静脉|静滴|输注|插管|mg/|ml/kg|μg|腰椎穿刺|腰穿|机械通气|心电监护|肌注|肌肉注射|止惊|intravenous|\biv\b|intubat"
)


class RedFlagCheck:
    """Everything that the assistant says in one record, earlier turns included."""

    name = "red_flag"
    version = 2

    def __init__(self, flags: Flags | None = None) -> None:
        self.flags = flags or Flags(shipped_table(FlagTable, _TABLE))

    @property
    def setting(self) -> str:
        return self.flags.parsed.setting

    def with_settings(self, settings: CurateSettings) -> RedFlagCheck:
        return RedFlagCheck(Flags(load_table(FlagTable, _TABLE, settings.medical_tables)))

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            yield from list(self._findings(subject.instruction)) or [passed(self, subject.instruction)]

    def _findings(self, instruction: Instruction) -> Iterator[Finding]:
        if not is_lay(instruction):
            return
        places = places_of(instruction)
        said = [place for place in places if not place.is_told]
        if any(self.flags.advice.search(place.text) for place in said):
            return
        telling = [place for place in places if self.flags.hint.search(place.text)]
        if not telling:
            return
        age = _age_months(instruction, places)
        told = [(place, named) for place in telling if place.is_told for named in self._named(place, age)]
        named = [(place, each) for place in telling if not place.is_told for each in self._named(place, age)]
        for place, flag in named:
            text = plain(place.text)
            if (told or _acts(text, flag.start)) and not _IN_CARE.search(text, *sentence_span(text, flag.start)):
                yield self._finding(instruction, place, flag)
                return
        if told and not named and not any(_IN_CARE.search(plain(place.text)) for place in said):
            yield self._finding(instruction, *told[0])

    def _named(self, place: Place, age: float | None) -> list[NamedFlag]:
        return list(self.flags.named(plain(place.text), age))

    def _finding(self, instruction: Instruction, place: Place, named: NamedFlag) -> Finding:
        read = self.flags.parsed.source_text(named.flag.sources)
        detail = f"{place.text[named.start : named.end]} ({named.flag.en}) without a word to seek care; {read}"
        span = (named.start, named.end)
        return found(
            self, instruction, "safety_advice_missing", detail, path=place.path, span=span, severity=Severity.WARNING
        )


def flags_told(instruction: Instruction, flags: Flags) -> list[NamedFlag]:
    """Signs that the asker says the child has; what is denied, past or somebody else's is none."""
    places = places_of(instruction)
    age = _age_months(instruction, places)
    told = [plain(place.text) for place in places if place.is_told and flags.hint.search(place.text)]
    return [named for text in told for named in flags.named(text, age)]


def is_lay(instruction: Instruction) -> bool:
    """Does somebody ask who must be told to see a doctor, and is it about a child to be looked after?"""
    if instruction.task in _NO_MEDICINE or vars(instruction).get("aspect", "care") not in _DOING:
        return False
    if instruction.task in _ANYBODY and instruction.asker is Asker.USER:
        return bool(_OWN.search(instruction.question))
    return instruction.asker.is_lay


def _acts(text: str, position: int) -> bool:
    """Does the sentence say what to do if the sign is there?"""
    sentence = sentence_span(text, position)
    return bool(_IF.search(text, *sentence) and _DO.search(text, *sentence))


def _age_months(instruction: Instruction, places: Sequence[Place]) -> float | None:
    """The youngest age that the record's fields or the asker's words give."""
    patient = vars(instruction).get("patient")
    if patient is not None and patient.age_months is not None:
        age: float = patient.age_months
        return age
    told = (age.low for place in places if place.is_told for age in find_ages(plain(place.text)))
    return min(told, default=None)


CHECK = RedFlagCheck()
