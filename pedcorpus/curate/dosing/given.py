"""Which of the drugs that a text names it gives: with a dose or a word that recommends, and not denied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pedcorpus.curate.dosing.company import Given
from pedcorpus.curate.dosing.stated import StatedDose
from pedcorpus.curate.dosing.text import Mention
from pedcorpus.curate.dosing.who import upper_age_months
from pedcorpus.facts import Reading

__all__ = ["given_in"]

_GIVES = re.compile(
    r"用(?!途|量|法)|给|服(?!务)|吃|喂|选|推荐|建议|口服|静滴|静脉|肌[内注]|滴注|注射|首选|加(?!重|强)|改为|处理|治疗"
    r"|\b(?:giv\w+|us(?:e|es|ed|ing)|tak\w+|recommend\w*|treat\w*|start\w*|prescrib\w*|choose|try|add|dose)\b"
)
_WARNS = re.compile(
    r"禁|忌|避免|不宜|不应|不得|不能|不可|不要|不用"
    r"|不推荐|不建议|勿|慎|停用|停药|不主张|不再|反对|(?<!抗)过敏(?!性)|毒性|不良反应|副作用|史|可致|引起|导致|诱发|注意|除非|不适合|不适用|不安全|有关|风险|危险"
    r"|contraindicat|avoid|not |never|n't|should not|stop|caution|risk|allerg|adverse|side effect"
    r"|instead of|rather than|unless|unsafe"
)
_NEWBORN = re.compile(r"新生儿|早产儿|newborn|neonat")


def given_in(reading: Reading, mentions: Sequence[Mention], doses: Sequence[StatedDose]) -> Iterator[Given]:
    """Every drug of the formulary that the text gives, once."""
    seen: set[str] = set()
    sentences = _sentences(reading)
    warned: dict[int, bool] = {}
    for mention in mentions:
        if mention.drug is None or mention.drug.zh in seen or not (mention.drug.ages or mention.drug.avoid):
            continue
        here = reading.clauses[reading.clause_at(mention.start)]
        start, end = sentences[here.sentence]
        if here.sentence not in warned:
            warned[here.sentence] = bool(_WARNS.search(reading.text, start, end))
        if warned[here.sentence]:
            continue
        dosed = [
            dose
            for dose in doses
            if mention.drug in dose.drugs and mention.start - 80 <= dose.span[0] <= mention.end + 120
        ]
        if not (dosed or _GIVES.search(reading.text, here.start, here.end)):
            continue
        seen.add(mention.drug.zh)
        words = reading.text[start:end]
        routes = frozenset(route.name for route in reading.routes if start <= route.start < end)
        yield Given(mention.drug, (mention.start, mention.end), routes, words, _age(reading, (start, end), dosed))


def _sentences(reading: Reading) -> dict[int, tuple[int, int]]:
    """Where each sentence begins and ends."""
    found: dict[int, tuple[int, int]] = {}
    for clause in reading.clauses:
        begin, _ = found.get(clause.sentence, (clause.start, 0))
        found[clause.sentence] = (begin, clause.end)
    return found


def _age(reading: Reading, span: tuple[int, int], dosed: Sequence[StatedDose]) -> float | None:
    ages = [dose.age_months for dose in dosed if dose.is_for_others and dose.age_months is not None]
    if not ages:
        told = [item for item in reading.quantities if item.is_age and span[0] <= item.start < span[1]]
        ends = [upper_age_months(item) for item in told]
        if told and None not in ends:
            ages = [max(end for end in ends if end is not None)]
        elif not told and _NEWBORN.search(reading.text, *span):
            ages = [0.9]
    return max(ages, default=None)
