"""What reading costs, counted in the interpreter's own steps: a text four times as long takes four times as many."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from pedcorpus.facts import Reading
from pedcorpus.facts.quantities import find_quantities

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


def steps(text: str, work: Callable[[str], object] = read_whole) -> int:
    """How many instructions `work` on `text` takes in Python."""
    count = 0

    def counted(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return counted

    before = sys.gettrace()
    sys.settrace(counted)
    try:
        work(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_one_long_sentence_costs_as_much_as_its_length(sentence: str) -> None:
    read_whole(sentence)
    assert steps(sentence * 40) < 4.4 * steps(sentence * 10)


@pytest.mark.parametrize("run", ["1234567890", "二三"], ids=["figures", "numerals"])
def test_a_number_is_looked_for_at_the_beginning_of_a_run_of_figures_alone(run: str) -> None:
    find_quantities(run)
    assert steps(run * 400, find_quantities) < 1.5 * steps(run * 10, find_quantities)
