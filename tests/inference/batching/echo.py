"""A model that repeats its prompt, one token a step, when it is let; some tokens make it fail."""

import threading

from pedcorpus.inference.batching import Engine
from pedcorpus.inference.batching.text import Spelling

UNREADABLE, BREAKS, NO_NUMBER, END = 90, 91, 92, 1


class EchoDecoder:
    context = 64

    def __init__(self, *, rows):
        self.rows = rows
        self.left = []  # what each row has yet to say
        self.ahead = []  # of the prompt that joins next
        self.pieces = []  # how long each was, and after how many steps it was read
        self.steps = 0
        self.most = 0
        self.joined_together = []
        self._let = threading.Semaphore(0)
        self._free = threading.Event()
        self._free.set()

    def hold(self):
        """No step is made any more but those that `let` lets."""
        self._free.clear()

    def let(self, steps=None):
        if steps is None:
            self._free.set()
        self._let.release(steps or 1)

    def read(self, ids, *, start):
        if UNREADABLE in ids:
            raise RuntimeError("cannot be read\nsecond line")
        self.ahead = [*(self.ahead if start else []), *ids]
        self.pieces.append((len(ids), self.steps))

    def join(self, prompts, *, start=0):
        assert start in (0, len(self.ahead)), "pieces are missing, or are another prompt's"
        if any(UNREADABLE in prompt for prompt in prompts):
            raise RuntimeError("cannot be read\nsecond line")
        self.joined_together.append(len(prompts))
        self.left += [list(prompt) for prompt in prompts]
        self.most = max(self.most, len(self.left))

    def step(self, tokens):  # noqa: ARG002
        if not self._free.is_set():
            self._let.acquire()
        self.steps += 1
        said = [row.pop(0) if row else END for row in self.left]
        if BREAKS in said:
            raise RuntimeError("out of memory")
        return said

    def leave(self, row):
        self.left[row] = self.left[-1]
        self.left.pop()

    def clear(self):
        self.left, self.ahead = [], []


class EchoChooser:
    def join(self, generations):
        pass

    def next(self, scores):
        return [None if token == NO_NUMBER else token for token in scores]

    def leave(self, row):
        pass

    def clear(self):
        pass


def spelt(ids):
    return "".join(chr(each) for each in ids)


def echoing(*, rows=2, queue=2, piece=8):
    decoder = EchoDecoder(rows=rows)
    engine = Engine(decoder, EchoChooser(), Spelling(spelt), ends=frozenset({END}), queue=queue, piece=piece)
    return engine, decoder


def ids(text):
    return [ord(letter) for letter in text]
