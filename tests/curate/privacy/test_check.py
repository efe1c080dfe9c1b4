"""The check `privacy`: where somebody is named, and never who."""

from __future__ import annotations

from pedcorpus.curate import Subject, check_id
from pedcorpus.curate.privacy.check import PrivacyCheck
from pedcorpus.records import Finding, IdentifierKind, Severity
from pedcorpus.settings import CurateSettings, PrivacySettings
from tests.by_hand import question

ANSWER = "请拨打电话13812345678咨询。"


def judge(check: PrivacyCheck) -> Finding:
    (one,) = check.verdicts([Subject(question(ANSWER, evidence=question().evidence), {})])
    return one


def test_a_finding_points_at_the_identifier_and_does_not_repeat_it() -> None:
    one = judge(PrivacyCheck())
    assert (one.severity, one.reason, one.path) == (Severity.ERROR, "identifier_phone", "answer")
    assert ANSWER[one.start : one.end] == "13812345678"
    assert "13812345678" not in one.detail


def test_a_kind_that_is_off_is_let_through_by_another_check_id() -> None:
    lenient = PrivacyCheck().with_settings(CurateSettings(privacy=PrivacySettings(off=(IdentifierKind.PHONE,))))
    assert judge(lenient).severity is Severity.PASS
    assert check_id(lenient) != check_id(PrivacyCheck())
