"""Sentences in other words against one made-up source: true ones pass, one changed fact is named with its reason."""

import pytest

from pedcorpus.curate.support import Cited, Said, gaps
from pedcorpus.facts import read

QUOTE = (
    "地西泮0.3～0.5 mg/kg静脉注射，一次最大量10 mg；咪达唑仑0.2 mg/kg肌内注射。"
    "6个月以下婴儿每日补锌10 mg，6个月以上每日20 mg，分2次口服。不推荐使用糖皮质激素。"
)


def reasons(answer: str) -> list[str]:
    return [gap.reason for gap in gaps(Said(read(answer), 0, len(answer)), Cited([(QUOTE, ("热性惊厥",))]))]


@pytest.mark.parametrize(
    "answer",
    [
        "静注安定每次0.3-0.5毫克/公斤，最多10毫克。",
        "半岁以上的孩子每天补锌20 mg，bid口服。",
        "不建议用激素。",
        "咪达唑仑肌注200 μg/kg。",
    ],
)
def test_the_same_facts_in_other_words_are_supported(answer):
    assert reasons(answer) == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("地西泮3～5 mg/kg静脉注射。", "number_not_in_evidence"),
        ("地西泮0.3～0.5 g/kg静脉注射。", "unit_changed"),
        ("地西泮一次最少10 mg。", "comparison_turned"),
        ("推荐使用糖皮质激素。", "negation_turned"),
        ("劳拉西泮静脉注射，一次最大量10 mg。", "drug_not_in_evidence"),
        ("麻疹患儿静脉注射地西泮0.3～0.5 mg/kg。", "disease_not_in_evidence"),
        ("口服地西泮0.3～0.5 mg/kg。", "fact_of_another"),
        ("地西泮0.3～0.5 mg/kg皮下注射。", "route_changed"),
        ("每日补锌20 mg，分4次口服。", "frequency_changed"),
        ("咪达唑仑0.3～0.5 mg/kg。", "fact_of_another"),
        ("6个月以下婴儿每日补锌20 mg。", "fact_of_another"),
        ("6岁以上每日补锌20 mg。", "age_changed"),
        ("应当长期卧床休息。", "not_in_evidence"),
    ],
)
def test_a_changed_fact_is_named(answer, reason):
    assert reason in reasons(answer)
