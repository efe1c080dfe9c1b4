"""Clusters of one question, and what is written on their members."""

from __future__ import annotations

from itertools import permutations

from pedcorpus.curate.contradictions import CHECK_ID, MARK_ID, Cluster, changed_verdicts, contradictions_in, verdicts_on
from pedcorpus.records import Finding, Instruction, Severity
from tests.by_hand import evidence, question

ASKED = "疗程多长？"


def said(answer: str, source: str, topic: str = "肺炎") -> Instruction:
    return question(answer, question=ASKED, topic=topic, evidence=(evidence(answer, source=source),))


WEEK, FORTNIGHT = said("疗程一般为7天。", "book"), said("疗程一般为14天。", "guideline")


def verdicts(*members: Instruction) -> dict[str, list[Finding]]:
    return verdicts_on(contradictions_in(Cluster(ASKED, True, members)))


def test_both_sides_get_a_warning_with_their_own_words() -> None:
    found = verdicts(WEEK, FORTNIGHT)
    for record, other, words in ((WEEK, FORTNIGHT, "14天"), (FORTNIGHT, WEEK, "7天")):
        (one,) = found[record.id]
        assert (one.severity, one.reason, one.check) == (Severity.WARNING, "contradicts", CHECK_ID)
        assert record.answer_text()[one.start : one.end] in ("7天", "14天")
        assert words in one.detail
        assert other.id[:12] in one.detail


def test_the_order_of_members_does_not_matter() -> None:
    members = (WEEK, FORTNIGHT, said("疗程一般为30天。", "paper"))
    found = [verdicts(*order) for order in permutations(members)]
    assert all(one == found[0] for one in found)
    assert len(found[0][WEEK.id]) == 2


def test_one_work_is_not_held_against_itself() -> None:
    assert verdicts(WEEK, said("疗程一般为14天。", "book")) == {}


def test_the_same_words_about_another_topic_are_another_question() -> None:
    assert verdicts(WEEK, said("疗程一般为14天。", "guideline", topic="肠炎")) == {}


def test_many_answers_of_one_work_do_not_keep_out_another_work() -> None:
    many = [said(f"疗程一般为7天，第{number}条。", "book") for number in range(60)]
    assert FORTNIGHT.id in verdicts(*many, FORTNIGHT)


def test_what_stands_is_not_written_again() -> None:
    found = verdicts(WEEK, FORTNIGHT)
    assert changed_verdicts(found, found) == ([], [])


def test_other_findings_follow_a_mark_that_ends_those_before() -> None:
    before = {WEEK.id: verdicts(WEEK, said("疗程一般为30天。", "paper"))[WEEK.id]}
    marks, findings = changed_verdicts({WEEK.id: verdicts(WEEK, FORTNIGHT)[WEEK.id]}, before)
    assert [(one.instruction, one.check) for one in marks] == [(WEEK.id, MARK_ID)]
    assert [one.reason for one in findings] == ["contradicts"]


def test_what_contradicts_nobody_any_more_passes() -> None:
    marks, findings = changed_verdicts({}, {WEEK.id: verdicts(WEEK, FORTNIGHT)[WEEK.id]})
    assert [one.check for one in marks] == [MARK_ID]
    assert [(one.check, one.severity) for one in findings] == [(CHECK_ID, Severity.PASS)]
