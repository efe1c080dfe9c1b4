from __future__ import annotations

from datetime import timedelta

import pytest

from pedcorpus.records import Verdict
from pedcorpus.review import build_decision, edited_instruction, undo_decision
from pedcorpus.review.exchange import Known, Refusal, Repeated, Taken, Told, edit_text, judged
from tests.screens import fake_desk as samples

ORIGINAL = samples.age_question()
LATER = samples.NOON + timedelta(days=1)


def told(verdict="accept", *, tool="argilla", edit="", shown=None, **fields):
    said = {"reviewer": "wang", "verdict": verdict, **fields}
    return Told("record 1", ORIGINAL.id, said, tool=tool, edit_text=edit, shown=shown or {})


def decided(verdict=Verdict.ACCEPT, *, at=samples.NOON, **words):
    return build_decision(ORIGINAL, verdict, reviewer="wang", at=at, **words)


def outcome(said, *history, **known):
    return judged(said, Known(ORIGINAL, history, **known), now=LATER)


def code(said, *history, **known):
    refused = outcome(said, *history, **known)
    assert isinstance(refused, Refusal)
    return refused.code


def test_a_decision_without_a_time_is_dated_now():
    taken = outcome(told())
    assert isinstance(taken, Taken)
    assert taken.decision.at == LATER


def test_the_last_word_said_again_is_no_new_decision():
    assert outcome(told(), decided()) == Repeated(decided().id)
    assert outcome(told(), decided(), undo_decision(decided(), at=samples.NOON)) == Repeated(decided().id)


def test_a_word_said_before_another_is_a_new_decision():
    rejected = decided(Verdict.REJECT, reason="privacy", at=samples.NOON + timedelta(hours=1))
    assert isinstance(outcome(told(), decided(), rejected), Taken)


def test_a_clock_that_jumped_back_in_one_file_loses_nothing():
    first = decided(Verdict.DEFER, at=LATER)
    said = told(at=samples.NOON.isoformat(), tool="")
    assert code(said, first) == "older"
    assert isinstance(outcome(said, first, in_file=frozenset({first.id})), Taken)


def test_one_moment_in_two_time_zones_is_one_decision():
    assert outcome(told(at="2026-03-01T20:00:00+08:00", tool=""), decided()) == Repeated(decided().id)


def test_what_an_edit_replaced_may_be_decided_on_by_another_reviewer():
    edited = edited_instruction(ORIGINAL, {"question": "几岁？"})
    edit = build_decision(ORIGINAL, Verdict.EDIT, reviewer="li", at=samples.NOON, edited=edited)
    assert code(told(), is_superseded=True) == "superseded"
    assert isinstance(outcome(told(), edit, is_superseded=True), Taken)


def test_an_edited_text_makes_the_record_that_editing_here_makes():
    text = edit_text(ORIGINAL).replace("孩子多大时", "宝宝几岁时")
    taken = outcome(told("edit", edit=text))
    assert isinstance(taken, Taken)
    assert taken.edited == edited_instruction(ORIGINAL, {"question": "宝宝几岁时容易第一次出现热性惊厥？"})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (told("edit", edit=edit_text(ORIGINAL)), "not_allowed"),
        (told("edit", edit=edit_text(ORIGINAL).replace("[aspect]\nepidemiology", "[aspect]\ncolour")), "edit"),
        (told("edit", edit="[answer]\n只有答案"), "edit"),
        (told("edit", edit=edit_text(ORIGINAL).replace("孩子", "孩\u202e子")), "control_character"),
        (told("edit", edit="x" * 200_001), "too_long"),
        (told("accept", edit="另一个答案。"), "edit"),
        (told("undo"), "unknown_decision"),
        (told("reject"), "unknown_reason"),
        (told("accept", reviewer=""), "damaged"),
        (told("accept", reviewer="王" * 201), "too_long"),
        (told("accept", note="\ud800"), "control_character"),
        (told("accept", at="yesterday"), "damaged"),
        (told("accept", shown={"question": "另一个问题？"}), "changed"),
    ],
    ids=[
        "same",
        "choice",
        "fields",
        "bidi",
        "long",
        "accept",
        "undo",
        "reason",
        "nobody",
        "name",
        "half",
        "time",
        "changed",
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_code(said, expected):
    assert code(said) == expected


def test_only_ones_own_decision_can_be_taken_back():
    mine = decided()
    assert isinstance(outcome(told("undo", undoes=mine.id, at=LATER.isoformat(), tool=""), mine), Taken)
    assert code(told("undo", undoes=mine.id, at=LATER.isoformat(), tool="", reviewer="li"), mine) == "not_allowed"


def test_a_text_changed_before_a_rejection_does_not_stand_in_its_way():
    assert isinstance(outcome(told("reject", reason="privacy", edit="半句")), Taken)


def test_a_reading_from_elsewhere_counts_as_one_of_several():
    taken = outcome(told(), readers=2)
    assert isinstance(taken, Taken)
    assert taken.decision.readers == 2


@pytest.mark.parametrize("said", [told(readers=3), told("defer", note="later")], ids=["told by the file", "put off"])
def test_how_many_read_it_is_what_the_file_says_and_only_of_decisions(said):
    taken = outcome(said, readers=2)
    assert isinstance(taken, Taken)
    assert taken.decision.readers == said.fields.get("readers", 1)


def test_a_decision_is_the_same_though_more_are_asked_since():
    said = told(at=samples.NOON.isoformat(), tool="")
    assert outcome(said, decided(), readers=2) == Repeated(decided().id)


def test_who_read_an_instruction_does_not_settle_it():
    assert code(told(role="adjudicator"), decided()) == "not_allowed"
    by_another = decided().model_copy(update={"reviewer": "li"})
    assert isinstance(outcome(told(role="adjudicator"), by_another), Taken)
