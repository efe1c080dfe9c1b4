"""Check `kept`: whatever a rewritten reply was made from is still said in it; grounding sees to what was added.

Numbers with their units and bounds, drugs and diseases, routes, frequencies and denials of the original are looked for
in the rewrite. Courtesies may go, and so may telephone numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.support import Cited, Gap, Said
from pedcorpus.curate.support.amounts import amount_gaps
from pedcorpus.curate.support.named import name_gaps
from pedcorpus.curate.support.turned import turned_gaps
from pedcorpus.curate.support.ways import route_gaps
from pedcorpus.facts import read, spoken, stands_in
from pedcorpus.normalise import language_of
from pedcorpus.records import Finding, Instruction
from pedcorpus.tasks.conversation import Conversation
from pedcorpus.tasks.courtesy import without_courtesy

__all__ = ["CHECK", "KeptCheck", "lost_facts"]

_CONTACT = re.compile(r"\d[\d-]{6,}")


class KeptCheck:
    """Says of each rewritten reply which facts of the original it lost."""

    name = "kept"
    version = 2

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            problems = list(dict.fromkeys(self._problems(subject.instruction)))
            yield from problems or [passed(self, subject.instruction)]

    def _problems(self, instruction: Instruction) -> Iterator[Finding]:
        if not isinstance(instruction, Conversation):
            return
        for rewrite in instruction.rewrites():
            for lost in lost_facts(rewrite.original, rewrite.text):
                words = rewrite.original[lost.start : lost.end].strip()
                detail = f"「{words}」 of the original is not said so in the rewrite; reject, or edit it back in"
                yield found(self, instruction, "fact_lost", detail, path=rewrite.path)


def lost_facts(original: str, rewritten: str) -> list[Gap]:
    """Facts of `original` that `rewritten` lacks or turns round, as spans of `original`; none across two languages."""
    if stands_in(original, rewritten) or language_of(original) != language_of(rewritten):
        return []
    said = Said(read(spoken(without_courtesy(original))), 0, len(original))
    cited = Cited([(rewritten, ())])
    found = [*name_gaps(said, cited), *amount_gaps(said, cited), *route_gaps(said, cited), *turned_gaps(said, cited)]
    real = [gap for gap in found if not _CONTACT.search(original[gap.start : gap.end])]
    return sorted(dict.fromkeys(real), key=lambda gap: (gap.start, gap.end, gap.reason))


CHECK = KeptCheck()
