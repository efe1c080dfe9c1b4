from __future__ import annotations

import pytest
from pydantic import ValidationError

from pedcorpus.records import Address, Box, Passage


def test_a_changed_copy_has_an_id_of_its_own() -> None:
    passage = Passage(document="d", position=0, text="甲", address=Address())
    first = passage.id
    changed = passage.model_copy(update={"text": "乙"})
    assert changed.id == Passage(document="d", position=0, text="乙", address=Address()).id != first
    assert passage.id == first


def test_a_record_made_without_a_look_is_the_same_as_one_that_was_checked() -> None:
    values = {"page": 3, "x0": 1.5, "y0": 2.0, "x1": 9.0, "y1": 4.0, "start": 0, "end": 7, "confidence": None}
    quick, checked = Box.unchecked(dict(values)), Box(**values)
    assert quick == checked
    assert quick.model_dump_json() == checked.model_dump_json()
    assert quick.model_copy(update={"end": 8}) == Box(**{**values, "end": 8})
    with pytest.raises(ValidationError, match="frozen"):
        quick.page = 4  # type: ignore[misc]
