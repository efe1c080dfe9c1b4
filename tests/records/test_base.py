from __future__ import annotations

from pedcorpus.records import Address, Passage


def test_a_changed_copy_has_an_id_of_its_own() -> None:
    passage = Passage(document="d", position=0, text="甲", address=Address())
    first = passage.id
    changed = passage.model_copy(update={"text": "乙"})
    assert changed.id == Passage(document="d", position=0, text="乙", address=Address()).id != first
    assert passage.id == first
