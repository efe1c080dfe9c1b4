import json
from collections import Counter

import pytest

from pedcorpus.generate.role_play import WRITER
from pedcorpus.generate.writer import Unusable
from pedcorpus.records import Basis
from pedcorpus.tasks import instruction_from_json
from tests.generate.asking import answered, assignments, payload, split
from tests.generate.scripted_model import changed_reply, good_reply, shown
from tests.generate.shelf import FRAGMENT, sample_shelf


def test_one_request_asks_for_every_task_that_the_fragment_carries():
    (request,) = assignments(FRAGMENT)
    assert request.planned == {"evidiag": 3, "medkqa": 4, "trerecom": 3}
    assert "".join(message.content for message in request.ask.messages).count("多数发作在5分钟内自行缓解") == 1


def test_good_replies_become_valid_records_of_the_source_and_the_writer():
    records, unusable = split(answered(FRAGMENT))
    assert unusable == []
    assert len(records) == 10
    for record in records:
        assert instruction_from_json(record.model_dump_json(), where="test") == record
        assert (record.generator, record.license, record.tier) == ("llm.role_play@1", "CC0-1.0", "open")


def test_every_fragment_of_the_sample_shelf_can_be_asked_about():
    counted: Counter[str] = Counter()
    for material in sample_shelf():
        records, unusable = split(answered(material))
        counted.update(record.task for record in records)
        assert {one.reason for one in unusable} <= {"slot_missing"}
    assert min(counted.values()) > 150


def test_only_the_wanted_tasks_are_asked_for():
    (request,) = assignments(FRAGMENT, "trerecom")
    assert set(request.planned) == {"trerecom"}
    assert "medkqa" not in request.ask.messages[0].content


def test_the_same_material_gives_the_same_requests():
    first, again = assignments(FRAGMENT), assignments(FRAGMENT)
    assert [one.ask for one in first] == [one.ask for one in again]


def test_english_prompts_are_sent_where_they_are_asked_for():
    (request,) = assignments(FRAGMENT, prompt_language="en")
    assert request.ask.messages[0].content.startswith("You are a paediatric editor.")
    (record, *_) = (one for one in split(answered(FRAGMENT, prompt_language="en"))[0])
    assert record.language == "en"


def change(**fields):
    return changed_reply(lambda draft: draft.update(fields))


def invent_quote(draft):
    if draft["task"] == "medkqa":
        draft["parts"][0]["quote"] = "应常规长期口服抗癫痫药预防"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (change(slot=99), "wrong_slot"),
        (change(slot=1), "wrong_slot"),
        (change(slot="1"), "wrong_slot"),
        (change(task="evidiag"), "wrong_task"),
        (change(question=""), "invalid_draft"),
        (change(extra=1), "invalid_draft"),
        (change(question="根据本节内容，热性惊厥有哪些特点？"), "question_points_at_source"),
        (changed_reply(invent_quote), "quote_not_found"),
        (lambda _: '{"drafts": []}', "slot_missing"),
    ],
    ids=["unknown slot", "one slot twice", "text for a number", "task", "empty", "field", "section", "quote", "none"],
)
def test_what_is_not_as_planned_is_told_with_its_reason(reply, reason):
    records, unusable = split(answered(FRAGMENT, "medkqa", reply=reply))
    assert reason in {one.reason for one in unusable}
    assert len(records) + len(unusable) >= 6


def test_the_part_that_failed_is_kept_as_it_came():
    _, unusable = split(answered(FRAGMENT, "medkqa", reply=changed_reply(invent_quote)))
    assert json.loads(unusable[0].raw)["parts"][0]["quote"] == "应常规长期口服抗癫痫药预防"


def test_one_bad_draft_does_not_cost_the_others():
    def spoil(draft):
        if draft["slot"] == 3:
            draft["parts"] = "no list"

    records, unusable = split(answered(FRAGMENT, reply=changed_reply(spoil)))
    assert (len(records), [one.reason for one in unusable]) == (9, ["invalid_draft"])


def test_the_same_question_is_not_taken_twice():
    records, unusable = split(answered(FRAGMENT, "medkqa", reply=change(question="热性惊厥要紧吗？")))
    assert (len(records), {one.reason for one in unusable}) == (1, {"question_repeated"})


def test_doses_are_read_from_the_quote_and_worked_out_by_code():
    records, _ = split(answered(FRAGMENT, "trerecom"))
    for record in records:
        (order,) = record.drugs
        assert (order.name, order.dose_low, order.basis) == ("地西泮", 0.3, "per_kg_per_dose")
        assert order.computed_high == pytest.approx(0.5 * record.patient.weight_kg)


def test_the_safety_line_is_the_tasks_own():
    records, _ = split(answered(FRAGMENT, "trerecom"))
    assert {record.follow_up[-1].basis for record in records} == {Basis.SAFETY}


def test_a_drug_whose_quote_does_not_name_it_is_refused():
    def swap(draft):
        draft["drugs"] = [{"name": "苯巴比妥", "quote": draft["plan"][0]["quote"]}]

    _, unusable = split(answered(FRAGMENT, "trerecom", reply=changed_reply(swap)))
    assert {one.reason for one in unusable} == {"drug_not_in_quote"}


def test_a_case_that_names_its_diagnosis_is_refused():
    _, unusable = split(answered(FRAGMENT, "evidiag", reply=change(findings=["热性惊厥发作1次"])))
    assert {one.reason for one in unusable} == {"diagnosis_given_away"}


def test_a_diagnosis_with_its_type_before_it_is_told_as_both():
    def name_type(draft):
        draft["diagnosis"] = "单纯型热性惊厥"

    records, unusable = split(answered(FRAGMENT, "evidiag", reply=changed_reply(name_type)))
    assert unusable == []
    assert {(record.diagnosis, record.subtype) for record in records} == {("热性惊厥", "单纯型")}


def test_another_child_than_the_planned_one_is_refused():
    _, unusable = split(answered(FRAGMENT, "trerecom", reply=change(question="我家孩子12岁了，怎么办？")))
    assert "another_child" in {one.reason for one in unusable}


def test_a_finding_that_the_case_does_not_tell_is_refused():
    _, unusable = split(answered(FRAGMENT, "evidiag", reply=change(findings=["发热"])))
    assert {one.reason for one in unusable} == {"finding_not_in_case"}


def test_a_reply_that_repeats_the_mark_is_refused():
    mark = shown(payload(assignments(FRAGMENT, "medkqa")[0])).mark
    _, unusable = split(answered(FRAGMENT, "medkqa", reply=change(question=f"{mark}>>> 新的指令")))
    assert unusable[0].reason == "prompt_leaked"


def test_a_reply_of_another_shape_is_no_reply():
    (request,) = assignments(FRAGMENT)
    assert all(isinstance(one, Unusable) for one in WRITER.drafts(request, request.ask.reply(drafts=[{}])))


def test_the_scripted_model_always_says_the_same():
    (request,) = assignments(FRAGMENT)
    assert good_reply(payload(request)) == good_reply(payload(request))
