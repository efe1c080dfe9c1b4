"""What the server takes and how long it waits."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True)
class Limits:
    """Bounds of one request and of one connection."""

    body_bytes: int = 1 << 20
    """Longest body of a request."""
    body_s: float = 30.0
    """Seconds from a request's head to the end of its body."""
    silent_s: float = 20.0
    """Seconds that a connection may last without a whole request's head."""
    connections: int = 512
    """Most connections; beyond, the one that has been silent longest is closed."""
    grace_s: float = 10.0
    """Seconds that replies in work have when the server stops."""
