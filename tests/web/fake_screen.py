"""A screen without Textual: speaks in packets, shows its command line and what is typed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator


def send(kind: bytes, payload: bytes) -> None:
    os.write(1, kind + len(payload).to_bytes(4, "big") + payload)


def packets() -> Iterator[tuple[bytes, bytes]]:
    stdin = sys.stdin.buffer
    while head := stdin.read(5):
        yield head[:1], stdin.read(int.from_bytes(head[1:], "big"))


def main() -> int:
    if "--refused" in sys.argv:
        sys.stderr.write("there is no corpus here")
        return int(sys.argv[sys.argv.index("--refused") + 1])
    if "--broken" in sys.argv:
        sys.exit("no such corpus")
    os.write(1, b"__GANGLION__\n")
    size = f"{os.environ['COLUMNS']}x{os.environ['ROWS']}"
    send(b"D", json.dumps({"argv": sys.argv[1:], "pid": os.getpid(), "size": size}).encode())
    for kind, payload in packets():
        if kind == b"M":
            told = json.loads(payload)
            if told["type"] == "quit" and "--deaf" not in sys.argv:
                return 0
            send(b"D", payload)
        elif payload == b"q":
            send(b"M", b'{"type": "exit"}')
            return 0
        elif payload == b"crash":
            send(b"M", b'{"type": "exit"}')
            sys.exit("it broke\x1b[31m")
        elif payload.startswith(b"open "):
            send(b"M", json.dumps({"type": "open_url", "url": payload[5:].decode(), "new_tab": True}).encode())
        else:
            send(b"D", payload)
    return 0


if __name__ == "__main__":
    sys.exit(main())
