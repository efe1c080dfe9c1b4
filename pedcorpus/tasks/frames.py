"""Sentences that state what a knowledge graph says, and the way back from such a sentence to its names.

A graph has no sentences to quote. Its statements are put into these frames, and whoever checks an answer takes the
same frames off again: what is left must stand in the triples.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pedcorpus.facts import stands_in_folded
from pedcorpus.normalise import fold, folded
from pedcorpus.records import Basis, Claim, Evidence, Statement

__all__ = ["framed_parts", "listing_sentence", "names_to_ground", "said_claims", "stated_claims"]

_FRAMES = {
    "zh": {
        "has_symptom": "{head}常见的表现有：{tails}。",
        "also_has_symptom": "{head}还可有：{tails}。",
        "shares_symptom": "{head}都可出现：{tails}。",
        "symptom_of": "可出现{tails}的疾病有：{head}。",
        "has_alias": "{head}又称：{tails}。",
        "tells_apart": "可见{tails}",
        "requires_exam": "怀疑{head}时常做的检查有：{tails}。",
        "treated_by": "{head}常用的治疗药物有：{tails}。",
        "treated_with": "{head}常用的治疗方法有：{tails}。",
        "has_complication": "{head}可能出现的并发症有：{tails}。",
        "caused_by": "{head}的常见病因有：{tails}。",
        "belongs_to_department": "{head}一般就诊的科室是：{tails}。",
        "differs_from": "{head}需要鉴别的疾病有：{tails}。",
        "prevented_by": "{head}的预防措施有：{tails}。",
        "plan_exam": "完善检查：{tails}。",
        "plan_treatment": "治疗措施：{tails}。",
        "plan_department": "就诊科室：{tails}。",
        "plan_watch": "警惕并发症：{tails}。",
    },
    "en": {
        "has_symptom": "{head} commonly presents with: {tails}.",
        "also_has_symptom": "{head} may also show: {tails}.",
        "shares_symptom": "{head} can both show: {tails}.",
        "symptom_of": "Diseases that can show {tails}: {head}.",
        "has_alias": "{head} is also called: {tails}.",
        "tells_apart": "may show {tails}",
        "requires_exam": "When {head} is suspected, the usual investigations are: {tails}.",
        "treated_by": "Drugs commonly used for {head}: {tails}.",
        "treated_with": "Common treatments of {head}: {tails}.",
        "has_complication": "Possible complications of {head}: {tails}.",
        "caused_by": "Common causes of {head}: {tails}.",
        "belongs_to_department": "{head} is usually seen by: {tails}.",
        "differs_from": "{head} has to be told apart from: {tails}.",
        "prevented_by": "{head} is prevented by: {tails}.",
        "plan_exam": "Investigations: {tails}.",
        "plan_treatment": "Treatment: {tails}.",
        "plan_department": "Department: {tails}.",
        "plan_watch": "Complications to watch for: {tails}.",
    },
}
_JOIN = {"zh": "、", "en": ", "}
_AND = {"zh": "和", "en": " and "}
_MANY = {"zh": "、", "en": ", "}
_HEADS_LISTED = frozenset({"symptom_of"})


def listing_sentence(relation: str, heads: Sequence[str], tails: Sequence[str], *, language: str) -> str | None:
    """The sentence that states `relation` of a graph, or none where there is no frame for it."""
    frame = _FRAMES[language].get(relation)
    if frame is None:
        return None
    join = _MANY if relation in _HEADS_LISTED else _AND
    sentence = frame.format(head=join[language].join(heads), tails=_JOIN[language].join(tails))
    return sentence[:1].upper() + sentence[1:] if sentence.endswith(".") else sentence


@cache
def _frame_patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = []
    for relation, frame in _FRAMES[language].items():
        pattern = re.escape(frame).replace(r"\{head\}", "(?P<head>.+?)").replace(r"\{tails\}", "(?P<tails>.+)")
        patterns.append((relation, re.compile(pattern, re.I)))
    return tuple(patterns)


def framed_parts(sentence: str, *, language: str) -> tuple[str, ...]:
    """Heads and tails of a sentence made by `listing_sentence`; empty for any other sentence."""
    for relation, pattern in _frame_patterns(language):
        if match := pattern.fullmatch(sentence):
            named = match.groupdict()
            join = _MANY if relation in _HEADS_LISTED else _AND
            heads = named["head"].split(join[language]) if named.get("head") else []
            return (*heads, *named["tails"].split(_JOIN[language]))
    return ()


def names_to_ground(sentence: str, evidence: Sequence[Evidence], *, language: str) -> tuple[str, ...]:
    """What of `sentence` the evidence has to say: the names in it if it is framed over triples, else all of it.

    A name that is the key of an entity's own entry (`address.entity`) is said by the address itself.
    """
    if not any(item.origin == "triple" for item in evidence):
        return (sentence,)
    said = {item.address.entity for item in evidence}
    parts = framed_parts(sentence, language=language)
    return tuple(part for part in parts if part not in said) or (() if parts else (sentence,))


def said_claims(
    path: str, text: str, evidence: Sequence[Evidence], *, language: str, cited: tuple[int, ...] = (), of: str = ""
) -> list[Claim]:
    """What `text` asserts at `path`: quoted where it stands verbatim in a cited quote, else in words of its own.

    The names in a sentence framed over triples are claims of their own, and always quoted.
    """
    parts = names_to_ground(text, evidence, language=language)
    is_framed = parts != (text,)
    quotes = [evidence[index].quote for index in cited if index < len(evidence)] or [item.quote for item in evidence]
    return [
        Claim(
            path=path,
            text=part,
            basis=Basis.QUOTED if is_framed or _is_verbatim(part, quotes) else Basis.PARAPHRASED,
            evidence=cited,
            of=of,
        )
        for part in parts
    ]


def stated_claims(path: str, item: Statement, evidence: Sequence[Evidence], *, language: str) -> list[Claim]:
    """What a statement asserts at `path`: what its text says, where it draws from quotes; else itself, on its basis."""
    if item.basis in (Basis.QUOTED, Basis.PARAPHRASED):
        return said_claims(path, item.text, evidence, language=language, cited=item.evidence)
    return [Claim(path=path, text=item.text, basis=item.basis, evidence=item.evidence)]


def _is_verbatim(text: str, quotes: Sequence[str]) -> bool:
    wanted = fold(text)
    return any(stands_in_folded(wanted, folded(quote)) for quote in quotes)
