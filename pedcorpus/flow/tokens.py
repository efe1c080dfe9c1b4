"""Reviewers' tokens: drawn, read as people type them, and kept as a hash alone. Whose they are is `accounts`'."""

from __future__ import annotations

import hashlib
import hmac
import secrets

__all__ = ["is_token_of", "new_token", "token_hash"]

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter looks like a digit."""
_CHARACTERS = 32  # five bits each
_GROUP = 4
_MEANT = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


def new_token() -> str:
    """160 random bits in groups that can be read aloud: `k7mq-2b8x-…`."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_CHARACTERS))
    return "-".join(drawn[place : place + _GROUP] for place in range(0, _CHARACTERS, _GROUP))


def token_hash(token: str) -> str:
    """SHA-256 of a token, however it was typed: 160 random bits need no slow hash, nor salt."""
    meant = "".join(token.split()).lower().translate(_MEANT)
    return hashlib.sha256(meant.encode("utf-8", "surrogatepass")).hexdigest()


def is_token_of(token: str, stored_hash: str) -> bool:
    """Whether `token` is the one that was hashed; takes as long for each wrong one."""
    return hmac.compare_digest(token_hash(token), stored_hash)
