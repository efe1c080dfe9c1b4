"""What a file is by its first bytes: the formats that are never text, HTML pages and PDF."""

from __future__ import annotations

import re

__all__ = ["PDF_WINDOW", "describe_binary", "is_html", "is_office_encrypted", "is_pdf"]

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, XLSX and EPUB are ZIP archives)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office file (DOC, XLS or PPT)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"AT&TFORM", "a DjVu document"),
    (b"ITSF", "a CHM help file"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*){0,4}<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE,
)
PDF_WINDOW = 1024
"""Bytes at a file's beginning among which PDF readers accept the header."""


def is_pdf(data: bytes) -> bool:
    """Does `data` carry a PDF header where readers look for it?"""
    return b"%PDF-" in data[:PDF_WINDOW]


def is_html(data: bytes) -> bool:
    """Does `data` open an HTML page, whatever the file is called?"""
    return _HTML.match(data.removeprefix(b"\xef\xbb\xbf")) is not None


def is_office_encrypted(data: bytes) -> bool:
    """Is it a DOCX, XLSX or PPTX behind a password? Those are kept inside an old office file."""
    return data.startswith(_OLD_OFFICE) and _ENCRYPTED_PACKAGE in data


def describe_binary(data: bytes) -> str | None:
    """A few words for a known format that is neither text nor PDF; none where it may be either."""
    for signature, words in _SIGNATURES:
        if data.startswith(signature):
            return words
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "a WebP picture"
    return "a PDF document" if data.startswith(b"%PDF-") else None
