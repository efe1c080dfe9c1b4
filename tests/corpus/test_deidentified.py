import pytest

from pedcorpus.corpus import (
    Corpus,
    Deidentified,
    add_deidentified,
    add_dialogues,
    count_everything,
    dialogues_of,
    originals_to_deidentify,
)
from pedcorpus.records import Address, Dialogue, IdentifierKind, Turn
from tests.by_hand import DOCUMENT, READING


def dialogue(row: int, said: str = "我是张三，发热几天要查血？") -> Dialogue:
    turns = (Turn(role="patient", content=said), Turn(role="doctor", content="三天。"))
    return Dialogue(document=DOCUMENT.id, turns=turns, title="发热", address=Address(row=row))


@pytest.fixture
def ward(shelf: Corpus) -> Corpus:
    """The shelf with two dialogues as they were read."""
    with shelf.unit() as unit:
        add_dialogues(unit, [dialogue(10), dialogue(2)], reading=READING)
    return shelf


def store(corpus: Corpus, recipe: str, said: str) -> None:
    with corpus.unit() as unit:
        rows = [
            Deidentified(original, dialogue(original.dialogue.address.row or 0, said), {IdentifierKind.PERSON: 1})
            for original in originals_to_deidentify(unit, recipe, limit=10)
        ]
        add_deidentified(unit, rows, recipe=recipe)


def test_they_come_back_in_row_order_as_the_last_recipe_left_them(ward: Corpus) -> None:
    store(ward, "first", "我是甲某")
    store(ward, "second", "我是某人")
    with ward.unit() as unit:
        assert dialogues_of(unit, DOCUMENT.id, READING) == [dialogue(2, "我是某人"), dialogue(10, "我是某人")]


def test_a_recipe_that_is_taken_up_again_takes_effect_again(ward: Corpus) -> None:
    for recipe in ("first", "second", "first"):
        store(ward, recipe, f"我是{recipe}")
    with ward.unit() as unit:
        assert [row.turns[0].content for row in dialogues_of(unit, DOCUMENT.id, READING)] == ["我是first"] * 2
        assert originals_to_deidentify(unit, "first", limit=10) == []


def test_evidence_stands_under_the_deidentified_id_alone(ward: Corpus) -> None:
    store(ward, "first", "我是甲某")
    with ward.unit() as unit:
        ids = {name for (name,) in unit.execute("SELECT id FROM current_dialogue").fetchall()}
        assert ids == {dialogue(2, "我是甲某").id, dialogue(10, "我是甲某").id}
        assert count_everything(unit)["dialogues"] == 2
