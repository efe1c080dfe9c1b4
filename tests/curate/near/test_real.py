"""Real data sets: what is near is what counting finds, and what is said of another drug or amount stays apart."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pedcorpus.curate.near import Texts, bare, gram_sets, near_pairs, particulars_reader

ANSWERS = Path(__file__).parents[4] / "shared" / "data" / "instruct" / "huatuo_llama_data.head1500.jsonl"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not ANSWERS.is_file(), reason="the shared data set is not here"),
]


@pytest.fixture(scope="module")
def answers() -> list[str]:
    lines = ANSWERS.read_text(encoding="utf-8").splitlines()[:700]  # every pair of them is counted
    return [bare(json.loads(line)["output"]) for line in lines]


def near(answers: list[str], blocks: list[int]) -> set[tuple[int, int]]:
    found = near_pairs(Texts([gram_sets(answers, 3)], np.array(blocks, np.uint64)), 0.8)
    return set(zip(found.first.tolist(), found.second.tolist(), strict=True))


def test_near_answers_are_those_that_counting_finds(answers: list[str]) -> None:
    sets = [{text[place : place + 3] for place in range(len(text) - 2)} or {text} for text in answers]
    truth = {
        (one, other)
        for one in range(len(sets))
        for other in range(one + 1, len(sets))
        if 0.8 * len(sets[one]) <= len(sets[other]) <= 1.25 * len(sets[one])
        and len(sets[one] & sets[other]) >= 0.8 * len(sets[one] | sets[other])
    }
    assert truth
    assert near(answers, [0] * len(answers)) == truth


def test_few_near_answers_are_apart_by_their_particulars(answers: list[str]) -> None:
    read = particulars_reader()
    everything = near(answers, [0] * len(answers))
    assert len(near(answers, [read(text) for text in answers])) >= 0.9 * len(everything)
