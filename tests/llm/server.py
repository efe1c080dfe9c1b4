"""A scripted OpenAI-compatible server on a real loopback socket, for tests and benches: it answers as it is told.

It honours or ignores schemas, takes its time, allows so many in flight, refuses, truncates, cuts connections, runs
batch files, and counts what it was asked and what would have been paid. Run as a module it serves in its own process:

    python -m tests.llm.server --latency 0.2 --in-flight 64
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import sys
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal, Self

__all__ = ["Answer", "Script", "ScriptedServer", "pair_counts", "request_key", "serving"]

Payload = dict[str, Any]
_PROSE = "Sure, here is what you asked for:\n```json\n{}\n```\nI hope this helps."
_STATUS_WORDS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}


@dataclass(frozen=True)
class Answer:
    """What one request gets, where it is more than a text."""

    text: str = ""
    finish: str = "stop"
    refusal: str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error: str = ""
    code: str | None = None
    delay_s: float = 0.0
    is_cut: bool = False
    """Close the connection instead of answering."""


def pair_counts(text: str) -> list[float]:
    """A vector that is close to another where the texts share most pairs of characters."""
    counts = [0.0] * 64
    for pair in itertools.pairwise(text):
        counts[sha256("".join(pair).encode()).digest()[0] % 64] += 1.0
    return counts


@dataclass
class Script:
    """How the server behaves; a test may change it while the server runs."""

    answer: Callable[[Payload], str | Answer] = lambda _: '{"answer": "ok"}'
    """Called once a request, with its payload."""
    embed: Callable[[list[str]], list[list[float]] | Answer] = lambda texts: [pair_counts(text) for text in texts]
    """Called once a request for vectors, with its texts."""
    schema: Literal["honoured", "ignored", "rejected"] = "honoured"
    """What becomes of `json_schema`: obeyed, answered in prose around fenced JSON, or refused with 400."""
    json_mode: Literal["honoured", "ignored", "rejected"] = "honoured"
    model: str = "scripted"
    key: str | None = None
    """The only key let in; none lets everybody in."""
    latency_s: float = 0.0
    in_flight: int | None = None
    """More at once get 429."""
    retry_after: str = "0.05"
    batch_polls: int = 1
    """Looks at a batch until it has ended."""
    batch_ends: Literal["completed", "expired", "failed", "cancelled"] = "completed"
    batch_done: int | None = None
    """Lines of a batch that are answered; none answers all."""


def request_key(payload: Payload) -> str:
    """What stands for a request in the counts, whatever the order of its fields."""
    return sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:20]


@dataclass
class _Batch:
    id: str
    input_file: str
    metadata: dict[str, str]
    polls: int = 0
    output_file: str | None = None
    error_file: str | None = None


class _Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive and Content-Length: what the client speaks, and no more."""

    def __init__(self, server: ScriptedServer) -> None:
        self._server = server
        self._buffer = b""
        self._tasks: set[asyncio.Task[None]] = set()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not isinstance(transport, asyncio.Transport):
            raise TypeError(transport)
        self.transport = transport
        self._server.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._server.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            lines = self._buffer[:end].decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines[1:])
            length = int(headers.get("content-length", 0))
            if len(self._buffer) < end + 4 + length:
                return
            body, self._buffer = self._buffer[end + 4 : end + 4 + length], self._buffer[end + 4 + length :]
            method, path, _ = lines[0].split(" ", 2)
            raw_key = next((line.split(" ")[-1] for line in lines if line.lower().startswith("authorization:")), "")
            task = asyncio.ensure_future(self._respond(method, path, raw_key, body))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _respond(self, method: str, path: str, key: str, body: bytes) -> None:
        try:
            status, headers, content = await self._server.handle(method, path, key, body)
        except Exception as error:  # noqa: BLE001  a script that fails must not leave the client waiting
            status, headers, content = _error(400, f"the script failed: {error!r}")
        if status == 0:
            self.transport.abort()
            return
        head = [f"HTTP/1.1 {status} {_STATUS_WORDS.get(status, 'Error')}", f"Content-Length: {len(content)}"]
        head += [f"{name}: {value}" for name, value in headers.items()]
        if "Content-Type" not in headers:
            head.append("Content-Type: application/json")
        self.transport.write("\r\n".join(head).encode() + b"\r\n\r\n" + content)


Response = tuple[int, dict[str, str], bytes]


class ScriptedServer:
    """The server; `serving()` runs one in a thread."""

    def __init__(self, script: Script | None = None) -> None:
        self.script = script or Script()
        self.asked: Counter[str] = Counter()
        """Chat and embedding requests that came in, by `request_key`."""
        self.paid: Counter[str] = Counter()
        """Those that a provider would have charged for."""
        self.embedded: Counter[str] = Counter()
        """Texts whose vectors were paid for."""
        self.payloads: list[Payload] = []
        """Every chat or embedding request, in order, where `keep_payloads` is set."""
        self.keep_payloads = True
        self.most_in_flight = 0
        self.connections: set[_Connection] = set()
        self.port = 0
        self._listener: asyncio.Server
        self._in_flight = 0
        self._files: dict[str, bytes] = {}
        self._batches: dict[str, _Batch] = {}

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def start(self, port: int = 0) -> Self:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", port, backlog=1024)
        self.port = server.sockets[0].getsockname()[1]
        self._listener = server
        return self

    async def stop(self) -> None:
        """Close every socket."""
        self._listener.close()
        for connection in list(self.connections):
            connection.transport.abort()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0.01)

    async def handle(self, method: str, path: str, key: str, body: bytes) -> Response:
        if self.script.key is not None and key != self.script.key:
            return _error(401, f"Incorrect API key provided: {key}", "invalid_api_key")
        if path.endswith("/chat/completions"):
            return await self._limited(self._answer, json.loads(body))
        if path.endswith("/embeddings"):
            return await self._limited(self._embed, json.loads(body))
        if path.endswith("/models"):
            return _json({"object": "list", "data": [{"id": self.script.model, "object": "model"}]})
        if "/files" in path:
            return self._file(method, path, body)
        if "/batches" in path:
            return self._batch(method, path, body)
        if path.endswith("/counts"):
            return _json({"asked": self.asked, "paid": self.paid, "most_in_flight": self.most_in_flight})
        return _error(404, f"unknown path {path}")

    async def _limited(self, answer: Callable[[Payload], Awaitable[Response]], payload: Payload) -> Response:
        self.asked[request_key(payload)] += 1
        if self.keep_payloads:
            self.payloads.append(payload)
        if self.script.in_flight is not None and self._in_flight >= self.script.in_flight:
            return _error(429, "Rate limit reached", headers={"Retry-After": self.script.retry_after})
        self._in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self._in_flight)
        try:
            if self.script.latency_s:
                await asyncio.sleep(self.script.latency_s)
            return await answer(payload)
        finally:
            self._in_flight -= 1

    async def _answer(self, payload: Payload) -> Response:
        if payload["model"] != self.script.model:
            return _error(404, f"The model `{payload['model']}` does not exist", "model_not_found")
        form = payload.get("response_format", {}).get("type")
        way = {"json_schema": self.script.schema, "json_object": self.script.json_mode}.get(form, "")
        if way == "rejected":
            return _error(400, f"'response_format.type' : '{form}' is not supported by this server")
        answer = self.script.answer(payload)
        if isinstance(answer, str):
            # a server without JSON mode talks around what it was asked for; asked in plain words it does too
            wrap = "JSON" in str(payload["messages"]) if form is None else way == "ignored"
            answer = Answer(_PROSE.replace("{}", answer) if wrap else answer)
        if answer.delay_s:
            await asyncio.sleep(answer.delay_s)
        if answer.is_cut:
            return 0, {}, b""
        if answer.status != 200:
            return _error(answer.status, answer.error, answer.code, answer.headers)
        self.paid[request_key(payload)] += 1
        return 200, answer.headers, json.dumps(_completion(payload, answer)).encode()

    async def _embed(self, payload: Payload) -> Response:
        if payload["model"] != self.script.model:
            return _error(404, f"The model `{payload['model']}` does not exist", "model_not_found")
        if isinstance(said := self.script.embed(payload["input"]), Answer):
            return (0, {}, b"") if said.is_cut else _error(said.status, said.error, said.code, said.headers)
        self.paid[request_key(payload)] += 1
        self.embedded.update(payload["input"])
        rows = [{"object": "embedding", "index": place, "embedding": vector} for place, vector in enumerate(said)]
        tokens = sum(map(len, payload["input"]))
        usage = {"prompt_tokens": tokens, "total_tokens": tokens}
        # an order of its own: the index tells
        return _json({"object": "list", "model": payload["model"], "data": rows[::-1], "usage": usage})

    def _file(self, method: str, path: str, body: bytes) -> Response:
        if method == "POST":
            name = f"file-{len(self._files)}"
            boundary = body.split(b"\r\n", 1)[0]
            part = next(part for part in body.split(boundary) if b'name="file"' in part)
            self._files[name] = part.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n")
            return _json(
                {"id": name, "object": "file", "bytes": 1, "created_at": 0, "filename": "f", "purpose": "batch"}
            )
        content = self._files.get(path.split("/")[-2])
        return _error(404, "no such file") if content is None else (200, {"Content-Type": "text/plain"}, content)

    def _batch(self, method: str, path: str, body: bytes) -> Response:
        if method == "POST" and path.endswith("/batches"):
            order = json.loads(body)
            batch = _Batch(f"batch-{len(self._batches)}", order["input_file_id"], order.get("metadata") or {})
            self._batches[batch.id] = batch
            return _json(self._batch_state(batch, "validating"))
        if path.split("?")[0].endswith("/batches"):
            return _json({"data": [self._batch_state(each, "in_progress") for each in self._batches.values()]})
        batch_id = path.split("/batches/")[-1].split("/")[0]
        if batch_id not in self._batches:
            return _error(404, "no such batch")
        batch = self._batches[batch_id]
        batch.polls += 1
        if batch.polls < self.script.batch_polls:
            return _json(self._batch_state(batch, "in_progress"))
        if batch.output_file is None and self.script.batch_ends != "failed":
            self._run_batch(batch)
        return _json(self._batch_state(batch, self.script.batch_ends))

    def _run_batch(self, batch: _Batch) -> None:
        lines = [json.loads(line) for line in self._files[batch.input_file].splitlines()]
        done = len(lines) if self.script.batch_done is None else self.script.batch_done
        output, errors = [], []
        for number, line in enumerate(lines):
            payload = line["body"]
            answer = self.script.answer(payload)
            answer = Answer(answer) if isinstance(answer, str) else answer
            self.asked[request_key(payload)] += 1
            if number >= done:
                errors.append({"custom_id": line["custom_id"], "response": None, "error": {"code": "batch_expired"}})
            elif answer.status != 200:
                body: Any = {"error": {"message": answer.error}}
                errors.append(
                    {"custom_id": line["custom_id"], "response": {"status_code": answer.status, "body": body}}
                )
            else:
                self.paid[request_key(payload)] += 1
                body = _completion(payload, answer)
                output.append({"custom_id": line["custom_id"], "response": {"status_code": 200, "body": body}})
        # a provider gives no order
        batch.output_file = self._keep_lines(list(reversed(output)))
        batch.error_file = self._keep_lines(errors)

    def _keep_lines(self, lines: list[dict[str, Any]]) -> str | None:
        if not lines:
            return None
        name = f"file-{len(self._files)}"
        self._files[name] = "\n".join(json.dumps(line) for line in lines).encode()
        return name

    def _batch_state(self, batch: _Batch, status: str) -> dict[str, Any]:
        return {
            "id": batch.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "input_file_id": batch.input_file,
            "metadata": batch.metadata,
            "completion_window": "24h",
            "created_at": 0,
            "status": status,
            "output_file_id": batch.output_file,
            "error_file_id": batch.error_file,
            "errors": {"data": [{"message": "the file is not valid"}]} if status == "failed" else None,
        }


def _completion(payload: Payload, answer: Answer) -> dict[str, Any]:
    prompt_tokens = sum(len(message["content"]) for message in payload["messages"])
    message: dict[str, Any] = {"role": "assistant", "content": answer.text}
    if answer.refusal is not None:
        message = {"role": "assistant", "content": None, "refusal": answer.refusal}
    return {
        "id": f"chatcmpl-{request_key(payload)}",
        "object": "chat.completion",
        "created": 0,
        "model": payload["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": answer.finish}],
        "usage": {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": len(answer.text),
            "total_tokens": prompt_tokens + len(answer.text),
        },
    }


def _json(value: Any) -> Response:
    return 200, {}, json.dumps(value).encode()


def _error(status: int, message: str, code: str | None = None, headers: dict[str, str] | None = None) -> Response:
    body = {"error": {"message": message, "type": "error", "code": code}}
    return status, dict(headers or {}), json.dumps(body).encode()


@contextmanager
def serving(script: Script | None = None) -> Iterator[ScriptedServer]:
    """A scripted server in a thread of its own."""
    server = ScriptedServer(script)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(server.start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(server.stop())
        loop.close()


def main() -> None:
    """Serve until stdin is closed; the base URL is printed first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--in-flight", type=int)
    parser.add_argument("--answer", default='{"answer": "ok"}')
    given = parser.parse_args()

    async def serve() -> None:
        script = Script(answer=lambda _: given.answer, latency_s=given.latency, in_flight=given.in_flight)
        server = await ScriptedServer(script).start()
        server.keep_payloads = False
        sys.stdout.write(server.base_url + "\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)

    asyncio.run(serve())


if __name__ == "__main__":
    main()
