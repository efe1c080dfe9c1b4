"""TreRecom: are the drugs that a reply gives those of the record? Doses are `doses`' business."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pedcorpus.evaluation.medical.grade import Grade, graded, listed
from pedcorpus.facts import Name, Reading, plain, read
from pedcorpus.records import Instruction
from pedcorpus.tasks.trerecom import TreRecom

__all__ = ["drug_keys", "drugs_grade", "given_drugs"]

_WARNS = re.compile(
    r"禁|忌(?!口)|避免|不宜|不应|不得|不能|不可|不要|不用|不必|无需|不推荐|不建议|勿|停用|慎用|(?<!抗)过敏(?!性)|不良反应|副作用"
    r"|contraindicat|avoid|\bnot\b|never|n't|\bstop\b|allerg|adverse|side effect|instead of|rather than|unsafe"
)


def drugs_grade(record: Instruction, reply: str) -> Grade | None:
    """F1 of the drugs that the reply gives against the record's; none where the record gives none.

    A drug that the record's answer or its evidence names otherwise is neither asked for nor held against the reply.
    """
    if not isinstance(record, TreRecom) or not record.drugs:
        return None
    wanted = {key: drug.name for drug in record.drugs for key in drug_keys(drug.name)}
    given = given_drugs(read(reply), wanted)
    sourced = "\n".join([record.user_text(), record.answer_text(), *(item.quote for item in record.evidence)])
    named = {name.canonical for name in read(sourced).names}
    found = [name for key, name in wanted.items() if key in given]
    added = sorted(given - wanted.keys() - named)
    missed = [name for key, name in wanted.items() if key not in given]
    value = 2 * len(found) / (2 * len(found) + len(added) + len(missed))
    return graded(
        value,
        f"给出：{listed(found)}；遗漏：{listed(missed)}；多出：{listed(added)}",
        f"gives {listed(found)}; leaves out {listed(missed)}; adds {listed(added)}",
    )


def drug_keys(name: str) -> list[str]:
    """What a drug's name stands for: its first name in the table, else itself, plain."""
    text = plain(name).strip()
    known = [each.canonical for each in read(name).names if each.kind == "drug"]
    return known[:1] or [text]


def given_drugs(reading: Reading, wanted: Iterable[str] = ()) -> set[str]:
    """Drugs that a reply names without warning of them; `wanted` ones, which no table need know, by their own words."""
    found = {name.canonical for name in reading.names if _is_drug(name) and not _is_warned(reading, name.start)}
    for key in wanted:
        places = (match.start() for match in re.finditer(re.escape(key), reading.text))
        if any(not _is_warned(reading, place) for place in places):
            found.add(key)
    return found


def _is_drug(name: Name) -> bool:
    return name.kind == "drug" and not name.is_class


def _is_warned(reading: Reading, position: int) -> bool:
    clause = reading.clauses[reading.clause_at(position)]
    return _WARNS.search(reading.text, clause.start, clause.end) is not None
