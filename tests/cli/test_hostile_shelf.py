"""`pedcorpus ingest` over a shelf with files that no one can read: each is told, the rest goes on, none is partial."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pymupdf
import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from tests.chapter import CHAPTER
from tests.parse.office_files import docx, epub_members, paragraph, xhtml, zipped
from tests.parse.office_files import run as word_run

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
BOOK = epub_members({"1.xhtml": xhtml("<h1>第一章</h1><p>正文。</p>")})


def pdf(*, password: str = "") -> bytes:
    with pymupdf.open() as document:
        for _ in range(3):
            document.new_page().insert_text((72, 72), "热性惊厥", fontname="china-s")
        locked = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "user_pw": password, "owner_pw": password}
        return bytes(document.tobytes(**locked if password else {}))


def two_encodings() -> bytes:
    lines = ["患儿发热三天。", "体温39度。"] * 5
    return (
        b"\n\n".join(line.encode("utf-8" if at % 2 else "gb18030") for at, line in enumerate(lines))
        + b"\n\n\xff\xfe\xff"
    )


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "encrypted PDF": ("a.pdf", lambda: pdf(password="secret"), "encrypted"),
    "truncated PDF": ("a.pdf", lambda: pdf()[:300], "truncated"),
    "zero bytes": ("a.pdf", bytes, "empty"),
    "blank text": ("a.txt", lambda: b"\xef\xbb\xbf \r\n\t\n", "empty"),
    "picture called PDF": ("a.pdf", lambda: PNG, "wrong_format"),
    "zip bomb DOCX": ("a.docx", lambda: zipped(WORD | {"word/document.xml": b" " * 9_000_000}), "archive_bomb"),
    "zip bomb EPUB": ("a.epub", lambda: zipped(BOOK | {"OEBPS/1.xhtml": b" " * 9_000_000}), "archive_bomb"),
    "path out of DOCX": ("a.docx", lambda: zipped(WORD | {"../../evil.xml": "x"}), "unsafe_archive"),
    "path out of EPUB": ("a.epub", lambda: zipped(BOOK | {"/etc/evil": "x"}), "unsafe_archive"),
    "entities in DOCX": (
        "a.docx",
        lambda: zipped(WORD | {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "unsafe_archive",
    ),
    "cut DOCX": ("a.docx", lambda: docx(paragraph(word_run("甲")))[:-40], "damaged_archive"),
    "lone surrogates": (
        "a.json",
        lambda: json.dumps([{"type": "text", "text": "体温\ud800度。", "page_idx": 0}]).encode(),
        "damaged_text",
    ),
    "NUL bytes": ("a.md", lambda: "# 章\n\n体温。\n".encode() + b"\x00" * 500, "binary"),
    "unknown": ("a.xyz", lambda: b"\x00\x01\x02\xff" * 40, "unknown_format"),
}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one sound chapter; the workspace is the current folder."""
    folder = tmp_path / "textbooks"
    folder.mkdir()
    (folder / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    (tmp_path / "ward").mkdir()
    monkeypatch.chdir(tmp_path / "ward")
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    return folder


def told(query: str) -> list[tuple[str, ...]]:
    with duckdb.connect("corpus.duckdb", read_only=True) as connection:
        return connection.execute(query).fetchall()


def failures() -> list[tuple[str, ...]]:
    return told("SELECT path, reason FROM standing_failure ORDER BY ALL")


PARTLY_READ: dict[str, tuple[str, bytes, str]] = {
    "two encodings and a damaged line": ("a.txt", two_encodings(), "damaged_text"),
    "half a character in a block": (
        "a.json",
        json.dumps([{"type": "text", "text": each, "page_idx": 0} for each in ("体温\ud800度。", "正文。")]).encode(),
        "damaged_text",
    ),
}


@pytest.mark.parametrize(("name", "data", "reason"), PARTLY_READ.values(), ids=list(PARTLY_READ))
def test_damaged_paragraphs_are_failures_and_the_others_are_read(
    shelf: Path, name: str, data: bytes, reason: str
) -> None:
    (shelf / name).write_bytes(data)
    assert run(["ingest", str(shelf), "--only-read"]) == ExitCode.SOME_FAILED
    assert failures() == [(name, reason)]
    assert told("SELECT path FROM document ORDER BY ALL") == [(name,), ("chapter.md",)]
    assert not any("\ufffd" in text for (text,) in told("SELECT text FROM passage"))


def assert_only_the_chapter_stands() -> None:
    assert told("SELECT path FROM document") == [("chapter.md",)]
    assert told("SELECT count(*) FROM passage JOIN document ON document.id = passage.document") == told(
        "SELECT count(*) FROM passage"
    )
    assert [path.suffix for path in Path("originals").rglob("*") if path.is_file()] == [".md"]


@pytest.mark.parametrize(("name", "make", "reason"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_is_one_failure_and_the_chapter_beside_it_is_read(
    shelf: Path, name: str, make: Callable[[], bytes], reason: str
) -> None:
    (shelf / name).write_bytes(make())
    assert run(["ingest", str(shelf), "--only-read"]) == ExitCode.SOME_FAILED
    assert failures() == [(name, reason)]
    assert_only_the_chapter_stands()


def test_a_whole_hostile_shelf_is_read_by_several_processes(shelf: Path) -> None:
    for number, (name, make, _) in enumerate(HOSTILE.values()):
        (shelf / f"{number:02}{name}").write_bytes(make())
    assert run(["ingest", str(shelf), "--only-read", "--jobs", "2"]) == ExitCode.SOME_FAILED
    assert [reason for _, reason in failures()] == [reason for _, _, reason in HOSTILE.values()]
    assert_only_the_chapter_stands()


def reading(monkeypatch: pytest.MonkeyPatch, name: str, instead: Callable[[Path], bytes]) -> None:
    """Read the file called `name` as `instead` does."""
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: instead(path) if path.name == name else read_bytes(path))


def test_a_file_that_may_not_be_read_is_a_failure(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (shelf / "locked.md").write_text(CHAPTER, encoding="utf-8")
    reading(monkeypatch, "locked.md", refuse)
    assert run(["ingest", str(shelf), "--only-read"]) == ExitCode.SOME_FAILED
    assert failures() == [("locked.md", "unreadable")]
    assert_only_the_chapter_stands()


def test_a_file_that_changes_while_it_is_read_is_a_failure_until_it_rests(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = shelf / "growing.md"
    growing.write_text("# 咳嗽\n\n咳嗽三天。\n", encoding="utf-8")

    def read_and_change(path: Path) -> bytes:
        with path.open("r+b") as stream:
            data = stream.read()
            stream.write("\n又咳两天。\n".encode())
        return data

    with monkeypatch.context() as patched:
        reading(patched, "growing.md", read_and_change)
        assert run(["ingest", str(shelf), "--only-read"]) == ExitCode.SOME_FAILED
    assert failures() == [("growing.md", "changed_while_read")]
    assert_only_the_chapter_stands()
    assert run(["ingest", str(shelf), "--only-read"]) == ExitCode.DONE


@pytest.mark.parametrize("declared", [False, True], ids=["undeclared", "declared"])
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(lambda path: path.symlink_to("gone.md"), "unreadable", id="a link to nothing"),
        pytest.param(lambda path: path.symlink_to(path.name), "unreadable", id="a link to itself"),
        pytest.param(os.mkfifo, "not_a_file", id="a pipe"),
    ],
)
def test_what_is_no_file_is_a_failure_and_holds_nothing_up(
    shelf: Path, make: Callable[[Path], object], reason: str, *, declared: bool
) -> None:
    make(shelf / "a.md")
    if declared:
        (shelf / "source.toml").write_text('title = "样例"\nkind = "textbook"\n', encoding="utf-8")
    assert run(["ingest", str(shelf), "--only-read"]) == ExitCode.SOME_FAILED
    assert failures() == [("a.md", reason)]
    assert_only_the_chapter_stands()
