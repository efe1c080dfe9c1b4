from __future__ import annotations

from pedcorpus.screens.source_blocks import source_blocks
from pedcorpus.screens.words import Words
from tests.screens.fake_desk import RESCUE, SEIZURE, context_of, from_graph, quote


def texts(*evidence):
    return [block.text for block in source_blocks([context_of(item) for item in evidence], Words("zh"))]


def test_a_passage_with_two_quotes_is_shown_once():
    shown = texts(quote("注意呼吸抑制"), quote("单次最大量10 mg"))
    assert shown[:3] == ["儿科学样章 · 第2版 · p. 12", "第七章 神经系统疾病 › 第二节 热性惊厥", "chapter7.pdf"]
    (passage,) = [text for text in shown if "静脉缓慢" in text]
    assert passage.replace("[1]", "").replace("[2]", "") == RESCUE
    assert "[2]单次最大量10 mg，[1]注意呼吸抑制" in passage


def test_two_passages_under_one_address_share_its_header():
    shown = texts(quote("注意呼吸抑制"), quote("24小时内仅发作1次", passage=SEIZURE))
    assert shown.count("儿科学样章 · 第2版 · p. 12") == 1


def test_a_triple_is_addressed_by_its_line():
    shown = texts(*from_graph().evidence)
    assert shown[:2] == ["儿童疾病图谱样例 · 第 7 行", "triples.csv"]


def test_overlapping_quotes_are_both_numbered():
    shown = texts(quote("单次最大量10 mg，注意呼吸抑制"), quote("注意呼吸抑制"))
    assert "[1]单次最大量10 mg，[2]注意呼吸抑制" in shown[-1]


def test_a_quote_that_is_not_there_is_quoted_with_what_to_do():
    shown = texts(quote("发作超过50分钟者"))
    assert any("引文 1 在这段原文中找不到" in text for text in shown)
    assert "发作超过50分钟者" in shown
