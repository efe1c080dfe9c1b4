"""Takes from a screen's output what a terminal would do beyond drawing: links, clipboard, titles, device strings.

Text of sources is already plain when a screen draws it (`screens.plain`); this is the second door.
"""

from __future__ import annotations

import re

__all__ = ["Drawing"]

_STRING = re.compile(rb"\x1b[\]PX^_]|\xc2[\x80-\x9f]")
"""How strings for the terminal itself begin (OSC, DCS, SOS, PM, APC), and the controls of C1 in UTF-8."""
_COPY = re.compile(rb"\x1b\]52;c;[A-Za-z0-9+/=]+\x07")
"""What Textual sends, alone, when somebody copies."""
_POINTER = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""What it sends, alone, for the mouse to look otherwise, which a browser's terminal cannot."""


def _harmless(match: re.Match[bytes]) -> bytes:
    found = match.group()
    return b"\xe2\x90\x9b" + found[1:] if found[:1] == b"\x1b" else b"\xef\xbf\xbd"  # ␛ or the replacement character


class Drawing:
    """The output of one screen, packet by packet."""

    def __init__(self) -> None:
        self._held = b""

    def passed(self, payload: bytes) -> bytes:
        """`payload` with what is not drawing made visible; half a sequence at its end waits for the next packet."""
        if not self._held and _COPY.fullmatch(payload):
            return payload
        if not self._held and _POINTER.fullmatch(payload):
            return b""
        payload = self._held + payload
        self._held = payload[-1:] if payload[-1:] in (b"\x1b", b"\xc2") else b""
        return _STRING.sub(_harmless, payload[: len(payload) - len(self._held)])
