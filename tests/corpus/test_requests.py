"""Requests to a model: what came of them, and which of their failures stand."""

from __future__ import annotations

import pytest

from pedcorpus.corpus import (
    Corpus,
    StoredRequest,
    add_document,
    add_failures,
    add_requests,
    finished_requests,
    instructions_of_requests,
    standing_failures,
)
from pedcorpus.records import Document, Failure

KEY = "k" * 64


def asked(fault: str = "", *, drafts: int = 1) -> StoredRequest:
    return StoredRequest(KEY, "role_play@1", "model-a", "d", "r", "work", fault, drafts)


def failure(reason: str, fingerprint: str = f"request:{KEY}") -> Failure:
    return Failure(
        stage="generate",
        where="book.md",
        source="work",
        path="book.md",
        reason=reason,
        detail="x",
        fingerprint=fingerprint,
    )


def test_the_latest_outcome_of_a_request_counts(corpus: Corpus) -> None:
    with corpus.unit() as unit:
        add_requests(unit, [(asked("truncated", drafts=0), [])])
        add_requests(unit, [(asked(), ["i1"])])
        assert finished_requests(unit) == {(KEY, "role_play@1"): ""}
        assert instructions_of_requests(unit, ["i1", "i2"]) == {"i1": (KEY, "model-a")}


def test_a_failure_stands_until_its_request_is_made_anew(corpus: Corpus) -> None:
    with corpus.unit() as unit:
        add_requests(unit, [(asked("truncated"), [])])
        add_failures(unit, [failure("truncated"), failure("quote_not_found", f"request:{'m' * 64}")])
        assert {one.reason for one in standing_failures(unit)} == {"truncated", "quote_not_found"}
        add_requests(unit, [(asked(), ["i1"])])
        assert {one.reason for one in standing_failures(unit)} == {"quote_not_found"}


@pytest.mark.parametrize("fingerprint", [f"request:{KEY}", "0" * 64])
def test_a_failure_stands_until_its_document_is_read_anew(corpus: Corpus, fingerprint: str) -> None:
    with corpus.unit() as unit:
        add_failures(unit, [failure("truncated", fingerprint)])
        assert standing_failures(unit)
        document = Document(id="0" * 64, source="work", path="book.md", parser="markdown@1", bytes=1)
        add_document(unit, document, reading="markdown@1:textbook", folder="")
        assert standing_failures(unit) == []


def test_what_a_request_lacked_does_not_hide_what_its_file_lacked(corpus: Corpus) -> None:
    with corpus.unit() as unit:
        add_failures(unit, [failure("encrypted", "1" * 64)])
        add_failures(unit, [failure("truncated")])
        assert {one.reason for one in standing_failures(unit)} == {"encrypted", "truncated"}
