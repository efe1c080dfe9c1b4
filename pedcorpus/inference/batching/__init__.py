"""Many replies of one model at once: requests join a running batch between two steps and leave it when they end.

This front door stays free of torch; `open_engine` imports it when called.
"""

from __future__ import annotations

from pedcorpus.inference.batching.engine import Engine, Load, Reply
from pedcorpus.inference.batching.opening import open_engine
from pedcorpus.inference.batching.wanted import Ending, EngineStopped, Piece, QueueFull, Tell, Wanted

__all__ = ["Ending", "Engine", "EngineStopped", "Load", "Piece", "QueueFull", "Reply", "Tell", "Wanted", "open_engine"]
