"""Words and starts change how fast a text is read, never what is found."""

import re

import pytest

from pedcorpus.facts.lookup import matches_from, whole_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("服布洛芬混悬液", ["布洛芬混悬液"], id="the longest"),
        pytest.param("use ibuprofen now", ["ibuprofen"], id="a Latin word"),
        pytest.param("用ibuprofen退热", ["ibuprofen"], id="a Latin word among Chinese"),
        pytest.param("xibuprofen ibuprofens pre-ibuprofen", [], id="not inside a word"),
        pytest.param("接种hpv疫苗", ["hpv疫苗"], id="a Chinese word that begins with letters"),
        pytest.param("hpv vaccine", ["hpv vaccine"], id="a Latin word that begins with the same letters"),
    ],
)
def test_words_are_found_whole(text, expected):
    pattern = whole_words(["布洛芬", "布洛芬混悬液", "ibuprofen", "hpv疫苗", "hpv vaccine"])
    assert [match.group() for match in pattern.finditer(text)] == expected


def test_a_pattern_tried_at_its_starts_finds_what_it_finds_anywhere():
    pattern, starts = re.compile("ab+|c(?=d)"), re.compile("[ac]")
    text = "abbab cd ccd xaab"
    assert [m.span() for m in matches_from(starts, pattern, text)] == [m.span() for m in pattern.finditer(text)]
