"""Who is logged in: sessions in memory alone, each ended by rest, by age, or with its account. No cookies, no clock."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from pedcorpus.flow import Account

__all__ = ["Session", "Sessions"]

_KEPT_EACH = 8
"""Logins of one account; a further one ends the oldest."""


@dataclass
class Session:
    """One login."""

    account: Account
    opened_at: float
    seen_at: float
    key: bytes = field(repr=False)
    """Hash of what the browser holds."""

    @property
    def name(self) -> str:
        return self.account.name


class Sessions:
    """All logins. `clock` gives seconds from any origin that never go back."""

    def __init__(self, *, idle_s: float, longest_s: float, clock: Callable[[], float]) -> None:
        self._idle_s = idle_s
        self._longest_s = longest_s
        self._clock = clock
        self._open: dict[bytes, Session] = {}

    def open(self, account: Account) -> str:
        """Log `account` in; what its browser shall show from now on."""
        secret = secrets.token_urlsafe(32)
        now = self._clock()
        theirs = [session for session in self._open.values() if session.name == account.name]
        theirs.sort(key=lambda session: session.seen_at, reverse=True)
        for session in theirs[_KEPT_EACH - 1 :]:
            self.close(session)
        self._open[_key(secret)] = Session(account, now, now, _key(secret))
        return secret

    def find(self, secret: str, known: Collection[Account]) -> Session | None:
        """The login of the browser that shows `secret`, unless it has ended; `known` are the accounts of now."""
        session = self._open.get(_key(secret))
        if session and not self.is_open(session, known):
            self.close(session)
            return None
        return session

    def is_open(self, session: Session, known: Collection[Account]) -> bool:
        """Whether a login holds: not closed, not too old, and its account is what it was, token and role."""
        now = self._clock()
        return (
            session.key in self._open
            and now - session.seen_at < self._idle_s
            and now - session.opened_at < self._longest_s
            and session.account in known
        )

    def touch(self, session: Session) -> None:
        """Somebody is there."""
        session.seen_at = self._clock()

    def close(self, session: Session) -> None:
        """Log out."""
        self._open.pop(session.key, None)

    def sweep(self, known: Collection[Account]) -> None:
        """Forget what has ended."""
        for session in list(self._open.values()):
            if not self.is_open(session, known):
                self.close(session)

    def __len__(self) -> int:
        return len(self._open)


def _key(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
