from datetime import timedelta

from pedcorpus.corpus import (
    Corpus,
    add_decisions,
    add_findings,
    add_instructions,
    decisions_of,
    findings_of,
    to_check,
)
from pedcorpus.records import Severity, Verdict
from tests.by_hand import NOON, decision, finding, question

ONE, TWO = question(), question(question="热性惊厥常见于几岁？")


def test_a_decision_comes_back_as_it_went_in(shelf: Corpus) -> None:
    taken = [
        decision(ONE.id, Verdict.DEFER, seconds=3.5),
        decision(ONE.id, Verdict.ACCEPT, note="好", at=NOON + timedelta(seconds=9, microseconds=5)),
    ]
    with shelf.unit() as unit:
        add_instructions(unit, [ONE])
        add_decisions(unit, taken)
        assert decisions_of(unit, ONE.id) == taken


def test_a_check_sees_what_it_has_not_judged(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, [ONE, TWO])
        add_findings(unit, [finding(ONE.id)])
        assert to_check(unit, "quote@1") == [TWO.id]
        assert to_check(unit, "quote@2") == sorted([ONE.id, TWO.id])


def test_the_worst_finding_comes_first(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, [ONE])
        add_findings(unit, [finding(ONE.id), finding(ONE.id, Severity.ERROR, check="grounding@1")])
        assert [item.severity for item in findings_of(unit, ONE.id)] == [Severity.ERROR, Severity.PASS]


def test_what_a_check_said_last_counts_under_whatever_setting(shelf: Corpus) -> None:
    loose, strict = "ocr@1:0.5", "ocr@1:0.9"
    with shelf.unit() as unit:
        add_instructions(unit, [ONE])
        for check, severity in ((loose, Severity.PASS), (strict, Severity.ERROR), (loose, Severity.PASS)):
            assert to_check(unit, check) == [ONE.id]
            add_findings(unit, [finding(ONE.id, severity, check=check)])
            assert [(item.check, item.severity) for item in findings_of(unit, ONE.id)] == [(check, severity)]
            assert to_check(unit, check) == []
