"""Recommendations are read in the forms that guidelines print them in, grade and polarity with the right words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.parse import Original, parse_original
from pedcorpus.parse.recommendations import read_recommendation
from pedcorpus.records import Passage, PassageKind

Make = Callable[..., Original]

# id, what the guideline prints after 推荐意见1：首选口服补液, and the grade, strength and agreement in it
GRADINGS = [
    ("oxford", "（证据等级3b，推荐强度B）", "3b", "B", ""),
    ("roman", "（证据水平Ⅲ，推荐等级B）", "Ⅲ", "B", ""),
    ("roman in letters", "（证据级别IIa，推荐级别B）", "IIa", "B", ""),
    ("grade code", "(1B)", "1B", "", ""),
    ("code with a space", "（1 B）", "1 B", "", ""),
    ("code with its unit", "（2C级）", "2C", "", ""),
    ("code with its name", "（Grade 1B）", "1B", "", ""),
    ("square brackets", "[1A]", "1A", "", ""),
    ("unlike brackets", "（1B)", "1B", "", ""),
    ("letter first", "（A1）", "A1", "", ""),
    ("letter and roman", "（AⅡ）", "AⅡ", "", ""),
    ("class and level", "（Ⅱa，B）", "Ⅱa，B", "", ""),
    ("level and letter", "（1b/A）", "1b/A", "", ""),
    ("letter and level", "（D，4）", "D，4", "", ""),
    ("letter alone at the end", "（A）", "A", "", ""),
    ("letter with its unit", "（B级）", "B级", "", ""),
    ("no brackets", "。证据等级：B;推荐级别：强推荐", "B", "强推荐", ""),
    ("no brackets, new line", "\n证据级别：2++；推荐级别：B", "2++", "B", ""),
    ("good practice", "（GPS）", "", "GPS", ""),
    ("good practice in words", "（良好实践主张）", "", "良好实践主张", ""),
    ("consensus", "（专家共识）", "", "专家共识", ""),
    ("strength first", "(强推荐，低质量证据)", "低质量", "强推荐", ""),
    ("symbols", "（强烈推荐，⊕⊕⊕○）", "⊕⊕⊕○", "强烈推荐", ""),
    ("words", "（证据质量：极低，推荐强度：弱）", "极低", "弱", ""),
    ("classes", "（Ⅰ类推荐，A级证据）", "A级", "Ⅰ类推荐", ""),
    ("units", "（推荐级别：B级；证据水平：2级）", "2级", "B级", ""),
    ("numbers", "（推荐强度：1，证据等级：A）", "A", "1", ""),
    ("american letters", "（证据级别：C-LD，推荐类别：Ⅱa）", "C-LD", "Ⅱa", ""),
    ("american abbreviations", "（COR Ⅱa，LOE B-NR）", "B-NR", "Ⅱa", ""),
    ("expert opinion", "（证据等级：专家意见，推荐强度：强）", "专家意见", "强", ""),
    ("code and strength", "（1C，强推荐）", "1C", "强推荐", ""),
    ("conditional", "（有条件推荐，低质量证据）", "低质量", "有条件推荐", ""),
    ("agreement", "（1B，共识度 96.5%）", "1B", "", "96.5%"),
    ("agreement apart", "（1B）（投票同意率：100%）", "1B", "", "100%"),
    ("percent first", "（强推荐，证据质量中，93.3%同意）", "中", "强推荐", "93.3%同意"),
    ("mixed width", "(证据等级：1a级，推荐等级: A级)", "1a级", "A级", ""),
    ("other brackets", "【证据级别：Ⅱb，推荐级别：B】", "Ⅱb", "B", ""),
    ("inner brackets", "（证据等级：B（低质量），推荐强度：强）", "B", "强", ""),
    ("broken words", "（证 据等级\nB，推荐\n强度 强）", "B", "强", ""),
    ("quality behind", "（弱推荐，低证据质量）", "低", "弱推荐", ""),
    ("full stop inside", "（证据等级2b，推荐强度B。）", "2b", "B", ""),
    ("english", " (Strong recommendation, low-quality evidence)", "low-quality evidence", "Strong recommendation", ""),
    (
        "english, certainty",
        " (weak recommendation; very low certainty of evidence)",
        "very low certainty of evidence",
        "weak recommendation",
        "",
    ),
    (
        "english, labels",
        " (Evidence Quality: A; Recommendation Strength: Strong Recommendation)",
        "A",
        "Strong Recommendation",
        "",
    ),
    ("english, class", " (Class IIa; Level of Evidence: B)", "B", "IIa", ""),
    ("english, practice", " (ungraded good practice statement)", "", "ungraded good practice statement", ""),
]


@pytest.mark.parametrize(
    ("printed", "grade", "strength", "agreement"), [row[1:] for row in GRADINGS], ids=[row[0] for row in GRADINGS]
)
def test_a_grading_is_read_verbatim(printed: str, grade: str, strength: str, agreement: str) -> None:
    found = read_recommendation(f"推荐意见1：首选口服补液{printed}。") or {}
    expected = {"grade": grade, "strength": strength, "agreement": agreement}
    told = {name: value for name, value in found.items() if name in expected}
    assert told == {name: value for name, value in expected.items() if value}
    assert (found["number"], found["statement"]) == ("1", "首选口服补液")
    assert all(value in printed for value in told.values())


OTHER = ["如对乙酰氨基酚", "表1", "A组", "2岁以下", "证据有限", "推荐剂量10 mg/kg", "见推荐意见3", "1.5 g"]


@pytest.mark.parametrize("inside", OTHER)
def test_other_brackets_grade_nothing(inside: str) -> None:
    found = read_recommendation(f"推荐意见1：首选口服补液（{inside}），必要时静脉补液。") or {}
    assert not {"grade", "strength", "agreement"} & found.keys()


@pytest.mark.parametrize(
    ("opening", "number"),
    [
        ("推荐意见1：", "1"),
        ("【推荐意见2】", "2"),
        ("推荐3：", "3"),
        ("推荐意见 4　", "4"),
        ("推荐意见一：", "一"),
        ("推荐意见5.2：", "5.2"),
        ("共识意见6：", "6"),
        ("推荐条款7 ", "7"),
        ("建议8：", "8"),
        ("陈述9：", "9"),
        ("Recommendation 10: ", "10"),
        ("Recommendation 2.1a. ", "2.1a"),
        ("Key Action Statement 3b: ", "3b"),
        ("Good practice statement 4: ", "4"),
        ("推荐意见12（1B）：", "12"),
    ],
)
def test_the_number_is_the_label_s(opening: str, number: str) -> None:
    found = read_recommendation(f"{opening}首选口服补液（1B）。") or {}
    assert (found["number"], found["statement"], found["grade"]) == (number, "首选口服补液", "1B")


@pytest.mark.parametrize(
    "text",
    [
        "推荐意见的形成基于证据。",
        "推荐3种方法。",
        "建议2 岁以下禁用。",
        "建议一日三次口服。",
        "推荐意见3",
        "共识度为95%。",
    ],
)
def test_a_sentence_about_recommendations_is_none(text: str) -> None:
    assert read_recommendation(text) is None


@pytest.mark.parametrize(
    ("statement", "strength", "polarity"),
    [
        ("首选口服补液", "", "for"),
        ("5岁以下儿童采用电子体温计", "", "for"),
        ("不能耐受口服者，推荐静脉给药", "", "for"),
        ("对于不推荐手术的患儿，建议药物治疗", "", "for"),
        ("疗程不应少于7天", "", "for"),
        ("避免延误诊断，应尽早行腰椎穿刺", "", "for"),
        ("无禁忌证者推荐接种疫苗", "", "for"),
        ("We suggest giving fluids", "", "for"),
        ("不推荐常规使用抗生素", "", "against"),
        ("5岁以下儿童不建议使用", "", "against"),
        ("不常规做血培养", "", "against"),
        ("2岁以下不应使用", "", "against"),
        ("应避免使用镇咳药", "", "against"),
        ("禁用阿司匹林", "", "against"),
        ("无需常规复查", "", "against"),
        ("不宜使用酒精擦浴", "", "against"),
        ("退热不推荐使用阿司匹林，川崎病等有明确指征者除外", "", "against"),
        ("糖皮质激素常规用于治疗", "弱不推荐", "against"),
        ("Routine use", "Conditional recommendation against", "against"),
        ("We recommend against routine use", "", "against"),
        ("Clinicians should not prescribe it", "", "against"),
        ("ORS should be avoided", "", "against"),
        ("可考虑使用丙种球蛋白", "", "conditional"),
        ("雾化吸入高渗盐水", "有条件推荐", "conditional"),
        ("Steroids may be considered", "", "conditional"),
        ("推荐口服补液，不推荐常规静脉补液", "", "mixed"),
    ],
)
def test_polarity_is_read_from_the_words(statement: str, strength: str, polarity: str) -> None:
    graded = (
        f"（证据等级B，推荐强度{strength}）" if strength and strength[0] > "z" else f" ({strength})" if strength else ""
    )
    assert (read_recommendation(f"推荐意见1：{statement}{graded}。") or {})["polarity"] == polarity


def test_two_gradings_stay_with_their_statements() -> None:
    found = read_recommendation("推荐意见3：3个月以上推荐口服（1B），3个月以下不建议使用（2C，共识度95%）。")
    assert found == {
        "number": "3",
        "statement": "3个月以上推荐口服（1B），3个月以下不建议使用（2C，共识度95%）",
        "part_1": "3个月以上推荐口服",
        "grade_1": "1B",
        "polarity_1": "for",
        "part_2": "3个月以下不建议使用",
        "grade_2": "2C",
        "agreement_2": "95%",
        "polarity_2": "against",
        "polarity": "mixed",
    }


def told(make: Make, text: str, name: str = "a.md") -> list[tuple[str, dict[str, str]]]:
    parsed = parse_original(make(name, text, kind="guideline"))
    assert all(one.text == one.text.strip() for one in parsed.passages)
    return [(one.text, one.attributes) for one in parsed.passages if one.kind is PassageKind.RECOMMENDATION]


def graded(make: Make, text: str) -> list[tuple[str | None, str, str | None]]:
    return [(found.get("number"), found["statement"], found.get("grade")) for _, found in told(make, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推荐意见1：甲首选（1B）。推荐意见2：乙首选（2C）。", [("1", "甲首选", "1B"), ("2", "乙首选", "2C")]),
        ("推荐意见1：甲首选（1B）。理由：推荐乙的试验更少。", [("1", "甲首选", "1B")]),
        ("推荐意见1：甲首选。\n\n（证据等级：B；推荐强度：强）", [("1", "甲首选", "B")]),
        ("推荐意见1：甲首选。\n\n证据等级：B\n\n推荐强度：强", [("1", "甲首选", "B")]),
        ("推荐意见1：甲首选（证据等级\n\nB，推荐强度强）。", [("1", "甲首选", "B")]),
        ("推荐意见1\n\n3个月以上首选甲（1B）。", [("1", "3个月以上首选甲", "1B")]),
        ("### 推荐意见7\n\n首选甲（1B）。\n\n甲在多项试验中有效。", [("7", "首选甲", "1B")]),
        ("### 推荐意见7（1B）\n\n首选甲。", [("7", "首选甲", "1B")]),
        ("### 推荐意见\n\n1. 首选甲（1B）。\n\n2. 不用乙。", [(None, "首选甲", "1B"), (None, "不用乙", None)]),
        ("1. 中度脱水首选口服补液（1B）。\n\n2. 重度脱水应静脉补液（1A）。",
         [(None, "中度脱水首选口服补液", "1B"), (None, "重度脱水应静脉补液", "1A")]),
        ("2. 不建议常规用乙（1B）。水样便多为病毒。", [(None, "不建议常规用乙", "1B")]),
        ("腹泻很常见。脱水应先评估（1B）。试验见文献。", [(None, "脱水应先评估", "1B")]),
        ("推荐使用甲。剂量为5 mg/kg（1B）。", [(None, "推荐使用甲。剂量为5 mg/kg", "1B")]),
        ("腹泻患儿应补锌。（证据等级：A；推荐强度：强）另见下文。", [(None, "腹泻患儿应补锌", "A")]),
        ("一项试验（证据等级1b）纳入60例。", []),
        ("推荐意见的形成见附录。", []),
    ],
)  # fmt: skip
def test_each_recommendation_is_its_own_passage(
    original: Make, text: str, expected: list[tuple[str | None, str, str | None]]
) -> None:
    assert graded(original, text) == expected


def test_what_is_not_advised_stays_beside_its_recommendation(original: Make) -> None:
    text = "腹泻很常见。脱水应先评估（1B）。试验见文献。"
    passages: list[Passage] = list(parse_original(original("a.md", text, kind="guideline")).passages)
    assert [one.text for one in passages] == ["腹泻很常见。", "脱水应先评估（1B）。", "试验见文献。"]
    assert [text[one.address.start : one.address.end] for one in passages] == [one.text for one in passages]


def test_the_number_of_a_list_is_no_part_of_a_recommendation(original: Make) -> None:
    ((text, found),) = told(original, "1. 腹泻患儿应补锌（1A）。")
    assert (text, found["marker"]) == ("腹泻患儿应补锌（1A）。", "1.")


SUMMARY = """\
| 序号 | 推荐意见 | 证据等级 | 推荐强度 |
|---|---|---|---|
| 1 | 建议补锌 | A | 强 |
| 2 | 不建议常规使用抗生素 | B | |
| 3 | 见正文 | | |
"""


def test_a_summary_table_gives_a_recommendation_a_row_and_stays_whole(original: Make) -> None:
    parsed = parse_original(original("a.md", SUMMARY, kind="guideline"))
    assert [one.kind for one in parsed.passages] == ["table", "recommendation", "recommendation"]
    assert [one.attributes for one in parsed.passages[1:]] == [
        {"number": "1", "statement": "建议补锌", "grade": "A", "strength": "强", "polarity": "for"},
        {"number": "2", "statement": "不建议常规使用抗生素", "grade": "B", "polarity": "against"},
    ]
    spans = [SUMMARY[one.address.start : one.address.end] for one in parsed.passages[1:]]
    assert spans == [one.text for one in parsed.passages[1:]] == ["建议补锌", "不建议常规使用抗生素"]


def test_a_table_whose_rows_grade_themselves_is_read_too(original: Make) -> None:
    table = (
        "| Recommendation | Content |\n|---|---|\n| 15 | We suggest against B (Weak recommendation, low evidence). |\n"
    )
    ((_, found),) = told(original, table)
    assert (found["number"], found["strength"], found["polarity"]) == ("15", "Weak recommendation", "against")


def test_a_table_of_doses_gives_no_recommendation(original: Make) -> None:
    assert told(original, "| 药物 | 建议 |\n|---|---|\n| 布洛芬 | 应口服5 mg/kg |\n") == []
