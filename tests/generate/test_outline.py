from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.generate.outline import outline
from tests.generate.shelf import FRAGMENT, book


def headings(*rows):
    return [tuple(h.text for h in block.headings) for block in outline(book(*rows).passages)]


def test_numbered_lines_become_headings():
    rows = (("（三）常见证治", "不乳"), ("1.元气虚弱：", "不乳"), ("证候：面色苍黄。", "不乳"))
    assert headings(*rows) == [("不乳", "常见证治", "元气虚弱", "证候")]


def test_a_title_before_the_text_labels_only_its_own_passage():
    rows = (("（一）禀赋不足：父母精血不足。", "不乳", "病因"), ("总之，二者相关。", "不乳", "病因"))
    assert headings(*rows) == [("不乳", "病因", "禀赋不足"), ("不乳", "病因")]


def test_items_of_a_list_are_no_headings():
    rows = (("1.注意保温", "不乳", "调护"), ("2.侧卧位", "不乳", "调护"))
    assert headings(*rows) == [("不乳", "调护"), ("不乳", "调护")]


def test_a_bracketed_title_opens_its_section():
    assert headings(("【治疗】补液。", "肠炎")) == [("肠炎", "治疗")]


def test_an_attached_section_starts_anew():
    blocks = list(outline(book(("附：奶麻", "麻疹", "文献摘录"), ("奶麻又名幼儿急疹。", "麻疹", "文献摘录")).passages))
    assert [block.attached for block in blocks] == ["奶麻"]


def test_the_rest_of_a_broken_sentence_is_skipped():
    broken = "病毒性支气管炎一般不使用抗菌药物，只有考虑细菌感染"
    blocks = list(outline(book((broken, "病", "治疗"), ("者可用阿莫西林。多饮水。", "病", "治疗")).passages))
    assert blocks[1].text == "多饮水。"


@given(st.permutations(FRAGMENT.passages))
def test_the_order_in_which_passages_come_does_not_matter(passages):
    assert list(outline(passages)) == list(outline(FRAGMENT.passages))
