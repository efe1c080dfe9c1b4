"""Text metrics of 10,000 pairs of reply and reference beside the libraries alone, each on two processes.

The peer is what the paper's public code does for each pair: jieba, nltk's BLEU (its four in one call) and GLEU, and
package rouge; once for words, and once for words and characters, as an evaluation has them. Both sides get the same
pairs in the same batches from the same engine, turn and turn about. Sentences are made of the words below.

Run: `python -m benchmarks.evaluate_metrics`.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from benchmarks.figures import Figure, report
from pedcorpus.engine import Processes, batches
from pedcorpus.evaluation import Answer, Question
from pedcorpus.evaluation.scores.text import BLEU_WEIGHTS, CHARACTERS, WORDS
from pedcorpus.evaluation.scoring import scored
from pedcorpus.records import Message

PAIRS = 10_000
PROCESSES = 2
ROUNDS = 2
"""The pairs are gone through in so many parts, ours and theirs in turn, so that a busy moment falls on both."""

_PARTS = (
    ["患儿", "孩子", "婴儿", "学龄前儿童", "早产儿", "家长"],
    ["发热", "咳嗽", "腹泻", "呕吐", "皮疹", "抽搐", "喘息", "拒食"],
    ["两天", "三天", "一周", "数小时", "反复发作"],
    ["应先", "可以", "建议", "不宜", "需要尽快"],
    ["测量体温", "补充液体", "口服补液盐", "退热治疗", "雾化吸入", "就近就医", "观察精神状态", "复查血常规"],
    ["，并", "；同时", "，然后"],
    ["记录出入量", "保持室内通风", "避免自行用药", "按体重计算剂量", "每4小时评估一次", "告知家长危险信号"],
    ["。", "。", "。", "；"],
)

Pair = tuple[str, str]


def text(draw: random.Random) -> str:
    """An answer of two to six clauses."""
    return "".join("".join(draw.choice(part) for part in _PARTS) for _ in range(draw.randint(2, 6)))


def pairs() -> list[Pair]:
    """Reply and reference, which share some of their clauses."""
    draw = random.Random(9)
    found = []
    for _ in range(PAIRS):
        shared = text(draw)
        found.append((shared + text(draw), shared + text(draw)))
    return found


def by_libraries(kinds: Sequence[str], some: Sequence[Pair]) -> list[float]:
    """What the public code does, for `words` or `characters`; a sum stands for each pair."""
    import jieba
    from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
    from nltk.translate.gleu_score import sentence_gleu
    from rouge import Rouge

    jieba.setLogLevel("ERROR")
    rouge, smoothing = Rouge(), SmoothingFunction().method3
    cuts: dict[str, Callable[[str], list[str]]] = {"words": jieba.lcut, "characters": list}
    sums = []
    for reply, reference in some:
        total = 0.0
        for kind in kinds:
            ours, theirs = cuts[kind](reply), cuts[kind](reference)
            total += sum(sentence_bleu([theirs], ours, weights=BLEU_WEIGHTS, smoothing_function=smoothing))
            total += sentence_gleu([theirs], ours)
            total += sum(each["f"] for each in rouge.get_scores(" ".join(ours), " ".join(theirs))[0].values())
        sums.append(total)
    return sums


def _lost(some: Sequence[Pair]) -> list[float]:
    raise RuntimeError(f"a worker was lost over {len(some)} pairs")


def seconds_of(work: Callable[[], object]) -> float:
    """Wall time."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def theirs(kinds: Sequence[str], some: Sequence[Pair]) -> None:
    """The libraries alone, on the engine."""
    engine = Processes(PROCESSES)
    for _ in engine.map_ordered(partial(by_libraries, kinds), batches(some, 50), crashed=_lost):
        pass


def ours(kinds: Sequence[str], some: Sequence[Pair]) -> None:
    """What `pedcorpus evaluate` does."""
    asked = (Message(role="user", content="怎么办？"),)
    answers = [Answer(Question(str(n), asked, reference), reply) for n, (reply, reference) in enumerate(some)]
    scores = {"words": WORDS, "characters": CHARACTERS}
    scored(answers, [scores[kind] for kind in kinds], Processes(PROCESSES))


def figures() -> Iterator[Figure]:
    """Seconds for all pairs, ours against the libraries'."""
    made = pairs()
    for kinds in (("words",), ("words", "characters")):
        mine = peer = 0.0
        for part in batches(made, PAIRS // ROUNDS):
            peer += seconds_of(partial(theirs, kinds, part))
            mine += seconds_of(partial(ours, kinds, part))
        yield Figure(f"{PAIRS} pairs, {' and '.join(kinds)}", mine, peer, 1.2, at_least=False, unit="s")


if __name__ == "__main__":
    sys.exit(report(figures()))
