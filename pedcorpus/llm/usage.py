"""What a server says that a reply took."""

from __future__ import annotations

import json

__all__ = ["usage_of"]


def usage_of(body: str) -> tuple[int, int]:
    """Prompt and completion tokens; zeros where the server counts none."""
    try:
        usage = json.loads(body).get("usage") or {}
        return int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0)
    except (ValueError, AttributeError, TypeError):
        return 0, 0
