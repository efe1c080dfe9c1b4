"""Waiting for an app under test to come to rest."""

from __future__ import annotations

from textual.worker import WorkerCancelled


async def settled(pilot):
    """Wait until nothing is under way: an answer may lead to another call."""
    app, quiet = pilot.app, 0
    while quiet < 2:
        quiet = quiet + 1 if is_at_rest(app) else 0
        try:
            await app.workers.wait_for_complete()
        except WorkerCancelled:  # the app quits on the answer, before the thread that gave it has ended
            assert app._exit
        await pilot.pause()


def is_at_rest(app):
    """Nothing runs, and no message waits: on a busy machine a key is still on its way when the app seems idle."""
    pumps = (app, *app.screen.walk_children(with_self=True))
    return all(worker.is_finished for worker in app.workers) and not any(pump.message_queue_size for pump in pumps)
