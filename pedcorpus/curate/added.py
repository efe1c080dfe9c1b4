"""What another wording of an answer says beyond it: facts, and advice. Sympathy may be added, medicine may not."""

from __future__ import annotations

import re

from pedcorpus.curate.support import Cited, Gap, Said, gaps
from pedcorpus.facts import Reading, read, stands_in
from pedcorpus.normalise import language_of, split_sentences
from pedcorpus.tasks.courtesy import is_courtesy

__all__ = ["added_facts"]

_BESIDE = "not_in_evidence"
_ADVISES = re.compile(
    r"建议|应该?|必须|务必|需要?|避免|注意|记得|尽量|尽快|及时|可以(?!理解)|不(?:要|能|宜|可以)(?!太?(?:担心|着急|害怕))|多(?:喝|吃|休息|观察)"
    r"|就[医诊]|检查|治疗|服用|口服|用药|吃药|不用担心|没事|会好|放心|正常"
    r"|\b(?:should|must|need|avoid|give|take|recommend|make sure|remember|be careful|will be fine|normal)\b"
    r"|see a doctor|nothing (?:serious|to worry)|(?:don't|do not|no need to) worry",
    re.I,
)


def added_facts(original: str, rewritten: str) -> list[Gap]:
    """Facts of `rewritten` that `original` does not say, and advice or comfort that it does not give, as spans of it.

    A sentence beside the original is none of these where it holds no fact and advises nothing; that is sympathy. None
    across two languages.
    """
    if language_of(original) != language_of(rewritten):
        return []
    cited = Cited([(original, ())])
    reading = read(rewritten)
    found: list[Gap] = []
    place = 0
    for sentence in split_sentences(rewritten):
        start = rewritten.index(sentence, place)
        place = start + len(sentence)
        if is_courtesy(sentence) or stands_in(sentence, original):
            continue
        beyond = gaps(Said(reading, start, place), cited)
        found += [gap for gap in beyond if gap.reason != _BESIDE or _is_medicine(reading, gap)]
    return found


def _is_medicine(reading: Reading, gap: Gap) -> bool:
    """Does it advise, or hold a number, a name or a route?"""
    places = [item.start for items in (reading.quantities, reading.names, reading.routes) for item in items]
    return bool(_ADVISES.search(reading.text, gap.start, gap.end)) or any(gap.start <= at < gap.end for at in places)
