"""What holds for every request: headers, known hosts, our own pages alone as askers, errors as pages."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable

from aiohttp import web

from pedcorpus.addresses import host_name, is_known_host, is_same_origin, network_of
from pedcorpus.web.pages import html, language_of, message_page
from pedcorpus.web.site import SITE, Site
from pedcorpus.web.words import Language, said

__all__ = ["add_headers", "client_network", "guard", "is_encrypted", "refused", "require_own_page"]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'{inline}; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), clipboard-read=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "Server": "pedcorpus",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_OF_PROXIES = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")
_UNTOLD = {403: "origin", 404: "gone", 405: "method", 408: "slow", 413: "too_large"}


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Tell the browser to be strict; the terminal emulator alone writes styles of its own."""
    inline = " 'unsafe-inline'" if request.path in ("/", "/disputes") else ""
    response.headers.setdefault("Cache-Control", "no-store")
    for name, value in _HEADERS.items():
        response.headers[name] = value.replace("{inline}", inline)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what does not come as it should; tell errors as pages."""
    site = request.app[SITE]
    try:
        _check_way_here(request, site)
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400 or error.content_type == "text/html":
            raise
        told = _page(request, said(_language(request), f"error.{_UNTOLD.get(error.status, 'failed')}"), error.status)
        if "Allow" in error.headers:
            told.headers["Allow"] = error.headers["Allow"]
        return told
    except Exception:  # noqa: BLE001 - the server goes on, and its log has everything
        site.tell(f"error at {request.method} {request.path}\n{traceback.format_exc()}")
        return _page(request, said(_language(request), "error.failed"), 500)


def _check_way_here(request: web.Request, site: Site) -> None:
    if not is_known_host(request.host, site.names):
        raise refused(request, "host", 421, host=host_name(request.host) or "?")
    if not site.needs_login and any(name in request.headers for name in _OF_PROXIES):
        raise refused(request, "proxy", 403)


def require_own_page(request: web.Request) -> None:
    """Refuse what a page of another site, or no page at all, asked for.

    Raises:
        HTTPForbidden: the browser names no origin, or not this one.
    """
    if not is_same_origin(request.headers.get("Origin", ""), request.host):
        raise refused(request, "origin", 403)


def refused(request: web.Request, reason: str, status: int, **values: object) -> web.HTTPException:
    """A refusal as a page."""
    page = _page(request, said(_language(request), f"error.{reason}", **values), status)
    kinds: dict[int, type[web.HTTPException]] = {
        401: web.HTTPUnauthorized,
        403: web.HTTPForbidden,
        404: web.HTTPNotFound,
        408: web.HTTPRequestTimeout,
        421: web.HTTPMisdirectedRequest,
    }
    return kinds[status](text=page.text, content_type="text/html")


def client_network(request: web.Request, site: Site) -> str:
    """Whom wrong tokens are counted for: the peer, or whom the proxy says that it speaks for."""
    if site.settings.behind_proxy:
        # the last is what our own proxy has seen; those before it anybody may have written
        forwarded = request.headers.getall("X-Forwarded-For", [])
        return network_of(forwarded[-1].rsplit(",", 1)[-1].strip() if forwarded else request.remote or "")
    return network_of(request.remote or "")


def is_encrypted(request: web.Request, site: Site) -> bool:
    """Whether the browser speaks TLS with the proxy, if one is believed."""
    return site.settings.behind_proxy and request.headers.get("X-Forwarded-Proto", "").lower() == "https"


def _page(request: web.Request, text: str, status: int) -> web.Response:
    return html(message_page(_language(request), text), status=status)


def _language(request: web.Request) -> Language:
    return language_of(request, request.app[SITE].workspace.settings.language)
