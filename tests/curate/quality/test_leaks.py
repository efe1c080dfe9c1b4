"""Words of a text's making, and the same words where they belong."""

from __future__ import annotations

import pytest

from pedcorpus.curate.quality import Leak, leaked_span


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("template", "好的。<|im_end|>", "<|im_"),
        ("template", "[INST]热性惊厥", "[INST]"),
        ("template", "### 回复：可以", "### 回复"),
        ("template", "好的。\nHuman: 还有吗", "Human:"),
        ("prompt_leak", "根据所提供的文本，多见于婴幼儿。", "根据所提供的文本"),
        ("prompt_leak", "原文中没有提到剂量。", "原文中没有提到"),
        ("prompt_leak", "According to the provided text, fever is common.", "According to the provided text"),
        ("prompt_leak", '```json\n{"question": "x"}', "```"),
        ("refusal", "抱歉，我无法回答这个问题。", "抱歉，我无法回答"),
        ("refusal", "作为一个AI语言模型，我没有孩子。", "作为一个AI语言模型，"),
        ("refusal", "I'm sorry, but I can't help with that.", "I'm sorry, but I"),
        ("page_junk", "多喝水。点击查看更多", "点击查看"),
        ("page_junk", "多喝水。<br/>多休息", "<br/>"),
        ("page_junk", "E/A比值&lt;1", "&lt;"),
        ("page_junk", "祝早日康复，望采纳。", "望采纳"),
    ],
)
def test_a_leak_is_pointed_at(kind: Leak, text: str, words: str) -> None:
    start, end = leaked_span(text, kind) or (0, 0)
    assert text[start:end] == words


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param("prompt_leak", "根据您提供的资料，孩子像是湿疹。", id="a doctor on papers that were sent"),
        pytest.param("refusal", "很抱歉听到孩子不舒服，我不能排除肺炎，请拍片。", id="a doctor who is not sure"),
        pytest.param("refusal", "人工智能可作为辅助诊断工具。", id="on machines"),
        pytest.param("page_junk", "多给孩子阅读更多绘本。", id="advice to read in Chinese"),
        pytest.param("page_junk", "Parents should read more to their children.", id="advice to read in English"),
        pytest.param("page_junk", "体重<10 kg且年龄>1岁者", id="less and greater"),
        pytest.param("template", "呼吸系统：system: respiratory", id="a system of organs"),
    ],
)
def test_the_same_words_in_place_are_no_leak(kind: Leak, text: str) -> None:
    assert leaked_span(text, kind) is None
