from __future__ import annotations

from pedcorpus.records import Finding, Severity, Status
from pedcorpus.review.exchange import ExchangedItem
from pedcorpus.review.exchange.sheet_text import (
    answer_text,
    evidence_text,
    findings_text,
    question_text,
    worst_severity,
)
from tests.screens import fake_desk as samples


def item(*findings):
    return ExchangedItem(samples.age_question(), Status.CANDIDATE, findings, None, {"sample-textbook": "儿科学样章"})


def finding(severity, reason):
    return Finding(instruction="x", check="dose@1", severity=severity, reason=reason, detail="见第3页", path="answer")


def test_each_quote_stands_under_its_place():
    head, quote = evidence_text(item()).split("\n")
    assert head == "儿科学样章 · p. 11 · 第七章 神经系统疾病 › 第二节 热性惊厥"
    assert quote == samples.age_question().evidence[0].quote


def test_a_source_without_a_title_goes_by_its_id():
    assert evidence_text(ExchangedItem(samples.from_graph(), Status.CANDIDATE, (), None, {})).startswith(
        "sample-graph · line 7\n"
    )


def test_findings_are_lines():
    shown = item(finding(Severity.ERROR, "over_ceiling"), finding(Severity.WARNING, "long"))
    assert findings_text(shown).splitlines() == [
        "error over_ceiling answer: 见第3页",
        "warning long answer: 见第3页",
    ]
    assert (worst_severity(shown), worst_severity(item())) == (Severity.ERROR, Severity.PASS)


def test_question_and_answer_are_the_turns_that_are_trained_on():
    case = samples.status_epilepticus()
    assert (question_text(case), answer_text(case)) == (case.user_text(), case.answer_text())
