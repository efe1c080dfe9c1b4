from __future__ import annotations

from io import BytesIO

import matplotlib.font_manager
import pytest
from PIL import Image

from pedcorpus.evaluation import VotesReport, votes_png, votes_report
from tests.evaluation.votes_by_hand import handed_in, judged


def made(*choices: str) -> VotesReport:
    votes = [vote for pair, said in enumerate(choices) for vote in judged("wang", str(pair), said)]
    return votes_report(votes, handed_in("wang"), run_a="A", run_b="B", pairs=3)


def test_votes_are_a_picture_the_same_for_the_same_numbers() -> None:
    picture = votes_png(made("aaa", "ab="), names=("base", "dfpo"))
    assert Image.open(BytesIO(picture)).format == "PNG"
    assert votes_png(made("aaa", "ab="), names=("base", "dfpo")) == picture
    assert votes_png(made("bbb", "ab="), names=("base", "dfpo")) != picture


def test_there_is_a_picture_before_anybody_votes() -> None:
    assert Image.open(BytesIO(votes_png(made(), names=("a$b$", "b")))).size[0] > 100


def test_without_a_chinese_font_the_words_are_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matplotlib.font_manager, "get_font_names", lambda: ["DejaVu Sans"])
    chinese = votes_png(made("aaa"), names=("base", "dfpo"), language="zh")
    assert chinese == votes_png(made("aaa"), names=("base", "dfpo"), language="en")
    assert votes_png(made("aaa"), names=("基座", "dfpo")) != chinese  # as a question mark, without a warning
