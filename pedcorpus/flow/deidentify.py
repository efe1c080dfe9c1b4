"""De-identify: each dialogue as it was read → the one that generators, reviewers and exports see."""

from __future__ import annotations

from collections import Counter

from pedcorpus.corpus import Corpus, Deidentified, OriginalDialogue, add_deidentified, originals_to_deidentify
from pedcorpus.curate.privacy import deidentified, privacy_recipe
from pedcorpus.settings import PrivacySettings

__all__ = ["deidentify"]

_BATCH = 2000


def deidentify(corpus: Corpus, settings: PrivacySettings) -> int:
    """De-identify every current dialogue that these recognisers and settings have not seen last; how many.

    Raises:
        CorpusError: the corpus cannot be used.
    """
    recipe = privacy_recipe(settings)
    done = 0
    while True:
        with corpus.unit(read_only=True) as unit:
            waiting = originals_to_deidentify(unit, recipe, limit=_BATCH)
        if not waiting:
            return done
        rows = [_deidentified(original, settings) for original in waiting]
        with corpus.unit() as unit:
            done += add_deidentified(unit, rows, recipe=recipe)


def _deidentified(original: OriginalDialogue, settings: PrivacySettings) -> Deidentified:
    dialogue, replacements = deidentified(original.dialogue, settings)
    return Deidentified(original, dialogue, Counter(each.kind for each in replacements))
