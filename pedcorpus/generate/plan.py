"""Plans what a fragment is asked for: task, asker, register, kind of question, line and child of each instruction.

Every choice is by a hash of the fragment's content and the seed, so that a plan depends on nothing else: not on the
order of documents, nor on how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from pedcorpus.generate.ages import AgeRange, onset_range
from pedcorpus.generate.choice import fraction, ranked
from pedcorpus.generate.doses import find_doses
from pedcorpus.generate.dosing import child_for
from pedcorpus.generate.fragment import Fragment, FragmentLine
from pedcorpus.generate.roles import Role, roles
from pedcorpus.generate.scenes import age_within, sex_for
from pedcorpus.generate.sentences import points_elsewhere
from pedcorpus.records import Patient
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.writing import QuestionKind, Slot, Writing

__all__ = ["plan_slots"]

_MOST_OF_A_LINE = 3  # instructions of one task about one line
_ADULT_YEARS = 18
_FEWEST_LETTERS = 0.5  # share of a line that is letters: below are the rows of tables and plots
_INFANT = re.compile(r"新生儿|初生|早产|婴|乳儿|不乳|吐乳|胎[黄毒寒热怯]|脐|newborn|neonat|preterm|infan", re.I)


def plan_slots(
    fragment: Fragment, writings: Mapping[str, Writing], settings: GenerateSettings, *, language: str
) -> tuple[Slot, ...]:
    """Slots for the tasks that the fragment carries, numbered from 1; none where it carries none.

    Tasks take turns. A task asks about a line three times at most, each time in another way: a short fragment has
    fewer slots.
    """
    key = (settings.seed, fragment.id)
    by_task = [_task_slots(task, writing, fragment, language, key) for task, writing in sorted(writings.items())]
    chosen = sorted(islice(_in_turns(by_task), settings.instructions_per_fragment), key=lambda slot: slot.task)
    return tuple(replace(slot, number=number) for number, slot in enumerate(chosen, 1))


def _in_turns(by_task: list[Iterator[Slot]]) -> Iterator[Slot]:
    """One slot of each task, then another of each, until none has any left."""
    while by_task:
        for slots in tuple(by_task):
            if (slot := next(slots, None)) is None:
                by_task.remove(slots)
            else:
                yield slot


def _task_slots(
    task: str, writing: Writing, fragment: Fragment, language: str, key: tuple[object, ...]
) -> Iterator[Slot]:
    """All slots that a task could have, the best spread first: new lines, kinds and askers before used ones."""
    if writing.only_diseases and not fragment.is_disease:
        return
    lines = [
        number
        for number, line in enumerate(fragment.lines, 1)
        if _can_be_asked_about(line, writing)
        and (not writing.carried_by or writing.carried_by & line.features)
        and (not writing.only_diseases or line.head in ("", fragment.topic))
    ]
    order = ranked(lines, *key, task, "line")
    kinds = ranked(range(len(writing.kinds)), *key, task, "kind")
    askers = _askers(language, *key, task)
    onset = _onset(fragment)
    oldest = _oldest(fragment, onset)
    count = 0
    for turn in range(_MOST_OF_A_LINE):
        for place, number in enumerate(order):
            able = _kinds(writing.kinds, kinds, fragment.lines[number - 1])
            if turn >= len(able):
                continue
            kind = able[(place + turn) % len(able)]
            own = (*key, task, turn, number)
            with_child = writing.with_child or kind.with_child
            patient = _child(fragment, number, onset, own) if with_child else None
            role = _asker(askers, count, patient, oldest)
            count += 1
            yield Slot(
                number=0,
                task=task,
                asker=role.asker,
                register=role.registers[int(fraction(*own, "register") * len(role.registers))],
                kind=kind,
                focus=number,
                aspect=fragment.lines[number - 1].aspect,
                patient=patient,
            )


def _can_be_asked_about(line: FragmentLine, writing: Writing) -> bool:
    """Not an order to a model, a table's head, a line that only points elsewhere, or one that is mostly figures.

    Of two diseases only what a kind of question is made for.
    """
    if line.relates and not any(kind.needs == line.relates for kind in writing.kinds):
        return False
    dense = re.sub(r"\s", "", line.text)
    is_prose = sum(map(str.isalpha, dense)) >= _FEWEST_LETTERS * len(dense)
    return is_prose and line.is_asked and not line.speaks_to_a_model and not points_elsewhere(line.text)


def _kinds(kinds: Sequence[QuestionKind], order: Sequence[int], line: FragmentLine) -> list[QuestionKind]:
    """The kinds of question that the line can answer, in `order`; of two diseases only what is made for that."""
    able = [kinds[index] for index in order if not kinds[index].needs or kinds[index].needs in line.features]
    return [kind for kind in able if kind.needs == line.relates] if line.relates else able


def _askers(language: str, *key: object) -> list[Role]:
    """All roles, each as often as its share, in an order that `key` decides."""
    known = {f"{role.asker.value} {turn}": role for role in roles(language) for turn in range(role.share)}
    return [known[name] for name in ranked(known, *key, "asker")]


def _asker(askers: Sequence[Role], turn: int, patient: Patient | None, oldest: float) -> Role:
    """The next asker in turn; a child asks only where the case's child, or those who fall ill, are old enough."""
    age = patient.age_months if patient else None
    years = oldest if age is None else age / 12
    able = [role for role in askers if role.youngest <= years]
    return able[turn % len(able)]


def _oldest(fragment: Fragment, onset: AgeRange | None) -> float:
    """Age in years up to which the fragment's children can be, as far as it says."""
    if onset is not None:
        return onset.high / 12
    return 1.0 if _INFANT.search("\n".join((fragment.topic, *fragment.headings))) else _ADULT_YEARS


def _onset(fragment: Fragment) -> AgeRange | None:
    """The ages at which the fragment says its disease is common."""
    return next((found for line in fragment.lines if (found := onset_range(line.text))), None)


def _child(fragment: Fragment, number: int, onset: AgeRange | None, key: tuple[object, ...]) -> Patient:
    """A child inside what the source allows; what it says nothing of stays open."""
    line = fragment.lines[number - 1]
    doses = tuple(find_doses(line.text))
    age, weight = child_for(doses, line.text, onset, *key) if doses else (None, None)
    if age is None and onset is not None and weight is None:
        age = age_within(onset, *key)
    return Patient(age_months=age, weight_kg=weight, sex=sex_for(fragment.topic, line.text, key=key))
