"""Who may review here, and as what: accounts beside the corpus, in no export. Tokens themselves are never stored.

Without any account, whoever can read the workspace may do everything. The file is replaced as a whole,
one writer at a time, so that neither a crash nor a second steward loses an account.
"""

from __future__ import annotations

import json
import os
import stat
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from pedcorpus.durable import write_whole
from pedcorpus.errors import UsageError
from pedcorpus.flow.folder_turn import folder_turn
from pedcorpus.flow.tokens import is_token_of, new_token, token_hash
from pedcorpus.records import Role
from pedcorpus.records.base import Record
from pedcorpus.settings import Workspace

__all__ = [
    "Account",
    "account_of_token",
    "accounts",
    "add_account",
    "change_role",
    "remove_account",
    "renew_token",
    "role_of",
]

_LONGEST_NAME = 64


class Account(Record):
    """One person who may log in."""

    name: str
    """Under which decisions are stored."""
    role: Role
    """What this person may do."""
    token_hash: str
    """SHA-256 of the token, in hexadecimal digits."""
    issued: datetime
    """When the token was."""


T = TypeVar("T")
Accounts = Mapping[str, Account]
_FILE = TypeAdapter(tuple[Account, ...])


def accounts(workspace: Workspace) -> tuple[Account, ...]:
    """All accounts, by name; none where nobody was added.

    Raises:
        UsageError: the file cannot be read, or others may write it.
    """
    path = workspace.accounts_path
    try:
        with path.open("rb") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o022:
                raise UsageError(f"{path}: others may write it, and so log in as anybody; run: chmod 600 {path}")
            return _FILE.validate_json(file.read())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}; it is for the steward's own user") from error
    except ValidationError as error:
        raise UsageError(
            f"{path}: no file of accounts; put a copy back, or remove it and add everybody again"
        ) from error


def role_of(workspace: Workspace, name: str) -> Role:
    """What `name` may do: everything where there are no accounts, and what strangers may where there are."""
    known = accounts(workspace)
    if not known:
        return Role.STEWARD
    return next((account.role for account in known if account.name == name), Role.REVIEWER)


def account_of_token(known: tuple[Account, ...], token: str) -> Account | None:
    """Whose token it is; each account is tried, so that time tells nothing."""
    found = None
    for account in known:
        if is_token_of(token, account.token_hash):
            found = account
    return found


def add_account(workspace: Workspace, name: str, role: Role = Role.REVIEWER) -> str:
    """Let somebody log in; the token, which nobody can read again.

    Raises:
        UsageError: no name for a person, or one that has an account.
    """
    name = _checked_name(name)

    def added(known: Accounts) -> tuple[Accounts, str]:
        if name in known:
            raise UsageError(f"{name} has an account; a new token: pedcorpus reviewers token {name}")
        account, token = _with_token(name, role)
        return {**known, name: account}, token

    return _change(workspace, added)


def renew_token(workspace: Workspace, name: str) -> str:
    """A new token for an account; the old one logs in no more.

    Raises:
        UsageError: there is no such account.
    """

    def renewed(known: Accounts) -> tuple[Accounts, str]:
        account, token = _with_token(name, _found(known, name).role)
        return {**known, name: account}, token

    return _change(workspace, renewed)


def change_role(workspace: Workspace, name: str, role: Role) -> None:
    """Let an account do more, or less; its token stays.

    Raises:
        UsageError: there is no such account.
    """

    def changed(known: Accounts) -> tuple[Accounts, None]:
        return {**known, name: _found(known, name).model_copy(update={"role": role})}, None

    _change(workspace, changed)


def remove_account(workspace: Workspace, name: str) -> None:
    """End an account; what was decided under its name stays.

    Raises:
        UsageError: there is no such account.
    """

    def removed(known: Accounts) -> tuple[Accounts, None]:
        gone = _found(known, name)
        return {key: account for key, account in known.items() if account != gone}, None

    _change(workspace, removed)


def _with_token(name: str, role: Role) -> tuple[Account, str]:
    token = new_token()
    issued = datetime.now(UTC).replace(microsecond=0)
    return Account(name=name, role=role, token_hash=token_hash(token), issued=issued), token


def _found(known: Accounts, name: str) -> Account:
    if name not in known:
        told = f"they are: {', '.join(known)}" if known else "there is none yet: pedcorpus reviewers add NAME"
        raise UsageError(f"{name}: no such account; {told}")
    return known[name]


def _checked_name(name: str) -> str:
    name = unicodedata.normalize("NFC", name)
    if not name or name != name.strip() or not name.isprintable() or name.startswith("-"):
        raise UsageError(f"{name!r} is no name for an account; give letters and digits, as wang or 王医生")
    if len(name) > _LONGEST_NAME:
        raise UsageError(f"a name of {len(name)} characters is too long for an account; give {_LONGEST_NAME} at most")
    return name


def _change(workspace: Workspace, change: Callable[[Accounts], tuple[Accounts, T]]) -> T:
    """Read, change and replace the file while no other process does."""
    path = workspace.accounts_path
    try:
        with folder_turn(path.parent):
            after, told = change({account.name: account for account in accounts(workspace)})
            _replace(path, [after[name] for name in sorted(after)])
            return told
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; nothing has changed") from error


def _replace(path: Path, after: list[Account]) -> None:
    text = json.dumps([account.model_dump(mode="json") for account in after], ensure_ascii=False, indent=1)
    write_whole(path, text + "\n")
