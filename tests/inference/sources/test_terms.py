import pytest

from pedcorpus.inference.sources.terms import terms_of


def words(text):
    terms = terms_of([text])
    return [text[start : start + length] for start, length in zip(terms.starts, terms.lengths, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("热性惊厥", ["热性", "性惊", "惊厥"], id="pairs of characters"),
        pytest.param("发热，咳嗽", ["发热", "咳嗽"], id="marks part them"),
        pytest.param("diazepam", ["diaz", "iaze", "azep", "zepa", "epam"], id="four letters"),
        pytest.param("10 mg", ["10", "mg"], id="short words are whole"),
        pytest.param("用ORS补液", ["ORS", "补液"], id="both"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_the_terms_of_a_text(text, expected):
    assert words(text) == expected


def test_terms_know_their_text_and_the_same_term_has_the_same_code():
    terms = terms_of(["发热", "", "ｆｅｖｅｒ", "高发热", "FEVER"])
    assert list(terms.texts) == [0, 2, 2, 3, 3, 4, 4]
    assert terms.codes[0] == terms.codes[4]
    assert list(terms.codes[1:3]) == list(terms.codes[5:7])
    assert len(set(terms.codes)) == 4
