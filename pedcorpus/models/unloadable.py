"""How the model libraries say that a folder holds no model they can load, and what of it is told. Imports no torch."""

from __future__ import annotations

__all__ = ["load_errors", "reason"]


def load_errors() -> tuple[type[Exception], ...]:
    """What `from_pretrained` raises where the folder is at fault."""
    from huggingface_hub.errors import StrictDataclassError  # a config.json whose values make no sense

    return OSError, ValueError, KeyError, StrictDataclassError


def reason(error: Exception) -> str:
    """What an error says is wrong, on one line; of a list of what does not fit, its head and the first of it."""
    from huggingface_hub.errors import StrictDataclassError

    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    if isinstance(error, StrictDataclassError):  # which check failed, then by what error: `ValueError: …`
        return lines[-1].partition(": ")[2] or lines[-1]
    return " ".join(lines[: 2 if lines[0].endswith(":") else 1])
