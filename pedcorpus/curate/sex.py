"""Check `sex`: organs, diseases and events that a child of the stated sex does not have.

Only where the record names one sex and no more; mothers, siblings, denials and children at large are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.sense.people import sex_of
from pedcorpus.curate.sense.places import Place, places_of
from pedcorpus.curate.sense.sex_words import SexTable, SexWords
from pedcorpus.curate.sense.tables import ParsedTable, load_table, shipped_table
from pedcorpus.facts import plain
from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings

__all__ = ["CHECK", "SexCheck"]

_TABLE = "sexes.toml"
_NAMED = {"male": "boy", "female": "girl"}


class SexCheck:
    """Everything that the record says of its child."""

    name = "sex"
    version = 1

    def __init__(self, parsed: ParsedTable[SexTable] | None = None) -> None:
        self.words = SexWords(parsed or shipped_table(SexTable, _TABLE))

    @property
    def setting(self) -> str:
        return self.words.parsed.setting

    def with_settings(self, settings: CurateSettings) -> SexCheck:
        return SexCheck(load_table(SexTable, _TABLE, settings.medical_tables))

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            yield from list(self._findings(subject.instruction)) or [passed(self, subject.instruction)]

    def _findings(self, instruction: Instruction) -> Iterator[Finding]:
        places = places_of(instruction)
        named = [Place("diagnosis", text, True) for text in (vars(instruction).get("diagnosis"),) if text]
        worded = [place for place in (*places, *named) if self.words.hint.search(place.text)]
        sex = sex_of(instruction, places) if worded else None
        if sex is None or any(self.words.lifted.search(plain(text)) for text in self._all(instruction, places)):
            return
        for place in worded:
            for start, end in islice(self.words.words(plain(place.text), sex, is_told=place.is_told), 1):
                detail = f"{place.text[start:end]} of a {_NAMED[sex]}; correct the sex or the words, or reject"
                severity = Severity.ERROR if place.is_told else Severity.WARNING
                yield found(
                    self, instruction, "sex_mismatch", detail, path=place.path, span=(start, end), severity=severity
                )

    @staticmethod
    def _all(instruction: Instruction, places: Sequence[Place]) -> Iterator[str]:
        yield instruction.topic
        yield from (place.text for place in places)


CHECK = SexCheck()
