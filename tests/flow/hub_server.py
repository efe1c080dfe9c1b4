"""A Hugging Face Hub of one process: as much of its HTTP as pushing a data set needs, kept in memory."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class HubServer:
    """What was sent to it."""

    url: str = ""
    repos: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What each repository was made with, by name."""
    files: dict[str, bytes] = field(default_factory=dict)
    """At the head of the one repository."""
    tags: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)

    def is_private(self, repo: str) -> bool:
        """As the client said when it made it, in its older words or its newer ones."""
        asked = self.repos[repo]
        return bool(asked.get("private", asked.get("visibility") == "private"))


@contextmanager
def hub() -> Iterator[HubServer]:
    """A server on a free port of this machine, until the block ends."""
    kept = HubServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith("/refs"):
                refs = [{"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": "0" * 40} for tag in kept.tags]
                self._answer({"branches": [], "converts": [], "tags": refs})
            elif "/tree/" in self.path:
                self._answer([{"type": "file", "path": name, "size": 1, "oid": "0"} for name in kept.files])
            else:
                self._answer({"id": "ward/corpus", "sha": "0" * 40, "siblings": [], "private": True, "tags": []})

        def do_POST(self) -> None:
            kept.tokens.add(self.headers.get("Authorization", ""))
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path == "/api/repos/create":
                asked = json.loads(body)
                kept.repos[f"{asked['organization']}/{asked['name']}"] = asked
                self._answer({"url": f"{kept.url}/datasets/{asked['organization']}/{asked['name']}"})
            elif "/preupload/" in self.path:
                names = [each["path"] for each in json.loads(body)["files"]]
                regular = [{"path": name, "uploadMode": "regular", "shouldIgnore": False} for name in names]
                self._answer({"files": regular})
            elif "/commit/" in self.path:
                _commit(kept, body)
                url = f"{kept.url}/datasets/ward/corpus/commit/{'1' * 40}"
                self._answer({"commitUrl": url, "commitOid": "1" * 40, "success": True})
            elif "/tag/" in self.path:
                kept.tags.append(json.loads(body)["tag"])
                self._answer({})
            else:
                self._answer({"warnings": [], "errors": []})

        def _answer(self, value: Any) -> None:
            data = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _commit(kept: HubServer, body: bytes) -> None:
    for line in body.splitlines():
        step = json.loads(line)
        value = step["value"]
        if step["key"] == "file":
            kept.files[value["path"]] = base64.b64decode(value["content"])
        elif re.fullmatch("deleted(File|Folder)", step["key"]):
            kept.files.pop(value["path"], None)
