"""Facts that stand beside their rivals in the source: the right one passes, the neighbour's is named."""

import pytest

from pedcorpus.curate.support import Cited, Said, gaps
from pedcorpus.facts import read

QUOTES = {
    "lead": "血铅水平200～249μg/L为轻度中毒，250～449μg/L为中度中毒，等于或高于450μg/L为重度中毒。",
    "adrenaline": "肾上腺素静脉给药0.1～0.3ml/kg，气管内给药0.5～1ml/kg。",
    "aspirin": "水痘患儿禁用阿司匹林，以免发生瑞氏综合征。",
    "ulcer": "年长儿多为原发性，十二指肠溃疡多于胃溃疡。",
    "rash": "皮疹呈向心性分布，夜间瘙痒为甚。",
    "rate": "心率低于60次/分时做胸外按压。",
    "age": "阿苯达唑用于2岁以上儿童，400mg顿服。",
    "day": "甲巯咪唑0.5～1.0mg/(kg·d)，最大量30mg/d。",
    "cough": "Cough may last up to 3 weeks.",
}


def reasons(source: str, answer: str) -> list[str]:
    return [gap.reason for gap in gaps(Said(read(answer), 0, len(answer)), Cited([(QUOTES[source], ())]))]


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        pytest.param("lead", "血铅250～449 μg/L属于中度中毒。", id="a comma before a number parts clauses"),
        pytest.param("adrenaline", "肾上腺素静脉给0.1到0.3毫升/公斤。", id="the dose of its own route"),
        pytest.param("ulcer", "十二指肠溃疡比胃溃疡多见。", id="two sides that share a word"),
        pytest.param("rate", "心率不到每分钟60次，就要做胸外按压。", id="a bounded frequency denies nothing"),
        pytest.param("age", "满两岁的孩子可以用阿苯达唑0.4克顿服。", id="an age that is reached"),
        pytest.param("day", "甲巯咪唑一天最多30毫克。", id="how much a day, not how long"),
        pytest.param("cough", "The cough can last as long as three weeks.", id="as long as"),
        pytest.param("rash", "晚上发痒更明显，皮疹呈向心性分布。", id="everyday words"),
    ],
)
def test_what_the_source_says_of_it_is_supported(source, answer):
    assert reasons(source, answer) == []


@pytest.mark.parametrize(
    ("source", "answer", "reason"),
    [
        pytest.param("lead", "血铅250～449μg/L为轻度中毒。", "fact_of_another", id="the neighbour's severity"),
        pytest.param("adrenaline", "肾上腺素静脉给药0.5～1ml/kg。", "fact_of_another", id="the other route's dose"),
        pytest.param("aspirin", "水痘发热可用阿司匹林。", "negation_turned", id="a drug named only to be denied"),
        pytest.param("ulcer", "胃溃疡多于十二指肠溃疡。", "comparison_turned", id="the sides turned"),
        pytest.param("rash", "皮疹呈离心性分布。", "comparison_turned", id="an opposite word"),
    ],
)
def test_what_the_source_says_of_another_is_named(source, answer, reason):
    assert reason in reasons(source, answer)
