from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from PIL import Image

from pedcorpus.records import Verdict
from pedcorpus.review import Judgement, agreement_png, agreement_report, reviewer_records, reviewers_png
from tests.by_hand import decision

WORDS = [
    Judgement("medkqa", decision("a", Verdict.ACCEPT, reviewer="王医生", readers=2, seconds=12)),
    Judgement("medkqa", decision("a", Verdict.REJECT, reviewer="li", readers=2, reason="wrong_fact", seconds=30)),
    Judgement("evidiag", decision("b", Verdict.ACCEPT, reviewer="王医生", readers=2)),
    Judgement("evidiag", decision("b", Verdict.ACCEPT, reviewer="li", readers=2)),
]


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture))


def test_agreement_is_a_picture_the_same_for_the_same_numbers() -> None:
    picture = agreement_png(agreement_report(WORDS))
    assert opened(picture).format == "PNG"
    assert agreement_png(agreement_report(WORDS)) == picture
    assert agreement_png(agreement_report(WORDS[2:])) != picture


def test_the_bounds_of_alpha_are_drawn() -> None:
    words = [
        Judgement("medkqa", decision(f"{verdict} {number}", verdict, reviewer=name, readers=2))
        for verdict in (Verdict.ACCEPT, Verdict.EDIT)
        for number in range(12)
        for name in ("wang", "li")
    ]
    report = agreement_report([*words, *WORDS[:2]])
    without = replace(report, tasks={task: replace(each, interval=None) for task, each in report.tasks.items()})
    assert report.tasks["medkqa"].interval is not None
    assert agreement_png(report) != agreement_png(without)


def test_there_is_a_picture_before_anybody_agrees() -> None:
    assert opened(agreement_png(agreement_report([]))).size[0] > 100


def test_reviewers_are_a_picture_that_grows_with_them() -> None:
    one, two = (opened(reviewers_png(reviewer_records(words))) for words in (WORDS[:1], WORDS))
    assert two.size[1] > one.size[1]
