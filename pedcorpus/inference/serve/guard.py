"""What holds for every request: known hosts, our own pages alone as askers, the key, bounded bodies, strict headers."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pedcorpus.addresses import is_known_host, is_same_origin
from pedcorpus.inference.serve.limits import Limits
from pedcorpus.inference.serve.refusal import Refused

__all__ = ["Guard"]

_HEADERS = (
    ("Cache-Control", "no-store"),
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Medical-Warning", "not medical advice"),
)
_OF_PROXIES = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")
_DISCARDED_BYTES = 32 << 20
_ENCODED = [(name.lower().encode(), value.encode()) for name, value in _HEADERS]


class Guard:
    """Stands before the application and refuses what does not come as it should."""

    def __init__(self, app: ASGIApp, *, limits: Limits, key: str | None = None) -> None:
        """`key` opens what lies under /v1/; none leaves it open."""
        self._app = app
        self._limits = limits
        self._key = None if key is None else _digest(key)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = _with_headers(send)
        try:
            self._check(Headers(scope=scope), scope["path"])
        except Refused as refused:
            if refused.status == 413:
                await _discard(receive, self._limits)
            await refused.response()(scope, receive, told)
            return
        await self._app(scope, _bounded(receive, self._limits), told)

    def _check(self, headers: Headers, path: str) -> None:
        host = headers.get("host", "")
        # a page that makes its own name lead here (DNS rebinding) has no key
        if self._key is None and not is_known_host(host, ()):
            raise Refused(421, "this server does not answer for that host", code="unknown_host")
        if self._key is None and any(name in headers for name in _OF_PROXIES):
            raise Refused(403, "behind a proxy a key is needed: others could come in", code="proxy_without_key")
        if "origin" in headers and not is_same_origin(headers["origin"], host):
            raise Refused(403, "pages of other sites may not ask this server", code="foreign_origin")
        declared = headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > self._limits.body_bytes:
            raise too_large(self._limits)
        if self._key is not None and path.startswith("/v1/"):
            self._check_key(headers.get("authorization", ""))

    def _check_key(self, authorization: str) -> None:
        scheme, _, given = authorization.partition(" ")
        # digests are of one length: how long the comparison takes tells nothing of the key
        if scheme.lower() != "bearer" or not hmac.compare_digest(_digest(given.strip()), self._key or b""):
            challenge = {"WWW-Authenticate": "Bearer"}
            message = "send the server's key as Authorization: Bearer KEY"
            raise Refused(401, message, code="invalid_api_key", headers=challenge)


def too_large(limits: Limits) -> Refused:
    """The refusal of a body that is too long; what follows of it is not read."""
    message = f"the request is longer than {limits.body_bytes} bytes"
    return Refused(413, message, code="request_too_large", headers={"Connection": "close"})


async def _discard(receive: Receive, limits: Limits) -> None:
    """Takes in what is sent, within bounds: most clients read no answer before they have sent everything."""
    taken = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(limits.body_s):
            while taken < _DISCARDED_BYTES:
                message = await receive()
                taken += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return


def _bounded(receive: Receive, limits: Limits) -> Receive:
    """`receive` that raises Refused where a body is too long or too slow."""
    loop = asyncio.get_running_loop()
    until = loop.time() + limits.body_s
    taken, whole = 0, False

    async def bounded() -> Message:
        nonlocal taken, whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError as error:
            close = {"Connection": "close"}
            raise Refused(408, "the request did not come to its end", code="request_timeout", headers=close) from error
        taken += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if taken > limits.body_bytes:
            raise too_large(limits)
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in _ENCODED if pair[0] not in given)]
        await send(message)

    return told


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
