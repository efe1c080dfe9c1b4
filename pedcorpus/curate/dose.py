"""Check `dose`: doses, ages and companions of drugs against a declared formulary; gross errors only, for corpora.

What a plan computed wrongly is left to `computed_dose`, what no quote says to `grounding`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.dosing.bounds import Child
from pedcorpus.curate.dosing.company import Given, company_problems
from pedcorpus.curate.dosing.given import given_in
from pedcorpus.curate.dosing.judge import Problem, dose_problems
from pedcorpus.curate.dosing.ordered import computed_dose, ordered_dose, routes_of
from pedcorpus.curate.dosing.stated import StatedDose
from pedcorpus.curate.dosing.text import doses_in, mentions_in
from pedcorpus.curate.dosing.who import child_of
from pedcorpus.curate.formulary import ParsedFormulary, load_formulary, shipped_formulary
from pedcorpus.facts import plain, read
from pedcorpus.records import Finding, Instruction
from pedcorpus.settings import CurateSettings

__all__ = ["CHECK", "DoseCheck"]


@dataclass(frozen=True)
class _Place:
    path: str
    text: str


class DoseCheck:
    """Every dose that the assistant's words or a plan's fields state, and every drug that they give."""

    name = "dose"
    version = 2

    def __init__(self, formulary: ParsedFormulary | None = None) -> None:
        self.formulary = formulary or shipped_formulary()

    @property
    def setting(self) -> str:
        """Version of the table, and a hash of what it holds."""
        return f"{self.formulary.table.version}-{self.formulary.digest}"

    def with_settings(self, settings: CurateSettings) -> DoseCheck:
        return DoseCheck(load_formulary(Path(settings.formulary).expanduser())) if settings.formulary else self

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            yield from list(self._findings(subject.instruction)) or [passed(self, subject.instruction)]

    def _findings(self, instruction: Instruction) -> Iterator[Finding]:
        places = [place for place in _places(instruction) if self.formulary.pattern.search(plain(place.text))]
        orders = vars(instruction).get("drugs", ())
        if not places and not orders:
            return
        told = _told(instruction)
        child = child_of(instruction, told)
        words = "\n".join([instruction.topic, told, *(place.text for place in _places(instruction))]).lower()
        about = plain(f"{instruction.topic} {vars(instruction).get('diagnosis', '')} {told}")
        said: set[tuple[str, str, tuple[int | None, int | None]]] = set()
        for finding in (
            *self._of_orders(instruction, child, words, about),
            *self._of_texts(instruction, places, child, words, about),
        ):
            key = (finding.reason, finding.path, (finding.start, finding.end))
            if key not in said:
                said.add(key)
                yield finding

    def _of_orders(self, instruction: Instruction, child: Child, words: str, about: str) -> Iterator[Finding]:
        known = [
            (index, order, drug)
            for index, order in enumerate(vars(instruction).get("drugs", ()))
            if (drug := self.formulary.drug_in(order.name))
        ]
        given = [Given(drug, None, routes_of(order), plain(order.name)) for _, order, drug in known]
        for (index, order, drug), one in zip(known, given, strict=True):
            for problem in company_problems(one, given, child, about):
                yield self._found(instruction, problem, order.name, f"drugs.{index}.name", (0, len(order.name)))
            for stated, field in (
                (ordered_dose(order, drug), "dose_text"),
                (computed_dose(order, drug), "computed_high"),
            ):
                if stated is None:
                    continue
                problems = list(dose_problems(stated, drug, child, words))
                for problem in problems:
                    yield self._found(
                        instruction, problem, f"{drug.zh} {stated.words}", f"drugs.{index}.{field}", stated.span
                    )
                if problems:
                    break

    def _of_texts(
        self, instruction: Instruction, places: Sequence[_Place], child: Child, words: str, about: str
    ) -> Iterator[Finding]:
        for place in places:
            reading = read(place.text)
            mentions = mentions_in(reading, self.formulary)
            doses = list(doses_in(reading, mentions))
            for stated in doses:
                yield from self._of_dose(instruction, place, stated, child, words)
            given = list(given_in(reading, mentions, doses))
            for one in given:
                for problem in company_problems(one, given, child, about):
                    span = one.span or (0, 0)
                    yield self._found(instruction, problem, place.text[span[0] : span[1]], place.path, span)

    def _of_dose(
        self, instruction: Instruction, place: _Place, stated: StatedDose, child: Child, words: str
    ) -> Iterator[Finding]:
        """A dose for several drugs is wrong only if it is wrong for each."""
        by_drug = [list(dose_problems(stated, drug, child, words)) for drug in stated.drugs]
        if by_drug and all(by_drug):
            name = "/".join(drug.zh for drug in stated.drugs)
            shown = place.text[stated.span[0] : stated.span[1]].strip()
            yield self._found(instruction, by_drug[0][0], f"{name} {shown}", place.path, stated.span)

    def _found(
        self, instruction: Instruction, problem: Problem, shown: str, path: str, span: tuple[int, int]
    ) -> Finding:
        detail = f"{shown}: {problem.bound}; {self.formulary.source_text(problem.sources)}"
        return found(self, instruction, problem.reason, detail, path=path, span=span, severity=problem.severity)


def _places(instruction: Instruction) -> Iterator[_Place]:
    """What the assistant says, by field."""
    fields = vars(instruction)  # a model's own lookup of what it does not have is slow
    if answer := fields.get("answer", ""):
        yield _Place("answer", answer)
    for index, turn in enumerate(fields.get("history", ())):
        if turn.role == "assistant":
            yield _Place(f"history.{index}.content", turn.content)
    for name in ("plan", "cautions", "follow_up", "advice"):
        for index, statement in enumerate(fields.get(name, ())):
            yield _Place(f"{name}.{index}.text", statement.text)


def _told(instruction: Instruction) -> str:
    """What the asker says, all turns."""
    turns = [turn.content for turn in vars(instruction).get("history", ()) if turn.role == "user"]
    findings = vars(instruction).get("findings", ())
    return "\n".join([*turns, *findings, instruction.question])


CHECK = DoseCheck()
