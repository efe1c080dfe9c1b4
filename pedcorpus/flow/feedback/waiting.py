"""Rated exchanges that wait to be taken into the corpus: files of a hidden folder in the work, named by content."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pydantic import ValidationError

from pedcorpus.durable import sync, write_whole
from pedcorpus.errors import CorpusError
from pedcorpus.flow.feedback.exchange import WORK, KeptExchange
from pedcorpus.flow.folder_turn import folder_turn
from pedcorpus.records import canonical_json, content_id
from pedcorpus.settings import Workspace

__all__ = ["add_waiting", "count_waiting", "read_waiting", "set_aside", "taking_turn", "waiting_files"]

_FOLDER = ".waiting"  # hidden: `ingest` passes it over
_SUFFIX = ".json"


def add_waiting(workspace: Workspace, exchange: KeptExchange) -> None:
    """Write `exchange` to the disk, whole or not at all; one that waits already is not written again.

    Raises:
        CorpusError: it cannot be written.
    """
    text = canonical_json(exchange.model_dump(mode="json"))
    folder = _folder(workspace)
    file = folder / f"{content_id('feedback', text)}{_SUFFIX}"
    try:
        for each in (folder.parent, folder):
            each.mkdir(mode=0o700, exist_ok=True)
        if not file.exists():
            write_whole(file, text + "\n")
        sync(folder)
    except OSError as error:
        raise _told(folder.parent, error) from error


def waiting_files(workspace: Workspace) -> list[Path]:
    """Files of what waits, by name.

    Raises:
        CorpusError: the folder cannot be read.
    """
    folder = _folder(workspace)
    try:
        return sorted(file for file in folder.iterdir() if file.suffix == _SUFFIX and not file.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _told(folder.parent, error) from error


def count_waiting(workspace: Workspace) -> int:
    """How many rated exchanges wait.

    Raises:
        CorpusError: the folder cannot be read.
    """
    return len(waiting_files(workspace))


@contextmanager
def taking_turn(workspace: Workspace) -> Iterator[list[Path]]:
    """Files of what waits, when nobody else is taking them in any more.

    Raises:
        CorpusError: the folder cannot be read.
    """
    with ExitStack() as turn:
        if waiting_files(workspace):
            try:
                turn.enter_context(folder_turn(_folder(workspace)))
            except OSError as error:
                raise _told(workspace.root / WORK, error) from error
        yield waiting_files(workspace)


def read_waiting(file: Path) -> KeptExchange | None:
    """What waits in `file`; none where that is no rated exchange.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        return KeptExchange.model_validate_json(file.read_bytes())
    except ValidationError:
        return None


def set_aside(file: Path) -> Path:
    """Rename a file that holds no rated exchange, so that it waits no longer; its new name."""
    return file.rename(file.with_suffix(".unreadable"))


def _folder(workspace: Workspace) -> Path:
    return workspace.root / WORK / _FOLDER


def _told(folder: Path, error: OSError) -> CorpusError:
    return CorpusError(f"{folder}: feedback cannot be kept or taken in ({error.strerror}); check its rights and space")
