"""The check `ocr`: what it says of damaged and of unsure quotes."""

from __future__ import annotations

import pytest

from pedcorpus.curate import Subject, check_id, checks
from pedcorpus.curate.ocr_damage import OcrDamageCheck
from pedcorpus.records import Address, Box, Evidence, Finding, Severity
from pedcorpus.settings import CurateSettings
from tests.by_hand import PASSAGE, evidence, question

FIRST, SECOND = "热性惊厥多见于婴幼儿，预后良好。", "发作超过5分钟者用地西泮0.3～0.5 mg/kg。"
TEXT = FIRST + SECOND


def scanned(quote: str, *sure: float | None) -> Evidence:
    """Evidence in a passage of two printed lines, with how sure the OCR was of each."""
    spans = ((0, len(FIRST)), (len(FIRST), len(TEXT)))
    boxes = tuple(
        Box(page=1, x0=72, y0=90 + 18 * row, x1=500, y1=100 + 18 * row, start=start, end=end, confidence=one)
        for row, ((start, end), one) in enumerate(zip(spans, sure, strict=True))
    )
    return evidence(quote).model_copy(update={"address": Address(page=1, boxes=boxes)})


def judge(row: Evidence, check: OcrDamageCheck | None = None) -> list[Finding]:
    record = question(evidence=(row,))
    return list((check or OcrDamageCheck()).verdicts([Subject(record, {PASSAGE.id: TEXT})]))


def said(findings: list[Finding], quote: str) -> list[tuple[str, str, str]]:
    return [(one.severity, one.reason, quote[one.start or 0 : one.end or 0]) for one in findings]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("补液lOOml/kg", ("error", "damaged_number", "lOO")),
        ("白细胞15×109/L", ("warning", "lost_exponent", "×109")),
        ("年龄大千6个月", ("warning", "misread_character", "千")),
    ],
)
def test_a_damaged_quote_is_pointed_at(quote: str, expected: tuple[str, str, str]) -> None:
    findings = judge(evidence(quote))
    assert said(findings, quote) == [expected]
    assert findings[0].path == "evidence.0.quote"


@pytest.mark.parametrize(
    ("sure", "expected"),
    [
        pytest.param((0.99, 0.99), [("pass", "", "")], id="sure"),
        pytest.param((None, None), [("pass", "", "")], id="not from OCR"),
        pytest.param(
            (0.99, 0.6),
            [("error", "low_confidence_number", "5"), ("error", "low_confidence_number", "0.3～0.5")],
            id="unsure of the line with the dose",
        ),
        pytest.param((0.6, 0.99), [("warning", "low_confidence_text", FIRST)], id="unsure of the line without numbers"),
    ],
)
def test_a_number_that_the_ocr_was_not_sure_of_is_an_error(
    sure: tuple[float | None, float | None], expected: list[tuple[str, str, str]]
) -> None:
    assert said(judge(scanned(TEXT, *sure)), TEXT) == expected


def test_boxes_are_laid_over_a_quote_that_begins_later_than_its_passage() -> None:
    assert [one.severity for one in judge(scanned(SECOND, 0.6, 0.99))] == [Severity.PASS]
    assert {one.reason for one in judge(scanned(SECOND, 0.99, 0.6))} == {"low_confidence_number"}


def test_a_quote_that_is_not_in_its_passage_is_judged_whole() -> None:
    quote = "地西泮0.5 mg/kg"
    assert said(judge(scanned(quote, 0.6, 0.99)), quote) == [("error", "low_confidence_number", "0.5")]


def test_the_threshold_is_a_setting() -> None:
    (check,) = (one for one in checks(CurateSettings(ocr_confidence=0.5)) if one.name == "ocr")
    assert isinstance(check, OcrDamageCheck)
    assert [one.severity for one in judge(scanned(TEXT, 0.6, 0.6), check)] == [Severity.PASS]


def test_the_threshold_is_part_of_the_checks_id() -> None:
    assert check_id(OcrDamageCheck().with_settings(CurateSettings(ocr_confidence=0.5))) == "ocr@1:0.5"
