"""Routes of the chat page: its files, what it needs to know, and where its thumbs go."""

from __future__ import annotations

import asyncio
import json
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from pedcorpus.errors import PedcorpusError
from pedcorpus.inference.page.feedback import TakeFeedback, read_rated
from pedcorpus.inference.serve.refusal import Refused

__all__ = ["page_router"]

_KINDS = {
    "icon.svg": "image/svg+xml",
    "page.css": "text/css",
    "page.js": "text/javascript",
    "server.js": "text/javascript",
    "talks.js": "text/javascript",
    "text.js": "text/javascript",
    "turns.js": "text/javascript",
    "words.js": "text/javascript",
}


def page_router(*, needs_key: bool, feedback: TakeFeedback | None = None) -> APIRouter:
    """The page at `/`; thumbs are offered where somebody takes `feedback`."""
    router = APIRouter()

    @router.get("/")
    def page() -> Response:
        return Response(_asset("page.html"), media_type="text/html; charset=utf-8")

    @router.get("/page/about")
    def about() -> dict[str, Any]:
        return {"needs_key": needs_key, "feedback": feedback is not None}

    @router.get("/page/{name}")
    def asset(name: str) -> Response:
        if name not in _KINDS:
            raise Refused(404, "there is no such file", code="not_found")
        return Response(_asset(name), media_type=f"{_KINDS[name]}; charset=utf-8")

    if feedback is not None:
        take = feedback

        @router.post("/v1/feedback")
        async def rate(request: Request) -> dict[str, str]:
            try:
                body = json.loads(await request.body())
            except (ValueError, RecursionError) as error:
                raise Refused(400, f"the body is no JSON: {error}", code="invalid_json") from error
            rated = read_rated(body)
            try:
                return {"status": await asyncio.to_thread(take, rated)}
            except PedcorpusError as error:
                raise Refused(503, str(error), code="feedback_not_kept") from error

    return router


def _asset(name: str) -> bytes:
    return (files("pedcorpus.inference.page") / "assets" / name).read_bytes()
