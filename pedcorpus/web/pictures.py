"""The page that a quote stands on, as a picture: of instructions in this corpus alone, for those who are let in."""

from __future__ import annotations

import asyncio

from aiohttp import web

from pedcorpus import flow
from pedcorpus.errors import PedcorpusError
from pedcorpus.web.guards import refused
from pedcorpus.web.site import SITE

__all__ = ["send_picture"]


async def send_picture(request: web.Request) -> web.StreamResponse:
    """Draw it; pages are drawn one at a time."""
    site = request.app[SITE]
    visitor = site.visitor(request)
    if visitor is None:
        raise refused(request, "login", 401)
    if visitor.session:
        site.sessions.touch(visitor.session)
    instruction, number = request.match_info["instruction"], int(request.match_info["number"])
    try:
        async with site.drawing:
            picture = await asyncio.to_thread(flow.quoted_page, site.workspace, instruction, number)
    except PedcorpusError as error:
        site.tell(f"no picture of {instruction}, quote {number}: {error}")
        raise refused(request, "no_picture", 404) from error
    return web.Response(body=picture, content_type="image/png")
