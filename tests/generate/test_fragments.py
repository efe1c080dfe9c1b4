from itertools import pairwise

import pytest

from pedcorpus.generate.fragments import fragments
from pedcorpus.records import Address, Passage, PassageKind
from pedcorpus.settings import GenerateSettings
from tests.generate.shelf import FRAGMENT, ID, book, graph, sample_shelf

SENTENCE = "热性惊厥发作超过5分钟者，应静脉缓慢注射地西泮，并注意呼吸抑制。"
HEADINGS = ("第七章 神经系统疾病", "第二节 热性惊厥", "治疗")


def told(count, of="发作"):
    """So many sentences, each another one."""
    return "".join(f"第{number}次{of}超过5分钟者，应静脉缓慢注射地西泮，并注意呼吸抑制。" for number in range(count))


def cut(material, **settings):
    return list(fragments(material, GenerateSettings(**settings)))


def test_the_passages_of_one_disease_are_one_fragment():
    assert [(one.topic, len(one.lines), one.is_disease) for one in cut(FRAGMENT)] == [("热性惊厥", 3, True)]


def test_a_long_section_is_split_between_its_parts():
    rows = [(told(4, aspect), *HEADINGS[:2], aspect) for aspect in ("病因", "临床表现", "治疗", "预后")]
    found = cut(book(*rows), fragment_tokens=240)
    assert len(found) == 2
    assert [len({line.aspect for line in one.lines}) for one in found] == [2, 2]


def test_a_paragraph_over_the_limit_is_split_between_sentences():
    text = told(30)
    found = cut(book((text, *HEADINGS)), fragment_tokens=200)
    assert all(one.tokens <= 220 for one in found)
    assert "".join(line.text for one in found for line in one.lines) == text


def test_a_text_without_any_full_stop_is_cut_to_fit():
    found = cut(book(("热性惊厥的表现" * 400, *HEADINGS)), fragment_tokens=600)
    assert all(one.tokens <= 640 for one in found)


@pytest.mark.parametrize(
    "text", ["……", "1234567890", "样例数据，仅供演示。", "——— * * * ———"], ids=["dots", "digits", "disclaimer", "rule"]
)
def test_what_says_nothing_gives_no_fragment(text):
    assert cut(book((text, *HEADINGS))) == []


def test_an_empty_document_gives_no_fragment():
    assert cut(book()) == []


def test_exercises_are_not_used():
    passage = Passage(
        document=ID,
        position=0,
        text=SENTENCE,
        address=Address(heading_path=HEADINGS),
        attributes={"apparatus": "exercise"},
    )
    material = book()
    assert cut(type(material)(material.source, material.document, (passage,))) == []


def test_a_recommendation_keeps_its_reasons_and_gives_no_plan_where_it_is_against():
    rows = [
        ("推荐意见1：不推荐对发热儿童使用酒精擦浴降温（1A）。", "指南", "治疗"),
        ("理由：酒精可经皮肤吸收引起中毒。", "指南", "治疗"),
    ]
    material = book(*rows, kind="guideline")
    first = material.passages[0].model_copy(update={"kind": PassageKind.RECOMMENDATION})
    (found,) = cut(type(material)(material.source, material.document, (first, *material.passages[1:])))
    assert [line.text[:4] for line in found.lines] == ["不推荐对", "酒精可经"]
    assert not any("treatment" in line.features for line in found.lines)


GRAPH = graph(
    [
        ("麻疹", "has_symptom", "发热"),
        ("麻疹", "has_symptom", "口腔黏膜斑"),
        ("麻疹", "has_complication", "肺炎"),
        ("肺炎", "treated_with", "吸氧"),
        ("肺炎", "has_symptom", "发热"),
        ("肺炎", "has_symptom", "气促"),
    ]
)


def test_a_neighbourhood_tells_a_disease_from_its_neighbours():
    found = next(one for one in cut(GRAPH) if one.topic == "麻疹" and one.kind == "neighbourhood")
    assert found.lines[-1].text == "肺炎常见的表现有：气促。"
    assert found.lines[-1].aspect == "differential"


def test_a_path_leads_from_a_disease_over_its_complication_and_is_no_plan():
    (path,) = (one for one in cut(GRAPH) if one.kind == "path")
    assert [line.head for line in path.lines][:2] == ["麻疹", "肺炎"]
    assert not any("treatment" in line.features for line in path.lines)


def with_table(*rows):
    material = book((SENTENCE, *HEADINGS))
    address = Address(heading_path=HEADINGS)
    table = Passage(document=ID, position=1, kind=PassageKind.TABLE, text="\n".join(rows), address=address)
    return type(material)(material.source, material.document, (*material.passages, table))


def test_the_rows_of_a_table_stand_in_its_section_under_its_head():
    (found,) = cut(with_table("药物 | 剂量", "地西泮 | 0.3～0.5 mg/kg", " | ", "苯巴比妥 | 15～20 mg/kg"))
    assert [line.text for line in found.lines[1:]] == [
        "药物 | 剂量",
        "地西泮 | 0.3～0.5 mg/kg",
        "苯巴比妥 | 15～20 mg/kg",
    ]
    assert [line.is_asked for line in found.lines] == [True, False, True, True]


@pytest.mark.parametrize(
    "rows",
    [["药物 | 剂量"], ["药物 | 剂量", *["地西泮 | 10 mg"] * 40], ["项目 | 表现", "发热 | " + "很长" * 200]],
    ids=["a head alone", "many rows", "long cells"],
)
def test_a_table_that_cannot_be_read_line_by_line_is_left_out(rows):
    assert len(cut(with_table(*rows))[0].lines) == 1


def test_a_line_never_ends_inside_a_number():
    text = "".join(f"第{number}次发作持续{number * 7}秒" for number in range(1000, 1400))
    lines = [line.text for one in cut(book((text, *HEADINGS))) for line in one.lines]
    assert "".join(lines) == text
    assert not any(line[-1].isdigit() and after[0].isdigit() for line, after in pairwise(lines))


def test_a_disease_that_was_looked_up_in_vain_has_no_empty_line():
    rows = [("甲病", "has_complication", "乙病"), ("乙病", "has_alias", "乙证"), ("甲病", "has_symptom", "发热")]
    assert all(line.triples for one in cut(graph(rows)) for line in one.lines)


def test_the_same_shelf_gives_the_same_fragments_none_twice():
    ids = [one.id for material in sample_shelf() for one in cut(material)]
    assert ids == [one.id for material in sample_shelf() for one in cut(material)]
    assert len(ids) == len(set(ids)) > 100
