"""Texts that turn in circles, and refrains that do not."""

from __future__ import annotations

import pytest

from pedcorpus.curate.quality import repeated_share, stuck_span


@pytest.mark.parametrize(
    ("text", "stuck"),
    [
        ("可以。" + "多喝水，" * 5, "多喝水，" * 5),
        ("好" * 20, "好" * 20),
        ("1. 退热\n" * 4, "1. 退热\n" * 4),
        ("Fever. " + "Give fluids. " * 4, "Give fluids. " * 4),
    ],
)
def test_the_same_words_four_times_are_stuck(text: str, stuck: str) -> None:
    start, end = stuck_span(text) or (0, 0)
    assert text[start:end].strip() == stuck.strip()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("哈哈哈哈，孩子好多了。", id="laughter"),
        pytest.param("(CAG)CAGCAGCAGCAGCAGCAG重复", id="a gene"),
        pytest.param("——————————————", id="a rule"),
        pytest.param("10000000000000000", id="zeros"),
        pytest.param("发热、咳嗽、流涕、咽痛、头痛、乏力、纳差、呕吐、腹泻", id="a list"),
        pytest.param("", id="empty"),
    ],
)
def test_a_refrain_is_not_stuck(text: str) -> None:
    assert stuck_span(text) is None


def test_a_text_that_is_stuck_at_its_end_is_found_however_long_it_is() -> None:
    sound = "".join(f"第{number}条写明一件事；" for number in range(3000))
    assert stuck_span(sound) is None
    assert stuck_span(sound + "请立即就医。" * 9) is not None


def test_the_share_counts_runs_that_stood_before() -> None:
    once = "".join(chr(0x4E00 + number) for number in range(100))
    assert repeated_share(once) == 0
    assert repeated_share(once * 2) == pytest.approx(0.5, abs=0.05)
    assert repeated_share("短" * 59) == 0
