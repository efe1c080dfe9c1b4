import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedcorpus.codes import BREAK, folded_codes, folded_text, run_hashes
from pedcorpus.normalise import fold

TEXTS = st.lists(st.text(st.characters(exclude_categories=()), max_size=40), max_size=6)


def as_texts(codes: np.ndarray) -> list[str]:
    return "".join(map(chr, codes.tolist())).split(chr(BREAK))[:-1]


@given(TEXTS)
@settings(deadline=None)
def test_codes_say_what_folding_says(texts: list[str]) -> None:
    assert as_texts(folded_codes(texts)) == [folded_text(text) for text in texts]


@pytest.mark.parametrize(
    "text", ["地西泮０.３～０.５ mg／kg……", "39.2℃，㎎", "𠮷野家😀", "", " \n", "\ud800"], ids=ascii
)
def test_codes_of_(text: str) -> None:
    assert as_texts(folded_codes([text])) == [fold(text)]


@pytest.mark.parametrize("length", [1, 2, 5, 12, 13, 50])
def test_equal_runs_and_only_they_have_equal_hashes(length: int) -> None:
    text = "".join(chr(0x4E00 + (7 * place * place) % 83) for place in range(400)) * 2
    hashes = run_hashes(folded_codes([text]), length).tolist()
    runs = [text[start : start + length] for start in range(len(text) - length + 1)]
    assert len(set(zip(runs, hashes, strict=False))) == len(set(runs)) == len(set(hashes[: len(runs)]))


def test_a_text_shorter_than_the_run_has_none() -> None:
    assert len(run_hashes(folded_codes(["短"]), 13)) == 0
