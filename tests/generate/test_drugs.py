import pytest

from pedcorpus.generate.drugs import is_drug, trim_to_drug


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("惊厥发作用地西泮", "地西泮"),
        ("高热者给予对乙酰氨基酚", "对乙酰氨基酚"),
        ("也可选用布洛芬", "布洛芬"),
        ("给予口服补液盐", "口服补液盐"),
        ("地西泮剂量为", "地西泮"),
        ("2岁以上每次", ""),
        ("余下", ""),
    ],
)
def test_the_name_before_a_dose_is_found(clause, name):
    assert trim_to_drug(clause) == name


@pytest.mark.parametrize("word", ["体温", "患儿", "先给", "静脉补液"])
def test_other_words_are_no_drugs(word):
    assert not is_drug(word)
