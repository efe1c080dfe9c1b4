import pytest

from pedcorpus.generate.numbering import find_marker, strip_numbering


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("第二节 热性惊厥", "热性惊厥"),
        ("第七章　神经系统疾病", "神经系统疾病"),
        ("一、急性胃肠炎", "急性胃肠炎"),
        ("（三）常见证治", "常见证治"),
        ("1.元气虚弱：", "元气虚弱"),
        ("【临床表现】", "临床表现"),
        ("〔病因病机〕", "病因病机"),
        ("**附：奶麻**", "附：奶麻"),
        ("（―）辨证要领", "辨证要领"),  # a scan took 一 for a dash
        ("1型糖尿病", "1型糖尿病"),  # a number that belongs to the name
        ("Chapter 3 Croup", "Croup"),
    ],
)
def test_headings_lose_their_numbering_and_nothing_else(heading, bare):
    assert strip_numbering(heading) == bare


def test_numbering_styles_have_levels_from_the_outside_in():
    levels = [
        find_marker(text).level for text in ("第一章 甲", "第一节 乙", "一、丙", "（一）丁", "1.戊", "（1）己", "①庚")
    ]
    assert levels == sorted(set(levels))


@pytest.mark.parametrize("text", ["3.5 mg/kg口服", "多数患儿", "10～15 mg/kg", "2岁以下禁用"])
def test_numbers_of_the_text_are_no_numbering(text):
    assert find_marker(text) is None
