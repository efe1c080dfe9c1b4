"""The line to one endpoint: sends bodies through the `openai` client and hands back responses, whatever their status.

The only place that holds the key. Nothing that leaves here contains it: neither text nor the exceptions behind a fault.
"""

from __future__ import annotations

import os
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pedcorpus.errors import EndpointError, UsageError
from pedcorpus.llm.ask import Endpoint
from pedcorpus.llm.responses import Response

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

__all__ = ["Line", "LineCut", "LineTimeout", "endpoint_key"]

_NO_KEY = "none"  # what a server that wants no key is sent
_HIDDEN = "(the key)"
_SHORTEST_SECRET = 8  # characters; a shorter key is a local server's word, and stands in ordinary text by chance
_CONNECT_S = 15.0


class LineCut(Exception):
    """No response: nobody listens, or the connection broke."""


class LineTimeout(Exception):
    """No response within the endpoint's `timeout_s`."""


def endpoint_key(endpoint: Endpoint) -> str:
    """The key from the environment; `none` where it holds none, as local servers want it.

    Raises:
        UsageError: it cannot be a key; the message does not show it.
    """
    key = os.environ.get(endpoint.key_variable, "").strip()
    if not key.isascii() or any(sign.isspace() for sign in key):
        raise UsageError(f"{endpoint.key_variable}: holds spaces or characters that no key has; set it anew")
    return key or _NO_KEY


class Line:
    """An open client; a context manager, inside a running event loop."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._key = endpoint_key(endpoint)
        self._client: AsyncOpenAI

    async def __aenter__(self) -> Self:
        import httpx2
        import openai

        self._raw_response = httpx2.Response
        most = self._endpoint.concurrency + 1
        limits = httpx2.Limits(max_connections=most, max_keepalive_connections=most)
        timeout_s = self._endpoint.timeout_s
        timeout = httpx2.Timeout(timeout_s, connect=min(timeout_s, _CONNECT_S), pool=None)
        self._no_connection = httpx2.ConnectTimeout
        self._timed_out, self._failed = openai.APITimeoutError, openai.APIConnectionError
        self._refused = openai.APIStatusError
        try:
            self._client = openai.AsyncOpenAI(
                base_url=self._endpoint.base_url,
                api_key=self._key,
                max_retries=0,
                timeout=timeout,
                http_client=openai.DefaultAioHttpClient(limits=limits, timeout=timeout),
            )
        except (httpx2.InvalidURL, openai.OpenAIError, ValueError):
            # from None: the client's own error may show its options, and so the key
            raise EndpointError(
                f"{self._endpoint.base_url!r} is no base URL; it looks like http://host:8000/v1"
            ) from None
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._client.close()

    async def post(self, path: str, body: Any) -> Response:  # any JSON value
        """The response to `body`.

        Raises:
            LineCut: there is none.
            LineTimeout: not in time.
        """
        return await self._response(self._client.post(path, body=body, cast_to=self._raw_response))

    async def get(self, path: str) -> Response:
        """The response to a GET; raises what `post` raises."""
        return await self._response(self._client.get(path, cast_to=self._raw_response))

    async def upload(self, name: str, content: bytes) -> Response:
        """The response to a batch's input file; raises what `post` raises."""
        sending = self._client.post(
            "/files",
            body={"purpose": "batch"},
            files=[("file", (name, content, "application/jsonl"))],
            options={"headers": {"Content-Type": "multipart/form-data"}},
            cast_to=self._raw_response,
        )
        return await self._response(sending)

    async def _response(self, sending: Any) -> Response:  # an awaitable of the client's
        try:
            received = await sending
        except self._refused as error:
            received = error.response
        except self._failed as error:
            # aiohttp's transport calls every broken connection a connect time-out
            if isinstance(error, self._timed_out) and not isinstance(error.__cause__, self._no_connection):
                raise LineTimeout from None
            raise LineCut(self._hidden(str(error.__cause__ or error))) from None
        return Response(received.status_code, received.headers, self._hidden(_text(received)))

    def _hidden(self, text: str) -> str:
        return text.replace(self._key, _HIDDEN) if len(self._key) >= _SHORTEST_SECRET else text


def _text(received: httpx2.Response) -> str:
    return received.content.decode("utf-8", "replace")
