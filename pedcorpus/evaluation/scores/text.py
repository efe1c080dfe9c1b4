"""The text metrics of the PediatricsGPT paper, on words as its public code has them and on characters.

The public code (ydk122024/PediatricsGPT, src/llmtuner/train/sft/metric.py) cuts reply and reference with `jieba.cut`
and takes, each a mean over replies times 100:

- **ROUGE-1, ROUGE-2, ROUGE-L**: `f` of package `rouge` on the words joined with spaces. N-grams count once, however
  often they stand: F = 2PR/(P + R + 1e-8) of the sets of n-grams; ROUGE-L as `rouge_l` says.
- **BLEU-1 to BLEU-4**: `nltk.translate.bleu_score.sentence_bleu` with the weights (1, 0, 0, 0), (.5, .5, 0, 0),
  (.33, .33, .33, 0), (.25, .25, .25, .25) and `SmoothingFunction().method3`: each of the four precisions that is 0
  becomes 1/(2^k · its denominator), k = 1, 2, … in turn; times exp(1 - r/c) where the reply is shorter.
- **GLEU**: `nltk.translate.gleu_score.sentence_gleu`: common n-grams of 1 to 4 over those of the longer text.
- **Distinct-1, Distinct-2**: different words (pairs of words) over all, reply by reply. Beside them stand those over
  all replies together, as J. Li et al. (NAACL 2016) define Distinct: the paper does not say which its figures are.

What differs: the public code leaves empty replies out of the mean of ROUGE; here a reply without a letter or a digit,
and one of a single token where the reference has several, is 0 in every measure, so that who says nothing wins nothing.
Rounding to four decimals is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

from pedcorpus.errors import MissingExtra
from pedcorpus.evaluation.questions import Answer
from pedcorpus.evaluation.scores.grams import grams_of
from pedcorpus.evaluation.scores.rouge_l import rouge_l
from pedcorpus.evaluation.scores.score import Measure, Value
from pedcorpus.evaluation.scores.segments import characters, says_nothing, words

__all__ = ["CHARACTERS", "PAPER_MEASURES", "WORDS", "TextScore"]

BLEU_WEIGHTS = ((1.0, 0.0, 0.0, 0.0), (0.5, 0.5, 0.0, 0.0), (0.33, 0.33, 0.33, 0.0), (0.25, 0.25, 0.25, 0.25))

PAPER_MEASURES = {
    "rouge_1": "ROUGE-1",
    "rouge_2": "ROUGE-2",
    "rouge_l": "ROUGE-L",
    "bleu_1": "BLEU-1",
    "bleu_2": "BLEU-2",
    "bleu_3": "BLEU-3",
    "bleu_4": "BLEU-4",
    "gleu": "GLEU",
    "distinct_1": "Distinct-1",
    "distinct_2": "Distinct-2",
}
"""In the paper's order."""
_POOLED = {
    "distinct_1_all": {"zh": "Distinct-1（全部回答）", "en": "Distinct-1, all replies"},
    "distinct_2_all": {"zh": "Distinct-2（全部回答）", "en": "Distinct-2, all replies"},
}


@dataclass(frozen=True)
class TextScore:
    """All of them on one kind of token."""

    name: str
    group: str
    cut: Callable[[str], list[str]]
    prefix: str = ""
    """Of the measures' names."""
    version: int = 1

    @property
    def measures(self) -> Sequence[Measure]:
        mean = [
            Measure(self.prefix + name, {"zh": title, "en": title}, self.group, more_is_better=_is_better(name))
            for name, title in PAPER_MEASURES.items()
        ]
        pooled = [
            Measure(self.prefix + name, title, self.group, is_pooled=True, more_is_better=None)
            for name, title in _POOLED.items()
        ]
        return [*mean, *pooled]

    def values(self, answers: Sequence[Answer]) -> Iterator[Mapping[str, Value]]:
        for answer in answers:
            found = _values(self.cut(answer.reply), self.cut(answer.question.reference))
            yield {self.prefix + name: value for name, value in found.items()}


def _is_better(name: str) -> bool | None:
    """Distinct falls with a reply's length and is highest for babble: no winner is named by it."""
    return None if name.startswith("distinct") else True


def _values(reply: list[str], reference: list[str]) -> dict[str, Value]:
    if says_nothing(reply, reference):
        return {**dict.fromkeys(PAPER_MEASURES, 0.0), **_pooled(())}
    return {**_against(reply, reference), **_distinct(reply), **_pooled(reply)}


def _against(reply: list[str], reference: list[str]) -> dict[str, Value]:
    libraries = _libraries()
    bleus = libraries.bleu([reference], reply, weights=BLEU_WEIGHTS, smoothing_function=libraries.smoothing)
    rouge = libraries.rouge.get_scores(" ".join(reply), " ".join(reference))[0]
    return {
        "rouge_1": rouge["rouge-1"]["f"],
        "rouge_2": rouge["rouge-2"]["f"],
        "rouge_l": rouge_l(reply, reference),
        **{f"bleu_{n}": float(value) for n, value in enumerate(bleus, 1)},
        "gleu": float(libraries.gleu([reference], reply)),
    }


def _distinct(reply: Sequence[str]) -> dict[str, Value]:
    pairs = list(pairwise(reply))
    return {
        "distinct_1": len(set(reply)) / len(reply),
        "distinct_2": len(set(pairs)) / len(pairs) if pairs else 0.0,
    }


def _pooled(reply: Sequence[str]) -> dict[str, Value]:
    return {name: grams_of(reply, n) for n, name in enumerate(_POOLED, 1)}


@dataclass(frozen=True)
class _Libraries:
    bleu: Any  # nltk and rouge are untyped
    smoothing: Any
    gleu: Any
    rouge: Any


@cache
def _libraries() -> _Libraries:
    if any(find_spec(name) is None for name in ("nltk", "rouge")):
        raise MissingExtra("the text metrics", "evaluate")
    from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
    from nltk.translate.gleu_score import sentence_gleu
    from rouge import Rouge

    return _Libraries(sentence_bleu, SmoothingFunction().method3, sentence_gleu, Rouge(["rouge-1", "rouge-2"]))


WORDS = TextScore("words", "paper", words)
CHARACTERS = TextScore("characters", "characters", characters, prefix="char_")
