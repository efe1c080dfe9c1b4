"""Logging in with a token and out again."""

from __future__ import annotations

import asyncio
import math

from aiohttp import web

from pedcorpus.flow import account_of_token
from pedcorpus.web.guards import client_network, is_encrypted, refused, require_own_page
from pedcorpus.web.pages import html, language_of, login_page
from pedcorpus.web.site import SITE, Site, secure_name
from pedcorpus.web.words import said

__all__ = ["ask_for_token", "log_in", "log_out"]

_FORM_S = 15.0
"""Seconds in which a form has to be here."""


async def ask_for_token(request: web.Request) -> web.StreamResponse:
    """The login page; who need not log in goes on."""
    site = request.app[SITE]
    if site.visitor(request):
        raise web.HTTPSeeOther("/")
    return html(login_page(language_of(request, site.workspace.settings.language)))


async def log_in(request: web.Request) -> web.StreamResponse:
    """Take a token and answer with a cookie, or say why not."""
    require_own_page(request)
    site = request.app[SITE]
    network = client_network(request, site)
    token = await _token(request)
    wait_s = site.throttle.wait_s(network)
    if wait_s > 0:
        return _not_now(request, site, math.ceil(wait_s))
    account = account_of_token(site.accounts(), token)
    if account is None:
        site.throttle.failed(network)
        site.tell(f"wrong token from {network}")
        return _asked_again(request, site, "login.wrong", 403)
    site.throttle.succeeded(network)
    before = site.visitor(request)
    if before and before.session:
        site.sessions.close(before.session)
    site.tell(f"{account.name} logged in from {network}")
    answer = web.Response(status=303, headers={"Location": "/"})
    _set_cookie(answer, site.sessions.open(account), request, site)
    return answer


async def log_out(request: web.Request) -> web.StreamResponse:
    """End the login, and its screens with it."""
    require_own_page(request)
    site = request.app[SITE]
    visitor = site.visitor(request)
    if visitor and visitor.session:
        site.sessions.close(visitor.session)
        site.screens.sweep()
        site.tell(f"{visitor.name} logged out")
    answer = web.Response(status=303, headers={"Location": "/login"})
    for name in (site.cookie, secure_name(site.cookie)):
        answer.del_cookie(name, path="/", secure=name != site.cookie, httponly=True, samesite="Strict")
    return answer


async def _token(request: web.Request) -> str:
    try:
        async with asyncio.timeout(_FORM_S):
            form = await request.post()
    except TimeoutError as error:
        raise refused(request, "slow", 408) from error
    token = form.get("token", "")
    return token if isinstance(token, str) else ""


def _set_cookie(answer: web.StreamResponse, secret: str, request: web.Request, site: Site) -> None:
    secure = is_encrypted(request, site)
    name = secure_name(site.cookie) if secure else site.cookie
    answer.set_cookie(name, secret, path="/", httponly=True, samesite="Strict", secure=secure)


def _not_now(request: web.Request, site: Site, seconds: int) -> web.Response:
    answer = _asked_again(request, site, "login.wait", 429, seconds=seconds)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _asked_again(request: web.Request, site: Site, why: str, status: int, **values: object) -> web.Response:
    language = language_of(request, site.workspace.settings.language)
    return html(login_page(language, problem=said(language, why, **values)), status=status)
