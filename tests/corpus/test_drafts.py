import pytest

from pedcorpus.corpus import (
    Corpus,
    Unit,
    add_instructions,
    add_source,
    current_sources,
    load_instructions,
    mark_generated,
    origin_texts,
    read_back_instructions,
    was_generated,
)
from pedcorpus.corpus.rows import append
from pedcorpus.errors import InputError
from pedcorpus.records import Tier, canonical_json
from tests.by_hand import DOCUMENT, PASSAGE, READING, SOURCE, TEXT, question, treatment

READERS = pytest.mark.parametrize("read", [load_instructions, read_back_instructions])


@READERS
def test_a_record_comes_back_as_it_went_in(shelf: Corpus, read) -> None:
    records = sorted([question(), treatment()], key=lambda record: record.id)
    with shelf.unit() as unit:
        add_instructions(unit, records)
        loaded = list(read(unit, [record.id for record in records], current_sources(unit)))
    assert loaded == records
    assert [record.id for record in loaded] == [record.id for record in records]


@READERS
def test_a_record_of_an_older_shape_comes_back_with_what_it_lacks(shelf: Corpus, read) -> None:
    older = {name: value for name, value in question().body().items() if name != "parent"}
    with shelf.unit() as unit:
        _store(unit, older)
        assert list(read(unit, ["old"], current_sources(unit))) == [question()]


@READERS
def test_a_record_of_an_unknown_task_is_named(shelf: Corpus, read) -> None:
    with shelf.unit() as unit:
        _store(unit, question().body() | {"task": "triage"})
        with pytest.raises(InputError, match="old"):
            list(read(unit, ["old"], current_sources(unit)))


def _store(unit: Unit, body: dict[str, object]) -> None:
    names = ("task", "topic", "language", "generator", "parent")
    own = {name: body.get(name) for name in names} | {"source": SOURCE.id, "body": canonical_json(body)}
    append(unit, "instruction", [own | {"id": "old"}])


def test_adding_twice_adds_once(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        assert add_instructions(unit, [question(), question()]) == {"medkqa": 1}
        assert add_instructions(unit, [question()]) == {}


def test_declaring_a_work_anew_changes_rights_but_no_id(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, [question()])
        add_source(unit, SOURCE.model_copy(update={"license": "CC-BY-4.0", "tier": Tier.CONTROLLED}))
        (loaded,) = load_instructions(unit, [question().id], current_sources(unit))
    assert (loaded.id, loaded.license, loaded.tier) == (question().id, "CC-BY-4.0", Tier.CONTROLLED)


def test_texts_of_the_evidence_are_found(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, [question()])
        assert origin_texts(unit, [question().id]) == {PASSAGE.id: TEXT}


def test_two_who_draft_from_a_file_at_once_both_may_say_so(shelf: Corpus) -> None:
    revision = {"document": DOCUMENT.id, "reading": READING, "source": SOURCE.id, "recipe": "rules"}
    for drafts in (3, 0):
        with shelf.unit() as unit:
            mark_generated(unit, **revision, drafts=drafts)
    with shelf.unit() as unit:
        assert was_generated(unit, **revision)
