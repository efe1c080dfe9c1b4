import pytest

from pedcorpus.curate.near import bare, without_asking


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("熱性驚厥怎麼治療？", "热性惊厥怎么治疗", id="traditional"),
        pytest.param("３．５ ｍｇ／ｋｇ", "3.5mg/kg", id="width"),
        pytest.param("CRP 升高", "crp升高", id="case and space"),
        pytest.param("发热、咳嗽；气促。", "发热，咳嗽：气促", id="punctuation"),
        pytest.param("10～20 ml", "10-20ml".replace("-", "~"), id="one form of a range"),
    ],
)
def test_texts_that_read_the_same_are_one_text(one: str, other: str) -> None:
    assert bare(one) == bare(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("0.5 mg", "05 mg", id="decimal point"),
        pytest.param("3～5天", "35天", id="range"),
        pytest.param("5%", "5", id="share"),
        pytest.param("10 mg/kg", "10 mg kg", id="per"),
        pytest.param("？？", "！", id="nothing but marks"),
        pytest.param("𠀀病", "𠀁病", id="rare characters of extension B"),
        pytest.param("😀", "😢", id="emoji"),
    ],
)
def test_what_means_another_thing_stays_apart(one: str, other: str) -> None:
    assert bare(one) != bare(other)


@pytest.mark.parametrize("blank", ["", " ", "\u3000\n\t", "\u200b"])
def test_a_blank_text_is_empty(blank: str) -> None:
    assert bare(blank) == ""


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("医生您好，我想请问一下热性惊厥怎么治疗？谢谢医生！", "热性惊厥怎么治疗"),
        ("请问热性惊厥怎么治疗", "热性惊厥怎么治疗"),
        ("热性惊厥怎么治疗", "热性惊厥怎么治疗"),
        ("请问", "请问"),
        ("谢谢", "谢谢"),
    ],
)
def test_courtesies_are_no_part_of_a_question(said: str, asked: str) -> None:
    assert without_asking(bare(said)) == asked
