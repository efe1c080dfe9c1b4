"""As much of Argilla's server, on the loopback, as its own library needs to load a dataset and to save it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

__all__ = ["ArgillaServer", "serve"]

_AT = "2026-03-01T12:00:00"
_PARTS = ("fields", "questions", "metadata-properties")


class ArgillaServer:
    """One workspace with one dataset."""

    def __init__(self) -> None:
        self.url = ""
        self.records: list[dict[str, Any]] = []
        self.parts: dict[str, list[dict[str, Any]]] = {name: [] for name in _PARTS}
        self.user = {"id": str(uuid4()), "username": "wang", "role": "owner", "first_name": "Wang"}
        self._workspace = {"id": str(uuid4()), "name": "ward", "inserted_at": _AT, "updated_at": _AT}
        self._dataset: dict[str, Any] = {}

    def respond(self, record: dict[str, Any], **answers: str) -> None:
        """Answer one record as its reviewer submits it."""
        values = {name: {"value": text} for name, text in answers.items()}
        record["responses"] = [{"values": values, "status": "submitted", "user_id": self.user["id"]}]
        record["status"] = "completed"

    def answer(self, method: str, path: str, body: Any) -> Any:
        """What the server says to one request."""
        last = path.rsplit("/", 1)[-1]
        if path == "/me":
            return self.user
        if path == "/me/workspaces":
            return {"items": [self._workspace]}
        if path.startswith("/workspaces/"):
            return self._workspace
        if path == "/datasets" or last == "publish" or re.fullmatch("/datasets/[^/]+", path):
            self._dataset = {"id": str(uuid4()), **self._dataset, **(body or {}), "status": "ready"}
            return self._dataset
        if last in _PARTS:
            return self._part(method, last, body)
        if last == "bulk":
            self.records += [record | {"id": str(uuid4()), "status": "pending"} for record in body["items"]]
            return {"items": self.records, "updated_item_ids": []}
        return {"items": self.records if last == "records" else []}

    def _part(self, method: str, name: str, body: Any) -> Any:
        if method != "POST":
            return {"items": self.parts[name]}
        self.parts[name].append(body | {"id": str(uuid4())})
        return self.parts[name][-1]


@contextmanager
def serve() -> Iterator[ArgillaServer]:
    """A server that answers until the block ends."""
    state = ArgillaServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length) or b"null")
            path, _, query = self.path.partition("?")
            said = state.answer(self.command, path.removeprefix("/api/v1"), body)
            if "offset=" in query and "offset=0" not in query:
                said = {"items": []}
            data = json.dumps(said).encode()
            self.send_response(201 if self.command == "POST" else 200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_PUT = do_PATCH = do_GET  # noqa: N815 (http.server calls them so)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
