"""Contradictions between works, from texts to findings and their report."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.corpus import Corpus, Unit, findings_by_check
from pedcorpus.flow.contradictions import find_contradictions
from pedcorpus.records import Finding
from pedcorpus.settings import Workspace
from tests.chapter import CHAPTER

AGE, OTHER = "6个月至3岁", "8岁至10岁"


@pytest.fixture
def two_books(workspace: Workspace, textbooks: Path, tmp_path: Path) -> Workspace:
    """A chapter and another edition of it, with another age."""
    other = tmp_path / "textbook-other"
    other.mkdir()
    (other / "chapter.md").write_text(CHAPTER.replace(AGE, OTHER), encoding="utf-8")
    flow.build(workspace, [textbooks, other])
    return workspace


def found(workspace: Workspace) -> dict[str, list[Finding]]:
    with Corpus(workspace.corpus_path).unit(read_only=True) as unit:
        return findings_by_check(unit, "contradiction")


def test_both_works_are_told_and_the_report_has_both_sides(
    two_books: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["contradictions", "--json", "-w", str(two_books.root)]) == 0
    report = json.loads(capsys.readouterr().out)
    sides = [{side["says"] for side in pair["sides"]} for one in report for pair in one["pairs"]]
    assert {AGE, OTHER} in sides
    assert all(len(one["sources"]) == 2 for one in report)
    named = {side["instruction"] for one in report for pair in one["pairs"] for side in pair["sides"]}
    assert named == set(found(two_books)) != set()


def test_a_second_run_writes_nothing(two_books: Workspace) -> None:
    before = found(two_books)
    assert before
    assert find_contradictions(Corpus(two_books.corpus_path)) == 0
    assert flow.curate(two_books).contradictions == 0
    assert found(two_books) == before


class FoundByAnother(Corpus):
    """Another run finds it all, just before this one writes."""

    def unit(self, *, read_only: bool = False) -> AbstractContextManager[Unit]:
        if not read_only:
            assert find_contradictions(Corpus(self.path)) > 0
        return super().unit(read_only=read_only)


def test_what_another_run_finds_meanwhile_is_stored_once(two_books: Workspace) -> None:
    with Corpus(two_books.corpus_path).unit() as unit:
        unit.execute("DELETE FROM finding WHERE \"check\" LIKE 'contradiction@%'")
    assert find_contradictions(FoundByAnother(two_books.corpus_path)) == 0


def test_without_the_other_side_the_findings_end(two_books: Workspace, tmp_path: Path) -> None:
    """The second work is read anew with the first one's age."""
    assert found(two_books)
    (tmp_path / "textbook-other" / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    flow.build(two_books, [tmp_path / "textbook-other"])
    assert found(two_books) == {}
    assert flow.contradictions(two_books) == []
