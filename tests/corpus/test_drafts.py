from pedcorpus.corpus import (
    Corpus,
    add_instructions,
    add_source,
    current_sources,
    load_instructions,
    origin_texts,
)
from pedcorpus.records import Tier
from tests.by_hand import PASSAGE, SOURCE, TEXT, question, treatment


def test_a_record_comes_back_as_it_went_in(shelf: Corpus) -> None:
    records = sorted([question(), treatment()], key=lambda record: record.id)
    with shelf.unit() as unit:
        add_instructions(unit, records)
        loaded = list(load_instructions(unit, [record.id for record in records], current_sources(unit)))
    assert loaded == records


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
