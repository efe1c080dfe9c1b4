"""Finds works and their files in the folders a user names.

A folder with a `source.toml` is a declared work, its subfolders included. Any other folder that holds
files is a work of its own, undeclared: licence `unknown`, tier `internal`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pedcorpus.errors import SettingsError, UsageError
from pedcorpus.parse import (
    LOOKED_AT_BYTES,
    Declaration,
    known_suffixes,
    looks_like_kind,
    read_declaration,
    undeclared,
)
from pedcorpus.records import Failure, SourceKind

__all__ = ["FoundFile", "Work", "find_works"]

DECLARATION = "source.toml"
_NOT_TEXT = re.compile(
    r"(licen[cs]e|copying|notice|readme|changelog)([._-].*)?|(dataset_info|dataset_infos|dataset_dict|state)\.json",
    re.IGNORECASE,
)
_LOOKED_AT_FILES = 20
"""Of a folder, to see what kind of work it holds."""


@dataclass(frozen=True)
class FoundFile:
    """One file of a work."""

    file: Path
    path: str
    """Inside the work's folder, with forward slashes."""


@dataclass(frozen=True)
class Work:
    """One work with its files, sorted by path."""

    declaration: Declaration
    folder: Path
    files: tuple[FoundFile, ...]
    kind_from: str
    """What decided its kind: `declared`, `--kind`, `folder name`, `file endings`, `file contents` or `default`."""


def find_works(places: Sequence[Path], *, kind: SourceKind | None) -> tuple[list[Work], list[Failure]]:
    """Works at `places` (folders or single files), and declarations that could not be read.

    Raises:
        UsageError: a place does not exist, or there is no file in any of them.
    """
    works: list[Work] = []
    failures: list[Failure] = []
    for place in places:
        if not place.exists():
            raise UsageError(f"{place}: no such file or folder; name the folder that holds your texts")
        if place.is_file():
            works.append(_single_file(place.resolve(), kind))
        else:
            for found in _folders(place.resolve(), kind):
                if isinstance(found, Failure):
                    failures.append(found)
                elif found.files:
                    works.append(found)
    if not works and not failures:
        raise UsageError(f"{', '.join(map(str, places))}: no files here; put textbooks, guidelines or graphs into it")
    return works, failures


def _single_file(file: Path, kind: SourceKind | None) -> Work:
    declared = file.parent / DECLARATION
    found = (FoundFile(file, file.name),)
    if declared.is_file():
        declaration = read_declaration(
            declared.read_text(encoding="utf-8"), where=str(declared), folder_name=_slug(file.parent.name)
        )
        return Work(declaration, file.parent, found, "declared")
    return _guessed_work(file.parent, found, name=_slug(file.stem), kind=kind, named_after=())


def _kind_of(files: Sequence[FoundFile]) -> SourceKind | None:
    """The kind of work that alone is read from such files; none where several kinds are."""
    suffixes = {found.file.suffix.lower() for found in files}
    if suffixes & set(known_suffixes(SourceKind.TEXTBOOK)):
        return None
    kinds = [kind for kind in SourceKind if suffixes and suffixes <= set(known_suffixes(kind))]
    return kinds[0] if len(kinds) == 1 else None


def _kind_by_contents(files: Sequence[FoundFile]) -> SourceKind | None:
    """The kind that most of the first files look like; none where one of them may be a text."""
    kinds: list[SourceKind] = []
    for found in files[:_LOOKED_AT_FILES]:
        try:
            with found.file.open("rb") as stream:
                kind = looks_like_kind(stream.read(LOOKED_AT_BYTES), found.file.name)
        except OSError:
            continue
        if kind is None:
            return None
        kinds.append(kind)
    return max(kinds, key=kinds.count, default=None)


def _folders(root: Path, kind: SourceKind | None) -> Iterator[Work | Failure]:
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith((".", "__")))
        here = Path(folder)
        if DECLARATION in names:
            subfolders.clear()
            yield from _declared(here)
        else:
            texts = [FoundFile(here / name, name) for name in sorted(names) if _may_be_text(name)]
            name = _slug("-".join([root.name, *here.relative_to(root).parts]))
            yield from (_not_a_file(item, name) for item in texts if not _is_file(item.file))
            files = tuple(item for item in texts if _is_file(item.file))
            above = [part for part in (here, *here.parents) if part == root or root in part.parents]
            yield _guessed_work(here, files, name=name, kind=kind, named_after=[part.name for part in above])


def _is_file(path: Path) -> bool:
    """Is it a file, or a link to one? A link that leads nowhere passes, too: reading it tells so."""
    return path.is_file() or (path.is_symlink() and not path.exists())


def _not_a_file(item: FoundFile, source: str) -> Failure:
    detail = "found a pipe, socket or device, expected a file; leave it out"
    return Failure(
        stage="ingest", where=str(item.file), source=source, path=item.path, reason="not_a_file", detail=detail
    )


def _declared(folder: Path) -> Iterator[Work | Failure]:
    file = folder / DECLARATION
    try:
        text = file.read_text(encoding="utf-8-sig")
        declaration = read_declaration(text, where=str(file), folder_name=_slug(folder.name))
    except (SettingsError, OSError, UnicodeDecodeError) as error:
        detail = "; ".join(error.problems) if isinstance(error, SettingsError) else f"cannot be read: {error}"
        yield Failure(
            stage="ingest",
            where=str(file),
            source=_slug(folder.name),
            path=DECLARATION,
            reason="invalid_declaration",
            detail=f"{detail}; none of its files were read",
        )
        return
    files = [
        FoundFile(item, item.relative_to(folder).as_posix())
        for item in sorted(folder.rglob("*"))
        if not item.is_dir() and item.name != DECLARATION and not _is_hidden(item.relative_to(folder))
    ]
    if declaration.files:
        files = [item for item in files if any(PurePosixPath(item.path).match(glob) for glob in declaration.files)]
    else:
        files = [item for item in files if _may_be_text(item.file.name)]
    yield from (_not_a_file(item, declaration.source.id) for item in files if not _is_file(item.file))
    yield Work(declaration, folder, tuple(item for item in files if _is_file(item.file)), "declared")


def _guessed_work(
    folder: Path, files: tuple[FoundFile, ...], *, name: str, kind: SourceKind | None, named_after: Sequence[str]
) -> Work:
    """An undeclared work; `named_after` are the folders that may tell its kind, the nearest first."""
    if kind is not None:
        return Work(undeclared(name, kind), folder, files, "--kind")
    if only_kind := _kind_of(files):
        return Work(undeclared(name, only_kind), folder, files, "file endings")
    for part in named_after:
        guessed = undeclared(part or "root", None).source.kind
        if guessed is not SourceKind.TEXTBOOK:
            return Work(undeclared(name, guessed), folder, files, "folder name")
    if looked := _kind_by_contents(files):
        return Work(undeclared(name, looked), folder, files, "file contents")
    return Work(undeclared(name, SourceKind.TEXTBOOK), folder, files, "default")


def _may_be_text(name: str) -> bool:
    """Licences, readmes, hidden files, settings and what describes a data set lie beside texts, but are none."""
    return not name.startswith((".", "~$")) and not name.endswith(".toml") and not _NOT_TEXT.fullmatch(name)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "__")) for part in path.parts)


def _slug(name: str) -> str:
    """A folder's name as a source id: letters, digits, `_`, `.` and `-`, at most 80 characters."""
    slug = re.sub(r"[^\w.-]+", "-", name).strip("-.")
    return slug[:80] or "shelf"
