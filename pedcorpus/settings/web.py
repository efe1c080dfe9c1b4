"""Settings of the review in a browser."""

from __future__ import annotations

from pydantic import Field

from pedcorpus.settings.section import Section

__all__ = ["WebSettings"]


class WebSettings(Section):
    """The review in a browser (docs/review-web.md)."""

    host: str = "127.0.0.1"
    """Address to listen at; any other than this machine's own needs accounts."""
    port: int = Field(default=8700, ge=0, le=65535)
    """Port to listen at; 0 takes a free one."""
    names: tuple[str, ...] = ()
    """Host names under which browsers ask for it, as review.hospital.example; addresses in digits need none."""
    behind_proxy: bool = False
    """Whether a proxy stands before it, whose X-Forwarded-Proto and X-Forwarded-For are believed."""
    idle_minutes: float = Field(default=30.0, gt=0)
    """A login ends after so long without a key or a click."""
    session_hours: float = Field(default=12.0, gt=0)
    """A login ends after so long in any case."""
    screens_each: int = Field(default=3, ge=1)
    """Review screens that one person may have open at once; each is a process of its own."""
    screens: int = Field(default=24, ge=1)
    """Review screens open at once in all."""
