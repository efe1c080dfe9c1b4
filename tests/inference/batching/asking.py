"""Asks an engine in a test's own thread."""

import threading

from pedcorpus.inference import Generation
from pedcorpus.inference.batching import Wanted

GREEDY = Generation(max_new_tokens=20, repetition_penalty=1.0)


class Heard:
    """What an engine told of one reply."""

    def __init__(self):
        self.pieces = []
        self._ended = threading.Event()

    def __call__(self, piece):
        self.pieces.append(piece)
        if piece.ending is not None:
            self._ended.set()

    @property
    def text(self):
        assert self._ended.wait(30), "the reply has not ended"
        return "".join(piece.text for piece in self.pieces)

    @property
    def last(self):
        assert self._ended.wait(30), "the reply has not ended"
        return self.pieces[-1]


def ask(engine, prompt, generation=GREEDY, *, stop=()):
    """The reply on its way, and what is heard of it."""
    heard = Heard()
    return engine.submit(Wanted(prompt, generation, stop), heard), heard
