import random
from itertools import combinations

import numpy as np
import pytest

from pedcorpus.curate.near import Bands, Texts, gram_sets, near_pairs

BANDS = Bands()
CHARACTERS = [chr(0x4E00 + place) for place in range(400)]


def texts_of(words: list[str], blocks: list[int] | None = None) -> Texts:
    return Texts([gram_sets(words, 3)], np.array(blocks or [0] * len(words), np.uint64))


def pairs_of(words: list[str], *, threshold: float = 0.8, bands: Bands = BANDS) -> dict[tuple[int, int], float]:
    found = near_pairs(texts_of(words), threshold, bands=bands)
    return {(one, other): alike for one, other, alike in zip(found.first, found.second, found.similarity, strict=True)}


def true_similarity(one: str, other: str) -> float:
    first, second = ({text[i : i + 3] for i in range(len(text) - 2)} for text in (one, other))
    return len(first & second) / len(first | second)


def edited_texts(seed: int, count: int) -> list[str]:
    """Texts of which each second one is the one before with some characters changed."""
    chance = random.Random(seed)
    texts: list[str] = []
    while len(texts) < count:
        text = chance.choices(CHARACTERS, k=chance.randint(20, 120))
        texts.append("".join(text))
        for _ in range(chance.randint(0, len(text) // 12)):
            text[chance.randrange(len(text))] = chance.choice(CHARACTERS)
        texts.append("".join(text))
    return texts


@pytest.mark.parametrize("seed", range(3))
def test_pairs_are_those_that_counting_finds(seed: int) -> None:
    words = edited_texts(seed, 300)
    truth = {
        (one, other): alike
        for one, other in combinations(range(len(words)), 2)
        if (alike := true_similarity(words[one], words[other])) >= 0.8
    }
    found = pairs_of(words)
    assert found.keys() <= truth.keys()
    assert len(found) >= 0.98 * len(truth)
    assert all(found[pair] == pytest.approx(truth[pair]) for pair in found)


def test_order_changes_no_pair() -> None:
    words = edited_texts(9, 200)
    order = random.Random(1).sample(range(len(words)), len(words))
    shuffled = pairs_of([words[place] for place in order])
    assert {tuple(sorted((order[one], order[other]))) for one, other in shuffled} == set(pairs_of(words))


def test_things_of_two_blocks_are_never_near() -> None:
    found = near_pairs(texts_of(["热性惊厥怎么治疗"] * 3, [1, 2, 1]), 0.8)
    assert list(zip(found.first, found.second, strict=True)) == [(0, 2)]


def test_all_parts_must_be_near() -> None:
    questions = gram_sets(["热性惊厥怎么治疗"] * 2, 3, kind=1)
    answers = gram_sets(["静脉缓慢注射地西泮，注意呼吸抑制", "多数自行缓解，不需要药物止惊"], 3, kind=2)
    assert len(near_pairs(Texts([questions, answers], np.zeros(2, np.uint64)), 0.8)) == 0


@pytest.mark.parametrize("words", [[], ["热"], ["", ""], ["发热", "咳嗽", "腹泻", "惊厥"]])
def test_short_and_empty_texts_are_near_nothing_else(words: list[str]) -> None:
    assert pairs_of(words) == {}


def test_short_texts_that_are_the_same_are_near() -> None:
    assert pairs_of(["发热", "咳嗽", "发热"]) == {(0, 2): 1.0}


@pytest.mark.parametrize("cap", [2, 8])
def test_a_bucket_above_the_cap_gives_pairs_in_proportion_to_its_size(cap: int) -> None:
    words = ["热性惊厥发作时应当保持呼吸道通畅并且侧卧" + CHARACTERS[place] for place in range(200)]
    bands = Bands(cap=cap)
    found = pairs_of(words, bands=bands)
    assert 199 <= len(found) <= bands.bands * (cap + 1) * len(words)


def test_a_million_characters_are_compared_like_any_text() -> None:
    chance = random.Random(5)
    long = "".join(chance.choices(CHARACTERS, k=1_000_000))
    assert list(pairs_of([long, "热性惊厥", long + "谢谢"])) == [(0, 2)]
