"""What reading costs, counted in the interpreter's own steps: a text four times as long takes four times as many."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from pedcorpus.facts import Reading

SENTENCES = {
    "doses": "地西泮0.3 mg/kg静脉注射，苯巴比妥20 mg/kg肌注，不超过10 mg，",
    "diseases": "热性惊厥6岁以上每日3次，无支气管肺炎，轻度5天，口服布洛芬10 mg/kg，急性期不用，",
    "respective": "地西泮和苯巴比妥的剂量分别为0.3 mg/kg和20 mg/kg，",
    "one clause": "地西泮和布洛芬0.3 mg/kg不用3岁静注轻度",
    "a list": "地西泮、布洛芬、苯巴比妥、",
}


def read_whole(text: str) -> None:
    reading = Reading(text)
    assert reading.assertions is not None
    for item in (*reading.quantities, *reading.names, *reading.routes):
        reading.owners(item.start, "drug")
        reading.owners(item.start, "disease")
        reading.respective_owner(item.start)
        reading.contrasts_of(item.start)
    for quantity in reading.quantities:
        reading.lead_terms(quantity)
        reading.condition_of(quantity)
    for route in reading.routes:
        reading.given_by(route)


def steps(text: str) -> int:
    """How many instructions of the package's own code reading `text` takes."""
    count = 0

    def counted(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return counted

    before = sys.gettrace()
    sys.settrace(counted)
    try:
        read_whole(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_one_long_sentence_costs_as_much_as_its_length(sentence: str) -> None:
    read_whole(sentence)
    assert steps(sentence * 40) < 4.4 * steps(sentence * 10)
