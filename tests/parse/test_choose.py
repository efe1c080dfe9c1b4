"""Which parser reads a file, and that nothing but InputError comes out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, choose_parser, known_suffixes, parse_original
from pedcorpus.records import Source, SourceKind

Make = Callable[..., Original]
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "kind", "parser"),
    [
        ("a.pdf", b"%PDF-1.7\n", "textbook", "pdf"),
        ("a.txt", b"%PDF-1.7\n", "textbook", "pdf"),  # content before name
        ("a.md", "正文".encode(), "guideline", "markdown"),
        ("a.txt", "正文".encode(), "textbook", "plain_text"),
        ("a.md", "<篇名>某书".encode("gb18030"), "textbook", "plain_text"),
        ("a.html", b"<p>x", "textbook", "html"),
        ("a.txt", b"<?xml version='1.0'?><html><body>x", "textbook", "html"),
        ("a.md", b"<html><body><table></table>\n\n# x\n", "textbook", "markdown"),  # MinerU begins with a table
        ("a.docx", b"PK\x03\x04 cut short", "textbook", "docx"),
        ("a.epub", b"PK\x03\x04 cut short", "guideline", "epub"),
        ("a.json", b'[{"type": "text", "text": "x", "page_idx": 0}]', "textbook", "mineru_json"),
        ("noending", "# 题\n\n正文".encode(), "textbook", "markdown"),
        ("a.csv", b"head,relation,tail\n", "graph", "table_graph"),
        ("a.txt", "头实体,关系,尾实体\n".encode("gb18030"), "graph", "table_graph"),
        ("a.json", b'[{"name": 1}]', "graph", "entity_json"),
        ("a.json", b'[{"turns": []}]', "consultation", "dialogue_json"),
        ("a.csv", b"ask,answer\n1,2\n", "consultation", "dialogue_table"),
        ("a.parquet", b"PAR1xxxx", "dataset", "dialogue_arrow"),
        ("a.txt", b"[{'question': '1', 'answer': '2'}]", "dataset", "dialogue_json"),
    ],
)
def test_a_parser_is_chosen_by_content_then_by_name_and_kind(
    original: Make, name: str, data: bytes, kind: str, parser: str
) -> None:
    assert choose_parser(original(name, data, kind)).name == parser


@pytest.mark.parametrize(
    ("name", "data", "kind", "message"),
    [
        ("a.pdf", b"\xff\xd8\xff\xe0" + b"\x00" * 9, "textbook", "found a JPEG picture, expected a PDF"),
        ("a.md", b"PK\x03\x04", "textbook", "found a ZIP archive"),
        ("a.pdf", b"<!DOCTYPE html><html>", "textbook", "found an HTML page"),
        (
            "a.xyz",
            b"abc",
            "textbook",
            r"found the ending '\.xyz', which no parser reads, expected one of \.doc.* \.markdown",
        ),
        ("a.csv", b"a,b", "textbook", r"read in works of kind .*graph \(declare the work's kind"),
        ("a.pdf", b"%PDF-1.7", "graph", "found a PDF, expected one of"),
        ("a.txt", b"", "textbook", "found 0 bytes"),
        ("a.csv", b"<!doctype html><html>", "graph", "found an HTML page"),
        ("a.docx", OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "textbook", "behind a password"),
        ("a.docx", OLD_OFFICE + b"Word.Document.8", "textbook", "found an old office file"),
    ],
)
def test_a_file_that_is_not_read_says_what_was_found_and_expected(
    original: Make, name: str, data: bytes, kind: str, message: str
) -> None:
    with pytest.raises(InputError, match=message) as refused:
        choose_parser(original(name, data, kind))
    assert "\n" not in str(refused.value)


def test_suffixes_are_those_of_all_parsers_or_of_a_kind() -> None:
    assert {".pdf", ".md", ".txt", ".csv", ".tsv", ".json", ".jsonl"} <= set(known_suffixes())
    assert ".pdf" not in known_suffixes(SourceKind.GRAPH)


NAMES = st.sampled_from(["a.pdf", "a.md", "a.txt", "a.csv", "a.json", "a.jsonl", "a"])
STARTS = st.sampled_from(
    [b"", b"%PDF-1.4\n", b"# ", b"---\n", b"head,relation,tail\n", b'[{"name":', b"\xff\xfe", b'{"turns":[']
)
BODIES = st.binary(max_size=300) | st.text(max_size=120).map(lambda text: text.encode("utf-8", "replace"))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(NAMES, STARTS, BODIES, st.sampled_from(SourceKind))
def test_arbitrary_bytes_raise_nothing_but_an_input_error(
    name: str, start: bytes, body: bytes, kind: SourceKind
) -> None:
    made = Original(Source(id="work", kind=kind, title="书"), name, start + body)
    try:
        parsed = parse_original(made)
    except InputError:
        return
    assert parsed.document.id == made.sha256
    assert all("\ufffd" not in passage.text for passage in parsed.passages)
    assert [passage.position for passage in parsed.passages] == list(range(len(parsed.passages)))


def test_what_a_library_raises_becomes_an_input_error(original: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr("pedcorpus.parse.markdown.markdown_blocks", fail)
    with pytest.raises(InputError) as refused:
        parse_original(original("a.md", "# 题"))
    assert (refused.value.reason, type(refused.value.__cause__)) == ("unreadable", RuntimeError)
