"""Tokens a second of the engine beside transformers' own `generate`, on the same model and the same prompts."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from typing import Any

import torch

from benchmarks.figures import Figure
from benchmarks.serve_models import large, tiny
from pedcorpus.inference import Generation
from pedcorpus.inference.batching import Engine, Piece, Wanted
from pedcorpus.inference.batching.choosing import Chooser
from pedcorpus.inference.batching.opening import spelling_of
from pedcorpus.inference.batching.shared import SharedDecoder
from pedcorpus.inference.batching.text import Spelling

__all__ = ["decoding"]

_PROMPT = 32
_TARGET = 0.95


def decoding(*, rounds: int = 6) -> Iterator[Figure]:
    """Both models, one reply and eight at once.

    The two take turns, and of each the best round counts, by the processor's own time: what other processes do on a
    shared machine only ever adds to it.
    """
    model, tokenizer = tiny()
    yield from _compared("tiny", model, spelling_of(tokenizer), tokens=160, rounds=rounds)
    yield from _compared("270M", large(), Spelling(lambda ids: "字" * len(ids)), tokens=32, rounds=rounds)


def _compared(name: str, model: Any, spelling: Spelling, *, tokens: int, rounds: int) -> Iterator[Figure]:
    for batch in (1, 8):
        prompts = _prompts(batch, model.config.vocab_size)
        engine = Engine(SharedDecoder(model, rows=batch), Chooser(), spelling, ends=frozenset(), queue=0)
        ours, bare = [], []
        for number in range(rounds + 1):
            first, second = _engine_s(engine, prompts, tokens), _generate_s(model, prompts, tokens)
            if number:  # the first round warms both up
                ours.append(batch * tokens / first)
                bare.append(batch * tokens / second)
        engine.stop()
        yield Figure(f"decoding {name}, {batch} at once", max(ours), max(bare), _TARGET, unit="tokens/CPU-s")


def _prompts(batch: int, vocab_size: int) -> list[list[int]]:
    dice = random.Random(0)
    return [[dice.randrange(2, vocab_size) for _ in range(_PROMPT)] for _ in range(batch)]


def _engine_s(engine: Engine, prompts: list[list[int]], tokens: int) -> float:
    left, ended = [len(prompts)], threading.Event()

    def tell(piece: Piece) -> None:
        if piece.ending is not None:
            left[0] -= 1
            if not left[0]:
                ended.set()

    settings = Generation(max_new_tokens=tokens, repetition_penalty=1.0)
    begin = time.process_time()
    for prompt in prompts:
        engine.submit(Wanted(prompt, settings), tell)
    ended.wait()
    return time.process_time() - begin


@torch.inference_mode()
def _generate_s(model: Any, prompts: list[list[int]], tokens: int) -> float:
    ids = torch.tensor(prompts)
    begin = time.process_time()
    model.generate(
        input_ids=ids,
        attention_mask=torch.ones_like(ids),
        max_new_tokens=tokens,
        do_sample=False,
        eos_token_id=None,
        pad_token_id=0,
    )
    return time.process_time() - begin
