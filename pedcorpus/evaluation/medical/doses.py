"""TreRecom: does a reply give each drug in the record's dose, as the source prints it or worked out for the child?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pedcorpus.curate.formulary.amounts import DOSED
from pedcorpus.evaluation.medical.drugs import drug_keys
from pedcorpus.evaluation.medical.grade import Grade, graded
from pedcorpus.facts import Quantity, Reading, read
from pedcorpus.records import Instruction
from pedcorpus.tasks.trerecom import DrugOrder, TreRecom

__all__ = ["doses_grade"]

_ROUNDING = 0.1
"""Share by which a dose may be rounded to what can be measured out."""
_KILOGRAM = 1e6
_RIGHT, _MISSING = "+", "-"
_IN_CHINESE = {_RIGHT: "正确", _MISSING: "未给出"}
_IN_ENGLISH = {_RIGHT: "right", _MISSING: "not given"}


def doses_grade(record: Instruction, reply: str) -> Grade | None:
    """Share of the record's doses that the reply gives right; none where the record gives no dose.

    A dose is right inside the record's range, in its unit, by weight or worked out for the child's weight. One that is
    left out is wrong, and so is a drug that is given in a right and in a wrong dose.
    """
    if not isinstance(record, TreRecom):
        return None
    dosed = [drug for drug in record.drugs if drug.dose_text and _expected(drug)]
    if not dosed:
        return None
    reading = read(reply)
    told = [_verdict(reading, drug, record.patient.weight_kg) for drug in dosed]
    pairs = list(zip(dosed, told, strict=True))
    return graded(
        told.count(_RIGHT) / len(told),
        "；".join(f"{drug.name} {drug.dose_text}：{_IN_CHINESE.get(said, f'给出 {said}')}" for drug, said in pairs),
        "; ".join(f"{drug.name} {drug.dose_text}: {_IN_ENGLISH.get(said, f'given as {said}')}" for drug, said in pairs),
    )


def _verdict(reading: Reading, drug: DrugOrder, weight_kg: float | None) -> str:
    """`_RIGHT`, `_MISSING`, or the first wrong dose as it is written."""
    stated = list(_stated(reading, drug_keys(drug.name)[0]))
    ceilings = _quantities(drug.maximum_text)
    stated = [item for item in stated if not any(_fits(item, most) for most in ceilings)]
    if not stated:
        return _MISSING
    wanted = [*_expected(drug), *_worked_out(_expected(drug), weight_kg)]
    wrong = [item for item in stated if not any(_fits(item, each) for each in wanted)]
    if not wrong:
        return _RIGHT
    return reading.text[wrong[0].start : wrong[0].end].strip()


def _expected(drug: DrugOrder) -> list[Quantity]:
    return _quantities(f"{drug.name} {drug.dose_text}")


def _worked_out(doses: Sequence[Quantity], weight_kg: float | None) -> Iterator[Quantity]:
    """Doses by weight as they come to for the child."""
    for item in doses:
        if weight_kg is not None and item.dimension[1:] == ("kg",):
            yield item._replace(low=item.low * weight_kg, high=item.high * weight_kg, dimension=item.dimension[:1])


def _quantities(text: str) -> list[Quantity]:
    return [item for item in read(text).quantities if _is_dose(item)]


def _stated(reading: Reading, drug: str) -> Iterator[Quantity]:
    """Doses that the reply states of the drug."""
    for item in reading.quantities:
        if not _is_dose(item):
            continue
        clause = reading.clauses[reading.clause_at(item.start)]
        before = reading.text[clause.start : item.start]
        if drug in reading.owners(item.start, "drug") or drug in before:
            yield item


def _is_dose(item: Quantity) -> bool:
    """An amount, by weight or not; no body weight, frequency or age."""
    if not item.dimension or item.dimension[0] not in DOSED or item.dimension[1:] not in ((), ("kg",)):
        return False
    is_weight = item.dimension == ("mass",) and item.low >= _KILOGRAM
    return not (is_weight or item.is_frequency)


def _fits(item: Quantity, wanted: Quantity) -> bool:
    """Does it lie inside what is wanted, rounded, and for the same time?"""
    if item.dimension != wanted.dimension or (item.per and wanted.per and item.per != wanted.per):
        return False
    return wanted.low * (1 - _ROUNDING) <= item.low and item.high <= wanted.high * (1 + _ROUNDING)
