"""The chat page for people: static files and what it asks of the server; conversations stay in the browser."""

from __future__ import annotations

from pedcorpus.inference.page.feedback import Rated, TakeFeedback
from pedcorpus.inference.page.routes import page_router

__all__ = ["Rated", "TakeFeedback", "page_router"]
