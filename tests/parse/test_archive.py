"""Archives: what is wrong with one is told in a line, before anything is unpacked."""

from __future__ import annotations

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse.archive import Archive, has_member
from pedcorpus.parse.limits import Limits
from tests.parse.office_files import zipped

GOOD = {"a.xml": "<a>甲</a>", "b/c.txt": "乙"}


def refused(data: bytes, name: str = "a.xml", **limits: int) -> InputError:
    with pytest.raises(InputError) as caught:
        Archive(data, where="x.zip", limits=Limits(**limits)).read_xml(name)
    assert "\n" not in str(caught.value)
    return caught.value


def encrypted(data: bytes) -> bytes:
    """The same archive with every member marked as encrypted."""
    marked = bytearray(data)
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + flags] |= 1
            at = marked.find(signature, at + 4)
    return bytes(marked)


def test_members_are_read() -> None:
    archive = Archive(zipped(GOOD), where="x.zip", limits=Limits())
    assert list(archive.names) == ["a.xml", "b/c.txt"]
    assert archive.read("b/c.txt").decode() == "乙"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"a.xml": b" " * 5_000_000}), "archive_bomb"),
        (zipped({"a.xml": "<a/>", "../b": "x"}), "unsafe_archive"),
        (zipped({"a.xml": "<a/>", "/etc/b": "x"}), "unsafe_archive"),
        (zipped({"a.xml": "<a/>", "c:\\b": "x"}), "unsafe_archive"),
        (encrypted(zipped(GOOD)), "encrypted"),
        (zipped(GOOD)[:-30], "damaged_archive"),
        (b"PK\x03\x04", "damaged_archive"),
        (zipped({"b": "x"}), "missing_part"),
        (zipped({"a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "unsafe_archive"),
        (
            zipped({"a.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a/>'.encode("utf-16")}),
            "unsafe_archive",
        ),
    ],
)
def test_an_archive_that_is_not_read_says_why(data: bytes, reason: str) -> None:
    assert refused(data).reason == reason


def test_a_member_whose_bytes_were_changed_is_damaged() -> None:
    data = bytearray(zipped(GOOD))
    data[data.index(b"a.xml") + 8] ^= 0xFF
    assert refused(bytes(data)).reason == "damaged_archive"


@pytest.mark.parametrize(
    ("limit", "value"), [("archive_members", 1), ("archive_bytes", 4), ("part_bytes", 4), ("archive_members", 0)]
)
def test_limits_can_be_set(limit: str, value: int) -> None:
    assert refused(zipped(GOOD), **{limit: value}).reason == "archive_bomb"


def test_looking_for_a_member_never_raises() -> None:
    assert has_member(zipped(GOOD), "a.xml")
    assert not has_member(zipped(GOOD)[:40], "a.xml")
    assert not has_member(b"", "a.xml")
