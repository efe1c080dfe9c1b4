"""How well `grounding` tells true answers from answers with one fact changed, and how fast: `make bench-generate`.

The pairs stand in grounding_pairs.jsonl: for each source, quotes with their headings, sentences that they bear out,
and sentences with one fact changed, by kind. The rules were tuned on the half called `dev`; the half called `held`
was written before and never looked at while tuning. `second` are pairs of other diseases, written when the rules stood
and measured once before they were mended: 0.890 caught, 0.330 flagged. `--show dev` prints what goes wrong there.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, report
from pedcorpus.curate import Check, Subject
from pedcorpus.facts.reading import read
from pedcorpus.plugins import load_plugin
from pedcorpus.records import Address, Asker, Evidence, Instruction, Severity, Tier
from pedcorpus.tasks.medkqa import MedKQA

PAIRS = Path(__file__).with_name("grounding_pairs.jsonl")
CAUGHT, FLAGGED, PER_SECOND = 0.98, 0.03, 2000
_SENTENCES = 4
_ROUNDS = 5

Source = dict[str, Any]  # one line of the file


def sources(half: str) -> list[Source]:
    """The sources of one half of the set."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["half"] == half]


def instruction(source: Source, answer: str, note: str = "") -> Instruction:
    """A question whose answer is `answer`, citing everything that `source` quotes."""
    evidence = tuple(
        Evidence(
            source="pairs", document="pairs", origin="passage", origin_id=str(index),
            address=Address(heading_path=tuple(item["headings"])), quote=item["quote"] + note,
        )
        for index, item in enumerate(source["evidence"])
    )  # fmt: skip
    return MedKQA(
        task="medkqa", topic=source["topic"], asker=Asker.PARENT, question=f"{source['topic']}?", aspect="other",
        answer=answer, evidence=evidence, language=source["language"], license="CC0-1.0", tier=Tier.OPEN,
        generator="bench.pairs@1",
    )  # fmt: skip


def reasons(check: Check, source: Source, answer: str) -> list[str]:
    """Why the check flags `answer`; empty if it passes."""
    found = check.verdicts([Subject(instruction(source, answer), {})])
    return [f"{item.reason} {answer[item.start : item.end]!r}" for item in found if item.severity is not Severity.PASS]


def true_answers(source: Source) -> list[str]:
    """Each true sentence alone, and all of them as one answer and as a list."""
    single = source["true"]
    joint = "" if source["language"] == "zh" else " "
    return [*single, joint.join(single), "\n".join(f"{n}. {text}" for n, text in enumerate(single, 1))]


def quality(check: Check, half: str) -> Iterator[Figure]:
    """Share of changed answers caught, by kind and over all, and share of true ones flagged."""
    caught: dict[str, list[bool]] = defaultdict(list)
    flagged = []
    for source in sources(half):
        flagged += [bool(reasons(check, source, answer)) for answer in true_answers(source)]
        for kind, answers in source["wrong"].items():
            caught[kind] += [bool(reasons(check, source, answer)) for answer in answers]
    for kind, hits in sorted(caught.items()):
        yield Figure(f"{half}: caught, {kind} ({len(hits)})", sum(hits) / len(hits), 1, CAUGHT, by_value=True)
    every = [hit for hits in caught.values() for hit in hits]
    yield Figure(f"{half}: caught, all ({len(every)})", sum(every) / len(every), 1, CAUGHT, by_value=True)
    share = sum(flagged) / len(flagged)
    yield Figure(f"{half}: true ones flagged ({len(flagged)})", share, 1, FLAGGED, at_least=False, by_value=True)


def _answers() -> Iterator[tuple[Source, str]]:
    """True answers of a few sentences, as a model writes them."""
    for half in ("dev", "held"):
        for source in sources(half):
            joint = "" if source["language"] == "zh" else " "
            yield source, joint.join(source["true"][:_SENTENCES])


def speed(check: Check) -> Iterator[Figure]:
    """Instructions a second of CPU time: each quote serving ten instructions as in a corpus, and each its own."""
    for name, shares in (("ten instructions a quote", 10), ("every quote new", 1)):
        best = min(_seconds(check, shares, turn) for turn in range(_ROUNDS))
        yield Figure(f"instructions/s, {name}", 1 / best, PER_SECOND, 1, unit="1/s")


def _seconds(check: Check, shares: int, turn: int) -> float:
    """CPU seconds an instruction; a note after quote and answer makes each text one never read before."""
    read.cache_clear()
    subjects = []
    for number in range(40):
        for place, (source, answer) in enumerate(_answers()):
            note = (
                f" {'甲乙丙丁戊己庚辛'[turn]}{'子丑寅卯辰巳午未申酉戌亥'[place % 12]}{chr(0x4E00 + number // shares)}"
            )
            subjects.append(
                Subject(instruction(source, answer + f"\n{source['true'][number % 4]}"[: number % 30], note), {})
            )
    begun = time.process_time()
    verdicts = sum(1 for _ in check.verdicts(subjects))
    assert verdicts >= len(subjects)
    return (time.process_time() - begun) / len(subjects)


def show(check: Check, half: str) -> None:
    """What goes wrong: true answers flagged, and changed ones that pass."""
    for source in sources(half):
        for answer in true_answers(source):
            if found := reasons(check, source, answer):
                print("FLAGGED", answer.replace("\n", " / "), found)
        for kind, answers in source["wrong"].items():
            for answer in answers:
                if not reasons(check, source, answer):
                    print("ESCAPED", kind, answer)


def main(arguments: Sequence[str]) -> int:
    """Prints the figures; 1 if a target was missed."""
    check: Check = load_plugin("checks", "grounding")
    if "--show" in arguments:
        show(check, arguments[arguments.index("--show") + 1])
        return 0

    def figures() -> Iterator[Figure]:
        yield from quality(check, "dev")
        yield from quality(check, "second")
        yield from quality(check, "held")
        yield from speed(check)

    return report(figures())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
