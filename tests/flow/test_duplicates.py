"""What is alike in a corpus: stored once, freed when it changes, held against what was released before."""

from __future__ import annotations

from pathlib import Path

import pytest

from pedcorpus.corpus import (
    Corpus,
    add_decisions,
    add_document,
    add_findings,
    add_instructions,
    add_passages,
    add_source,
    current_duplicates,
    status_of,
)
from pedcorpus.engine import Processes
from pedcorpus.errors import UsageError
from pedcorpus.flow.duplicates import answer_clusters, find_duplicates, question_clusters
from pedcorpus.flow.export import export
from pedcorpus.records import Decision, Finding, Instruction, Severity, Status, Verdict
from pedcorpus.settings import CurateSettings, DuplicateSettings, Workspace
from tests.by_hand import DOCUMENT, NOON, PASSAGE, READING, SOURCE, question

SETTINGS = CurateSettings()
ANSWER = "热性惊厥首次发作多见于6个月至3岁，患病率为3%～5%。"
ONE = question()
POLITE = question(question="医生您好，请问孩子多大时容易第一次出现热性惊厥？谢谢！")
OTHER_ANSWER = question(answer="发作超过5分钟者，可静脉缓慢注射地西泮0.3～0.5 mg/kg，单次最大量10 mg，注意呼吸抑制。")
OTHER_QUESTION = question(question="热性惊厥的患病率有多高，哪些孩子需要特别留意？")


def corpus_at(folder: Path, *instructions: Instruction) -> Corpus:
    folder.mkdir(exist_ok=True)
    corpus = Corpus(folder / "corpus.duckdb")
    corpus.prepare()
    with corpus.unit() as unit:
        add_source(unit, SOURCE)
        add_document(unit, DOCUMENT, reading=READING, folder="/books")
        add_passages(unit, [PASSAGE], reading=READING)
        add_instructions(unit, instructions)
        add_findings(unit, [Finding(instruction=each.id, check="quote@1", severity="pass") for each in instructions])
    return corpus


def decide(corpus: Corpus, instruction: Instruction, verdict: Verdict) -> None:
    reason = "unsafe" if verdict is Verdict.REJECT else ""
    decision = Decision(instruction=instruction.id, reviewer="r", verdict=verdict, reason=reason, at=NOON)
    with corpus.unit() as unit:
        add_decisions(unit, [decision])


def statuses(corpus: Corpus, *instructions: Instruction) -> list[Status | None]:
    with corpus.unit(read_only=True) as unit:
        return [status_of(unit, each.id) for each in instructions]


def rows_written(corpus: Corpus) -> list[int]:
    with corpus.unit(read_only=True) as unit:
        tables = ("duplicate", "alike", "comparison")
        return [unit.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in tables]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return corpus_at(tmp_path / "ward", ONE, POLITE, OTHER_ANSWER, OTHER_QUESTION)


def test_one_of_two_that_say_the_same_becomes_a_duplicate(corpus: Corpus) -> None:
    assert find_duplicates(corpus, SETTINGS) == 1
    assert sorted(map(str, statuses(corpus, ONE, POLITE))) == ["candidate", "duplicate"]
    assert statuses(corpus, OTHER_ANSWER, OTHER_QUESTION) == [Status.CANDIDATE] * 2


def test_a_second_run_writes_nothing(corpus: Corpus) -> None:
    find_duplicates(corpus, SETTINGS)
    before = rows_written(corpus)
    assert find_duplicates(corpus, SETTINGS) == 0
    assert rows_written(corpus) == before


def test_a_second_run_reads_nothing_either(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    find_duplicates(corpus, SETTINGS)
    monkeypatch.delattr("pedcorpus.flow.duplicates.rivals")
    assert find_duplicates(corpus, SETTINGS) == 0


def test_what_changes_nothing_is_not_stored_again(corpus: Corpus) -> None:
    find_duplicates(corpus, SETTINGS)
    before = rows_written(corpus)
    passing = Finding(instruction=ONE.id, check="text@1", severity=Severity.PASS)
    with corpus.unit() as unit:
        add_findings(unit, [passing])
    assert find_duplicates(corpus, SETTINGS) == 0
    assert rows_written(corpus)[:2] == before[:2]


def test_what_a_reviewer_accepted_stays(corpus: Corpus) -> None:
    find_duplicates(corpus, SETTINGS)
    with corpus.unit(read_only=True) as unit:
        (loser,) = [row.instruction for row in current_duplicates(unit).values() if not row.kept]
    accepted, other = (ONE, POLITE) if loser == ONE.id else (POLITE, ONE)
    decide(corpus, accepted, Verdict.ACCEPT)
    find_duplicates(corpus, SETTINGS)
    assert statuses(corpus, accepted, other) == [Status.ACCEPTED, Status.DUPLICATE]


def test_a_duplicate_is_free_when_the_other_is_rejected(corpus: Corpus) -> None:
    find_duplicates(corpus, SETTINGS)
    kept, freed = (ONE, POLITE) if statuses(corpus, ONE) == [Status.CANDIDATE] else (POLITE, ONE)
    decide(corpus, kept, Verdict.REJECT)
    find_duplicates(corpus, SETTINGS)
    assert statuses(corpus, freed) == [Status.CANDIDATE]


def test_a_finding_decides_which_one_stays(corpus: Corpus) -> None:
    warning = Finding(instruction=ONE.id, check="text@1", severity=Severity.WARNING, reason="length")
    with corpus.unit() as unit:
        add_findings(unit, [warning])
    find_duplicates(corpus, SETTINGS)
    assert statuses(corpus, ONE, POLITE) == [Status.DUPLICATE, Status.CANDIDATE]


def test_a_threshold_that_changed_judges_anew(corpus: Corpus) -> None:
    longer = question(answer=f"{ANSWER}发作后意识恢复快。")
    with corpus.unit() as unit:
        add_instructions(unit, [longer])
    find_duplicates(corpus, CurateSettings(duplicates=DuplicateSettings(near=1.0)))
    strict = statuses(corpus, ONE, POLITE, longer)
    find_duplicates(corpus, CurateSettings(duplicates=DuplicateSettings(near=0.5)))
    assert strict.count(Status.DUPLICATE) == 1
    assert statuses(corpus, ONE, POLITE, longer).count(Status.DUPLICATE) == 2


def test_a_revision_of_an_accepted_instruction_waits_for_its_review(tmp_path: Path) -> None:
    revision = question(question=f"请问{ONE.question}", parent=ONE.id)
    corpus = corpus_at(tmp_path / "ward", ONE, revision)
    decide(corpus, ONE, Verdict.ACCEPT)
    find_duplicates(corpus, SETTINGS)
    assert statuses(corpus, ONE, revision) == [Status.ACCEPTED, Status.CANDIDATE]


def test_like_questions_and_like_answers_are_told_apart(corpus: Corpus) -> None:
    find_duplicates(corpus, SETTINGS)
    asked = {row.instruction for row in question_clusters(corpus)}
    answered = {row.instruction for row in answer_clusters(corpus)}
    assert OTHER_ANSWER.id in asked - answered
    assert OTHER_QUESTION.id in answered - asked
    assert len(asked) == len(answered) == 2


def test_a_cluster_of_which_one_is_left_is_none(corpus: Corpus) -> None:
    find_duplicates(corpus, SETTINGS)
    decide(corpus, OTHER_ANSWER, Verdict.REJECT)
    assert question_clusters(corpus) == []
    find_duplicates(corpus, SETTINGS)
    assert question_clusters(corpus) == []


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """An export of another corpus that holds one instruction."""
    place = Workspace(tmp_path / "elsewhere")
    decide(corpus_at(place.root, ONE), ONE, Verdict.ACCEPT)
    export(place, version="v1", tier="open")
    return place.exports / "v1"


def against(folder: Path) -> CurateSettings:
    return CurateSettings(duplicates=DuplicateSettings(released=(str(folder),)))


def test_what_was_released_before_stays_and_what_is_like_it_goes(tmp_path: Path, released: Path) -> None:
    corpus = corpus_at(tmp_path / "ward", POLITE, OTHER_ANSWER)
    assert find_duplicates(corpus, against(released)) == 1
    assert statuses(corpus, POLITE, OTHER_ANSWER) == [Status.DUPLICATE, Status.CANDIDATE]
    with corpus.unit(read_only=True) as unit:
        assert {row.cluster for row in current_duplicates(unit).values()} == {ONE.id}


def test_a_released_row_that_stands_here_too_is_the_one_that_stays(tmp_path: Path, released: Path) -> None:
    corpus = corpus_at(tmp_path / "ward", ONE, POLITE)
    find_duplicates(corpus, against(released))
    assert statuses(corpus, ONE, POLITE) == [Status.CANDIDATE, Status.DUPLICATE]


def test_a_released_export_that_is_not_there_is_told(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        find_duplicates(corpus, against(tmp_path / "nowhere"))


def test_an_empty_corpus_has_no_duplicates(tmp_path: Path, released: Path) -> None:
    corpus = corpus_at(tmp_path / "ward")
    assert find_duplicates(corpus, against(released)) == 0


def test_processes_and_one_process_find_the_same(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = corpus_at(tmp_path / "twin", OTHER_QUESTION, OTHER_ANSWER, POLITE, ONE)
    find_duplicates(corpus, SETTINGS)
    monkeypatch.setattr("pedcorpus.flow.duplicates._FEW", 0)
    monkeypatch.setattr("pedcorpus.flow.duplicates._TASK", 2)
    find_duplicates(twin, SETTINGS, engine=Processes(2))
    with corpus.unit(read_only=True) as one, twin.unit(read_only=True) as other:
        assert current_duplicates(one) == current_duplicates(other)
