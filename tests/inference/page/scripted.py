"""A server with the chat page whose model says what a test wants, piece by piece."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

from pedcorpus.inference.batching import Ending, Load, Piece
from pedcorpus.inference.page import page_router
from pedcorpus.inference.serve import Hooks, ServerSettings, Service
from pedcorpus.inference.serve.service import Prompts
from tests.inference.in_thread import ServerThread


class Leaving:
    def __init__(self):
        self.is_left = False

    def leave(self):
        self.is_left = True


class ScriptedEngine:
    """Answers with the pieces of `script`; `pause_s` between two of them."""

    context, rows, load = 10_000, 8, Load(0, 0)

    def __init__(self):
        self.script, self.pause_s, self.left = ["好的"], 0.0, 0

    def submit(self, wanted, tell):  # noqa: ARG002
        reply = Leaving()
        threading.Thread(target=self._tell, args=(reply, tell), daemon=True).start()
        return reply

    def stop(self, *, grace_s=0.0):
        pass

    def _tell(self, reply, tell):
        for number, text in enumerate(self.script, 1):
            time.sleep(self.pause_s)
            if reply.is_left:
                self.left += 1
                tell(Piece("", number, Ending.CUT))
                return
            tell(Piece(text, number))
        tell(Piece("", len(self.script), Ending.STOP))


class Served(ServerThread):
    """The server, and what it was asked."""

    def __init__(self, *, hooks=None, key=None, preface=None, sources=None, feedback=None):
        self.engine, self.asked = ScriptedEngine(), []
        page = page_router(needs_key=key is not None, feedback=feedback)
        hooks = hooks or Hooks(preface=preface, sources=sources, routers=(page,))
        service = Service(self.engine, self._prompts(), name="demo-model", created=0, hooks=hooks)
        super().__init__(service, ServerSettings(port=0, key=key))

    def _prompts(self):
        def ids(messages, room=0):
            self.asked.append([dict(message) for message in messages])
            return [1]

        return Prompts(conversation=ids, fitted=ids, text=lambda _: [1])


@contextmanager
def served(**options):
    server = Served(**options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
