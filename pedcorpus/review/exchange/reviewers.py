"""Who decided: accounts of other tools by the names that reviewers have here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pedcorpus.errors import UsageError
from pedcorpus.review.exchange.told import Refusal, Told

__all__ = ["Reviewers"]


class Reviewers:
    """The names that were given for one file."""

    def __init__(self, name: str, by_account: Mapping[str, str]) -> None:
        """`name` is for whoever the file does not name, and for its first account that `by_account` lacks."""
        self._name = name
        self._by_account = by_account
        self._first = ""

    @classmethod
    def of(cls, words: Sequence[str]) -> Reviewers:
        """Names given as `NAME`, at most one, and `ACCOUNT=NAME`.

        Raises:
            UsageError: two plain names, or an empty one.
        """
        pairs = [word.rpartition("=") for word in words]
        plain = [name for _, mark, name in pairs if not mark]
        if len(plain) > 1:
            raise UsageError(f"two reviewers, {' and '.join(plain)}, for one account; write ACCOUNT=NAME for each")
        if any(not name.strip() or (mark and not account) for account, mark, name in pairs):
            raise UsageError("a reviewer without a name; write NAME, or ACCOUNT=NAME")
        return cls(plain[0] if plain else "", {account: name for account, mark, name in pairs if mark})

    def named(self, told: Told) -> Told | Refusal:
        """`told` by the reviewer's name here."""
        account = told.fields.get("reviewer") or ""
        if not isinstance(account, str):
            return Refusal(told.place, "damaged", "reviewer is no text", "write the reviewer's name")
        if account in self._by_account:
            return _by(told, self._by_account[account])
        if not account or told.tool:
            return self._unnamed(told, account)
        return told

    def _unnamed(self, told: Told, account: str) -> Told | Refusal:
        if not self._name:
            if account:
                return _by(told, f"{told.tool}:{account}")
            return Refusal(told.place, "no_reviewer", "names no reviewer", "say who it was with --reviewer NAME")
        self._first = self._first or account
        if account and account != self._first:
            found = f"is by account {account}, and {self._name} is {self._first} already"
            return Refusal(told.place, "another_reviewer", found, f"name each with --reviewer {account}=NAME")
        return _by(told, self._name)


def _by(told: Told, reviewer: str) -> Told:
    return replace(told, fields={**told.fields, "reviewer": reviewer})
