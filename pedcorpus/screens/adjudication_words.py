"""Words of the adjudicator's screen, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ADJUDICATION_WORDS"]

ADJUDICATION_WORDS: Mapping[str, tuple[str, str]] = {
    "adjudicate.title": (
        "读者意见不一：按 {keys} 采纳其一，或自行判断（a r e）",
        "Readers disagree: {keys} adopts one of them, or decide yourself (a r e)",
    ),
    "adjudicate.reading": ("{number}  {verdict}", "{number}  {verdict}"),
    "adjudicate.named": ("{number}  {reader}：{verdict}", "{number}  {reader}: {verdict}"),
}
