"""What a server's response means for the run: an answer, a wait, a question it cannot take, or the end. Pure."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Literal

__all__ = ["Meaning", "Response", "meaning_of", "wait_s"]

Meaning = Literal[
    "answer", "busy", "broken", "too_long", "refused", "no_format", "no_max_tokens", "invalid", "unusable"
]
"""busy: too much at once, costs time only; broken: may go better again; no_format: `response_format` is not honoured;
no_max_tokens: the field is called `max_completion_tokens` there; invalid: this request never will do; unusable: none.
"""


@dataclass(frozen=True)
class Response:
    """Status, headers with small letters, and body of one response."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def error(self) -> str:
        """What the server says is wrong."""
        try:
            error = json.loads(self.body)
            error = error.get("error", error)
            return str(error.get("message", error) if isinstance(error, dict) else error)
        except (ValueError, AttributeError):
            return " ".join(self.body.split())[:300] or "no reason given"


_TOO_LONG = re.compile(
    r"context.{0,20}(?:length|size|window)|maximum context|exceed_context|prompt is too long|too many tokens"
    r"|max_(?:completion_)?tokens.{0,60}too large|reduce the length|input.{0,30}too (?:long|large)"
    r"|上下文|超过.{0,10}长度",
    re.IGNORECASE,
)
_FORMAT = re.compile(
    r"response_format|json_schema|json_object|json mode|structured output|grammar|schema", re.IGNORECASE
)
_NO_QUOTA = re.compile(r"insufficient_quota|billing|insufficient.{0,10}(?:balance|credit)|余额|欠费", re.IGNORECASE)
_FILTERED = re.compile(
    r"content_filter|content management policy|data_inspection_failed|内容.{0,6}(?:审核|安全)", re.IGNORECASE
)


def meaning_of(response: Response) -> Meaning:
    """What to do about a response."""
    status, body = response.status, response.body
    if status == 200:
        return "answer"
    if status in (401, 402, 403, 404) or (status == 429 and _NO_QUOTA.search(body)):
        return "unusable"
    if status == 429:
        return "busy"
    if status == 501:  # "not implemented" will be no better next time
        return "invalid"
    if status in (408, 409, 425) or (status >= 500 and not _TOO_LONG.search(body)):
        return "busy" if status == 503 else "broken"
    return _complaint(body)


def _complaint(body: str) -> Meaning:
    if "max_completion_tokens" in body and "max_tokens" in body and "too large" not in body:
        return "no_max_tokens"
    if _TOO_LONG.search(body):
        return "too_long"
    if _FILTERED.search(body):
        return "refused"
    return "no_format" if _FORMAT.search(body) else "invalid"


def wait_s(headers: Mapping[str, str], *, now: float) -> float | None:
    """Seconds for which the server wants no more requests, if it says so; `now` is Unix time."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        if (seconds := _number(headers.get(name))) is not None:
            return max(0.0, seconds * unit)
    if (date := headers.get("retry-after")) is not None:
        try:
            return max(0.0, parsedate_to_datetime(date).timestamp() - now)
        except ValueError:
            return None
    waits = [
        seconds
        for kind in ("requests", "tokens")
        if _number(headers.get(f"x-ratelimit-remaining-{kind}")) == 0
        and (seconds := _duration_s(headers.get(f"x-ratelimit-reset-{kind}", ""))) is not None
    ]
    return max(waits, default=None)


def _number(text: Any) -> float | None:  # a header, or none
    try:
        number = float(text)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


_UNITS_S = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def _duration_s(text: str) -> float | None:
    """Seconds of `6m0s`, `20ms`, `1.5`."""
    if (number := _number(text)) is not None:
        return number
    parts = re.findall(r"(\d+(?:\.\d+)?)(ms|s|m|h)", text)
    return sum(float(amount) * _UNITS_S[unit] for amount, unit in parts) if parts else None
