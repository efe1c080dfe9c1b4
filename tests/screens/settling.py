"""Waiting for an app under test to come to rest."""

from __future__ import annotations

from textual.worker import WorkerCancelled


async def settled(pilot):
    """Wait until nothing is under way: an answer may lead to another call."""
    app, quiet = pilot.app, 0
    while quiet < 2:
        quiet = quiet + 1 if all(worker.is_finished for worker in app.workers) else 0
        try:
            await app.workers.wait_for_complete()
        except WorkerCancelled:  # the app quits on the answer, before the thread that gave it has ended
            assert app._exit
        await pilot.pause()
