"""ZIP archives that documents come in: their members, read within limits; nothing is ever written to a disk."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection
from io import BytesIO
from pathlib import PurePosixPath

from pedcorpus.errors import InputError
from pedcorpus.parse.limits import Limits

__all__ = ["Archive", "has_member"]

_ENCRYPTED = 0x1
_SAVE = "open it in the program that made it and save it anew"
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def has_member(data: bytes, name: str) -> bool:
    """Is `data` a ZIP archive that lists a member `name`? Nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            return name in opened.NameToInfo
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        return False


class Archive:
    """The members of one archive, whose list has been checked before any is unpacked."""

    def __init__(self, data: bytes, *, where: str, limits: Limits) -> None:
        """`where` is what messages call the file.

        Raises:
            InputError: no sound archive, a bomb, encrypted, or with names that leave its folder.
        """
        self._where = where
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            detail = f"the archive cannot be opened ({error}), expected a whole one; fetch it again, or {_SAVE}"
            raise InputError(where, "damaged_archive", detail) from error
        self._members = {
            member.filename: member for member in self._zip.infolist() if not member.filename.endswith("/")
        }
        self._check()

    @property
    def names(self) -> Collection[str]:
        """Names of all members, in the order of the archive."""
        return self._members.keys()

    def read(self, name: str, *, limit: int | None = None) -> bytes:
        """The bytes of member `name`.

        Raises:
            InputError: there is no such member, it is damaged, or larger than `limit` (or the limit of a part).
        """
        member = self._members.get(name)
        if member is None:
            raise InputError(self._where, "missing_part", f"found no {name} inside, expected one; {_SAVE}")
        most = self._limits.part_bytes if limit is None else limit
        if member.file_size > most:
            raise self._bomb(f"{name} unpacks to {member.file_size >> 20} MB, allowed are {most >> 20} MB")
        try:
            with self._zip.open(member) as opened:
                data = opened.read(most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            detail = f"{name} inside cannot be unpacked ({error}), expected a whole archive; fetch it again, or {_SAVE}"
            raise InputError(self._where, "damaged_archive", detail) from error
        if len(data) > most:
            raise self._bomb(f"{name} unpacks to more than {most >> 20} MB")
        return data

    def read_xml(self, name: str, *, limit: int | None = None) -> bytes:
        """The bytes of an XML or XHTML member, which declares no entities: those are how bombs are made.

        Raises:
            InputError: as `read` does, and where entities are declared.
        """
        data = self.read(name, limit=limit)
        if _ENTITY.search(data.replace(b"\x00", b"")):
            detail = f"{name} inside declares XML entities, expected none (they can unpack to any size); {_SAVE}"
            raise InputError(self._where, "unsafe_archive", detail)
        return data

    def _check(self) -> None:
        members = self._members.values()
        if len(members) > self._limits.archive_members:
            raise self._bomb(f"the archive holds {len(members)} files, allowed are {self._limits.archive_members}")
        for member in members:
            if _leaves_folder(member.filename):
                shown = member.filename[:80].encode("unicode_escape").decode("ascii")
                detail = f"found a member called {shown!r}, expected names inside the archive; leave the file out"
                raise InputError(self._where, "unsafe_archive", detail)
            if member.flag_bits & _ENCRYPTED:
                detail = "the archive is encrypted, expected one that opens without a password; save it without one"
                raise InputError(self._where, "encrypted", detail)
            packed, whole = max(member.compress_size, 1), member.file_size
            if whole > self._limits.archive_small_bytes and whole > packed * self._limits.archive_ratio:
                raise self._bomb(f"{member.filename[:80]} unpacks to {whole // packed} times its size")
        total = sum(member.file_size for member in members)
        if total > self._limits.archive_bytes:
            raise self._bomb(
                f"the archive unpacks to {total >> 20} MB, allowed are {self._limits.archive_bytes >> 20} MB"
            )

    def _bomb(self, found: str) -> InputError:
        return InputError(self._where, "archive_bomb", f"{found}; if it is meant so, raise the limit or split the file")


def _leaves_folder(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name) is not None
