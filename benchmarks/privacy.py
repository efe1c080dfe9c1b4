"""What de-identification finds and what it costs: planted identifiers, clean medical sentences, rows a second.

Run `python -m benchmarks.privacy`; `--misses` tells which identifiers of the frames for tuning were missed, and
what was found in clean sentences. Held-out frames are counted and never shown.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence

from benchmarks.figures import Figure, report
from benchmarks.privacy_frames import FRAMES, Planted, clean_sentences, drawn
from pedcorpus.curate.privacy import find_identifiers

_EACH = 40
_CLEAN = 1050
Span = tuple[int, int]


def main(*, tell: bool) -> int:
    """Measures and prints; 1 if a target was missed."""
    return report(_figures(tell=tell))


def _figures(*, tell: bool) -> Iterator[Figure]:
    planted = list(drawn(each=_EACH))
    yield Figure("identifiers planted", sum(len(each.places) for each in planted), 2000, 1)
    yield Figure("sentence frames", len(FRAMES), 40, 1)
    for name, rows in (
        ("tuned", [each for each in planted if not each.is_held_out]),
        ("held-out", [each for each in planted if each.is_held_out]),
    ):
        yield _recall(f"recall of structured identifiers, {name} frames", rows, Planted.structured, 0.99)
        yield _recall(f"recall of names after cues, {name} frames", rows, Planted.names, 0.95)
    clean = list(clean_sentences(_CLEAN))
    flagged = [text for text in clean if find_identifiers(text)]
    yield Figure("false alarms in 1,000 clean sentences", 1000 * len(flagged) / len(clean), 1, 1, at_least=False)
    yield from _speed([each.text for each in planted] + clean)
    if tell:
        _tell(planted, flagged)


def _found(text: str, span: Span) -> bool:
    """Is every character of the identifier covered?"""
    covered = {place for one in find_identifiers(text) for place in range(one.start, one.end)}
    return covered.issuperset(range(*span))


def _recall(name: str, rows: Sequence[Planted], kind: object, target: float) -> Figure:
    spans = [(row.text, span) for row in rows for span in kind(row)]  # type: ignore[operator]
    hits = sum(_found(text, span) for text, span in spans)
    return Figure(name, hits / len(spans), 1.0, target)


def _speed(texts: Sequence[str]) -> Iterator[Figure]:
    began = time.process_time()
    for text in texts:
        find_identifiers(text)
    yield Figure("sentences a second of one core", len(texts) / (time.process_time() - began), 3000, 1)
    long = "患儿3岁，体重14.5 kg，发热2天，请问医生怎么办？" * 40_000
    began = time.process_time()
    find_identifiers(long)
    yield Figure("a row of a million characters", time.process_time() - began, 60, 1, at_least=False, unit="s")


def _tell(planted: Sequence[Planted], flagged: Sequence[str]) -> None:
    for row in planted:
        for slot, start, end in row.places:
            if not row.is_held_out and not _found(row.text, (start, end)):
                print(f"missed {slot}: {row.text[start:end]} in {row.text}")
    for text in flagged:
        print(f"flagged: {text} {[text[one.start : one.end] for one in find_identifiers(text)]}")


if __name__ == "__main__":
    sys.exit(main(tell="--misses" in sys.argv[1:]))
