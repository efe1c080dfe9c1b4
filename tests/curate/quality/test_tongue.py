"""Texts in the language of their record, and others."""

from __future__ import annotations

import pytest

from pedcorpus.curate.quality import foreign_span


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("Give the child plenty of fluids and let it rest.", "zh", "all", id="English in Chinese"),
        pytest.param("给孩子多喝水，注意休息，物理降温。", "en", "all", id="Chinese in English"),
        pytest.param("孩子需要休息，дайте ребёнку воды。", "zh", "дайте ребёнку воды", id="Russian inside"),
        pytest.param("孩子需要休息，휴식이 필요합니다。", "zh", "휴식이 필요합니다", id="Korean inside"),
    ],
)
def test_another_language_is_pointed_at(text: str, language: str, expected: str) -> None:
    start, end = foreign_span(text, language) or (0, 0)
    assert text[start:end] == (text if expected == "all" else expected)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("𠀀𠮷𡃁𪚥𫝀𬺰𠀀𠮷𡃁𪚥", "zh", id="CJK extension B"),
        pytest.param("👍👍👍👍👍👍👍👍👍👍👍👍", "zh", id="emoji"),
        pytest.param("EEG、MRI、CT、CRP、PCT、ESR、ALT、AST", "zh", id="a list of tests"),
        pytest.param("干扰素α、β受体阻滞剂、γ球蛋白、ω-3", "zh", id="Greek"),
        pytest.param("宝宝の日常，好可爱のの", "zh", id="a kana or two"),
        pytest.param("Kawasaki disease (川崎病) is a vasculitis.", "en", id="a Chinese name"),
        pytest.param("", "zh", id="empty"),
        pytest.param("  \n", "en", id="whitespace"),
    ],
)
def test_a_word_of_another_language_is_none(text: str, language: str) -> None:
    assert foreign_span(text, language) is None
