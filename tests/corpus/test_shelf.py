import pytest

from pedcorpus.corpus import (
    Corpus,
    add_dialogues,
    add_document,
    add_failures,
    add_source,
    add_triples,
    current_documents,
    dialogues_of,
    passages_of,
    standing_failures,
    triples_of,
)
from pedcorpus.records import Address, Dialogue, Failure, Triple, Turn
from tests.by_hand import DOCUMENT, PASSAGE, READING, SOURCE


def failure(fingerprint: str, reason: str = "truncated") -> Failure:
    return Failure(
        stage="ingest",
        where="seizures.md",
        source=DOCUMENT.source,
        path=DOCUMENT.path,
        reason=reason,
        detail="cut short",
        fingerprint=fingerprint,
    )


def test_passages_come_back_in_reading_order(shelf: Corpus) -> None:
    with shelf.unit(read_only=True) as unit:
        assert passages_of(unit, DOCUMENT.id, READING) == [PASSAGE]


def test_triples_come_back_in_row_order(shelf: Corpus) -> None:
    triples = [
        Triple(
            document=DOCUMENT.id,
            head="麻疹",
            relation="has_symptom",
            tail=f"症状{row}",
            quote="x",
            address=Address(row=row),
        )
        for row in (2, 10, 3)
    ]
    with shelf.unit() as unit:
        add_triples(unit, triples, reading=READING)
        assert [item.address.row for item in triples_of(unit, DOCUMENT.id, READING)] == [2, 3, 10]


def test_declaring_the_same_twice_changes_nothing(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        assert not add_source(unit, SOURCE)
        assert add_source(unit, SOURCE.model_copy(update={"edition": "2"}))


def test_the_latest_revision_of_a_path_is_current(shelf: Corpus) -> None:
    newer = DOCUMENT.model_copy(update={"id": "cd" * 32})
    with shelf.unit() as unit:
        add_document(unit, newer, reading=READING, folder="/books")
        assert [stored.document for stored in current_documents(unit)] == [newer]


@pytest.mark.parametrize("reason", ["truncated", "encrypted"])
def test_a_failure_stands_until_its_file_is_read(shelf: Corpus, reason: str) -> None:
    with shelf.unit() as unit:
        add_failures(unit, [failure("broken", reason)])
        assert [row.reason for row in standing_failures(unit)] == [reason]
        add_document(unit, DOCUMENT, reading=READING, folder="/books")
        assert standing_failures(unit) == []


def test_only_the_latest_way_of_failing_stands(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        add_failures(unit, [failure("one")])
        add_failures(unit, [failure("two", "encrypted")])
        assert [row.reason for row in standing_failures(unit)] == ["encrypted"]


def dialogue(row: int, **changes: object) -> Dialogue:
    turns = (Turn(role="user", content="发热几天要查血？"), Turn(role="assistant", content="三天。"))
    values = {"document": DOCUMENT.id, "purpose": "instruction", "turns": turns, "address": Address(row=row)}
    return Dialogue.model_validate(values | changes)


def test_dialogues_are_read_by_nobody_until_they_are_deidentified(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        assert add_dialogues(unit, [dialogue(2), dialogue(10)], reading=READING) == 2
        assert dialogues_of(unit, DOCUMENT.id, READING) == []


def test_a_dialogue_read_with_another_threshold_is_the_same_dialogue() -> None:
    assert dialogue(2).id == dialogue(2, domain="paediatric", domain_score=0.9).id != dialogue(3).id
