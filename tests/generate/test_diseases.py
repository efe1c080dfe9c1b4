import pytest

from pedcorpus.generate.diseases import read_entries
from pedcorpus.generate.outline import outline
from tests.generate.shelf import book


def diseases(*rows):
    return [entry.disease for entry in read_entries(outline(book(*rows).passages))]


@pytest.mark.parametrize(
    ("path", "disease"),
    [
        (("第七章 神经系统疾病", "第二节 热性惊厥", "临床表现"), "热性惊厥"),
        (("第八章 消化系统疾病", "第一节 腹泻病", "一、急性胃肠炎", "病因"), "急性胃肠炎"),
        (("麻疹附：奶麻", "病因病机"), "麻疹"),
        (("湿温病附：肠伤寒", "附：肠伤寒", "（二）极期", "1.气分湿热"), "肠伤寒"),
        (("热性惊厥", "单纯型", "临床表现"), "热性惊厥"),
    ],
)
def test_the_disease_is_the_last_heading_before_an_aspect(path, disease):
    assert diseases(("多数患儿发热。", *path)) == [disease]


def test_a_name_without_a_disease_ending_is_known_by_its_definition():
    assert diseases(("不乳是指婴儿不能吮乳的病证。", "不乳"), ("先天不足。", "不乳", "病因")) == ["不乳", "不乳"]


def test_a_name_without_a_disease_ending_is_known_by_its_aspects():
    assert diseases(("先天不足。", "夜啼", "病因"), ("啼哭不安。", "夜啼", "证候")) == ["夜啼", "夜啼"]


def test_a_chapter_on_growth_is_no_disease():
    assert diseases(("囟门在1岁半闭合。", "第二章 生长发育", "第一节 头围")) == []


def test_case_reports_are_left_out():
    assert diseases(("患儿张某。", "热性惊厥", "应用例案"), ("多见于幼儿。", "热性惊厥")) == ["热性惊厥"]


def test_headings_below_an_aspect_are_its_focus():
    entries = read_entries(outline(book(("面色苍黄。", "黄疸病", "辨证论治", "1.元气虚弱")).passages))
    assert (entries[0].aspect, entries[0].focus.text) == ("treatment", "元气虚弱")
