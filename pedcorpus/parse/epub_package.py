"""What an EPUB says of itself: which files it is read in, in which order, and what its table of contents calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree import ElementTree

from pedcorpus.errors import InputError
from pedcorpus.parse.archive import Archive

__all__ = ["Chapter", "chapters_of"]

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_KEYS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_TEXT_TYPES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_NCX = "application/x-dtbncx+xml"


@dataclass(frozen=True)
class Chapter:
    """One file of the spine."""

    name: str
    """Inside the archive."""
    title: str
    """What the table of contents calls its beginning; empty where it does not."""


def chapters_of(archive: Archive, *, where: str) -> list[Chapter]:
    """The text files of the spine in reading order, the table of contents left out.

    Raises:
        InputError: the package is missing, damaged, or its text is encrypted.
    """
    package = _package_name(archive, where)
    root = _xml(archive, package, where)
    items = {item.get("id", ""): item for item in _all(root, "item")}
    spine = [items[reference] for one in _all(root, "itemref") if (reference := one.get("idref", "")) in items]
    names = [_resolved(package, item.get("href", "")) for item in spine if _is_text(item)]
    _refuse_encrypted(archive, names, where)
    titles = _titles(archive, package, list(items.values()), where)
    present = [name for name in dict.fromkeys(names) if name in archive.names]
    if not present:
        detail = "found no text file in the reading order (spine) of the EPUB, expected chapters; save it anew"
        raise InputError(where, "missing_part", detail)
    return [Chapter(name, titles.get(name, "")) for name in present]


def _package_name(archive: Archive, where: str) -> str:
    if _CONTAINER in archive.names:
        for one in _all(_xml(archive, _CONTAINER, where), "rootfile"):
            if (path := one.get("full-path", "")) in archive.names:
                return path
    found = next((name for name in archive.names if name.lower().endswith(".opf")), None)
    if found is None:
        detail = "found no package file (.opf) inside, expected an EPUB; fetch it again, or save it anew"
        raise InputError(where, "missing_part", detail)
    return found


def _xml(archive: Archive, name: str, where: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(archive.read_xml(name))
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        detail = f"{name} inside is no sound XML ({error}), expected a whole EPUB; fetch it again, or save it anew"
        raise InputError(where, "damaged_archive", detail) from error


def _all(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Elements called `name` in whatever namespace."""
    return (one for one in root.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name)


def _is_text(item: ElementTree.Element) -> bool:
    if "nav" in item.get("properties", "").split():
        return False
    return item.get("media-type", "") in _TEXT_TYPES or item.get("href", "").lower().endswith(
        (".xhtml", ".html", ".htm")
    )


def _resolved(package: str, href: str) -> str:
    """A link of the package or table of contents as a member's name."""
    return normpath(join(dirname(package), unquote(href.partition("#")[0])))


def _refuse_encrypted(archive: Archive, names: list[str], where: str) -> None:
    """Fonts may be garbled; text may not."""
    if _ENCRYPTION not in archive.names:
        return
    for data in _all(_xml(archive, _ENCRYPTION, where), "EncryptedData"):
        methods = [one.get("Algorithm", "") for one in _all(data, "EncryptionMethod")]
        references = [unquote(one.get("URI", "")) for one in _all(data, "CipherReference")]
        if set(references) & set(names) and not any(method in _FONT_KEYS for method in methods):
            detail = (
                "the chapters are encrypted (DRM), expected an EPUB that opens anywhere; get one from the publisher"
            )
            raise InputError(where, "encrypted", detail)


def _titles(archive: Archive, package: str, items: list[ElementTree.Element], where: str) -> dict[str, str]:
    """Titles of files by the table of contents, that of EPUB 3 before that of EPUB 2; the first of a file counts."""
    titles: dict[str, str] = {}
    for item in sorted(items, key=lambda one: "nav" not in one.get("properties", "").split()):
        name = _resolved(package, item.get("href", ""))
        is_nav = "nav" in item.get("properties", "").split()
        if name not in archive.names or not (is_nav or item.get("media-type") == _NCX):
            continue
        try:
            root = _xml(archive, name, where)
        except InputError:
            continue  # a book without titles is read all the same
        for href, title in _nav_links(root) if is_nav else _ncx_links(root):
            if title:
                titles.setdefault(_resolved(name, href), title)
    return titles


def _nav_links(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for link in _all(root, "a"):
        yield link.get("href", ""), _text(link)


def _ncx_links(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for point in _all(root, "navPoint"):
        label = next((child for child in point if child.tag.rpartition("}")[2] == "navLabel"), None)
        content = next((child for child in point if child.tag.rpartition("}")[2] == "content"), None)
        if label is not None and content is not None:
            yield content.get("src", ""), _text(label)


def _text(element: ElementTree.Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()
