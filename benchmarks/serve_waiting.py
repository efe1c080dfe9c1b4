"""How long a reply that runs waits while a long prompt comes in: read in pieces beside read at once."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from benchmarks.figures import Figure
from benchmarks.serve_models import large
from pedcorpus.inference import Generation
from pedcorpus.inference.batching import Engine, Piece, Wanted
from pedcorpus.inference.batching.choosing import Chooser
from pedcorpus.inference.batching.shared import SharedDecoder
from pedcorpus.inference.batching.text import Spelling

__all__ = ["waiting"]

_SHORT, _LONG = 32, 2000
_BEFORE = 4
"""Tokens of the running reply before the long prompt comes."""
_TARGET_GAP, _TARGET_READING = 0.35, 1.25


def waiting(*, rounds: int = 2) -> Iterator[Figure]:
    """Both ways take turns; of each the best round counts, by the processor's own time, as in `decoding`."""
    model = large()
    ways: dict[str, dict[str, Any]] = {"in pieces": {}, "at once": {"piece": _LONG}}
    gaps: dict[str, list[float]] = {way: [] for way in ways}
    readings: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, piece in ways.items():
            gap, reading = _measured(model, **piece)
            gaps[way].append(gap)
            readings[way].append(reading)
    best, bound = (min(gaps[way]) for way in ways)
    yield Figure(
        f"longest gap of a running reply, 270M, while {_LONG:,} tokens come in, beside at once",
        best,
        bound,
        _TARGET_GAP,
        at_least=False,
        unit="CPU-s",
    )
    best, bound = (min(readings[way]) for way in ways)
    yield Figure(
        "first token of that prompt, beside at once", best, bound, _TARGET_READING, at_least=False, unit="CPU-s"
    )


def _measured(model: Any, **piece: int) -> tuple[float, float]:
    """The longest gap between two tokens of the running reply; from the long prompt's coming to its first token."""
    spelling = Spelling(lambda ids: "字" * len(ids))
    engine = Engine(SharedDecoder(model, rows=2), Chooser(), spelling, ends=frozenset(), queue=1, **piece)
    short, long, started = _Heard(), _Heard(), threading.Event()
    short.on_piece = lambda: started.set() if len(short.times) >= _BEFORE else None
    settings = Generation(max_new_tokens=1000, repetition_penalty=1.0)
    running = engine.submit(Wanted(_prompt(model, _SHORT), settings), short)
    started.wait()
    begin = time.process_time()
    engine.submit(Wanted(_prompt(model, _LONG), settings.model_copy(update={"max_new_tokens": 1})), long)
    long.ended.wait()
    running.leave()
    engine.stop()
    return max(later - sooner for sooner, later in pairwise(short.times[1:])), long.times[0] - begin


class _Heard:
    """When the pieces of a reply came."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.ended = threading.Event()
        self.on_piece = lambda: None

    def __call__(self, piece: Piece) -> None:
        self.times.append(time.process_time())
        self.on_piece()
        if piece.ending is not None:
            self.ended.set()


def _prompt(model: Any, tokens: int) -> list[int]:
    dice = random.Random(tokens)
    return [dice.randrange(2, model.config.vocab_size) for _ in range(tokens)]
