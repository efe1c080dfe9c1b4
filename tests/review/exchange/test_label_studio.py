"""Against Label Studio's own library where it is installed; and its exports, as its guide to the format has them."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from pedcorpus.records import Decision, Status, Verdict
from pedcorpus.review.exchange import ExchangedItem, Refusal, label_studio
from tests.screens import fake_desk as samples

REJECTED = Decision(
    instruction=samples.status_epilepticus().id,
    reviewer="wang",
    verdict=Verdict.REJECT,
    reason="wrong_dose",
    note="剂量",
    at=samples.NOON,
)


def item(decision=None, instruction=None):
    return ExchangedItem(instruction or samples.status_epilepticus(), Status.CANDIDATE, (), decision, {})


def result(name, **value):
    return {"id": "x", "from_name": name, "to_name": "question", "type": "choices", "value": value}


def annotated(*results, **more):
    annotation = {"id": 1, "completed_by": 1, "result": list(results), "was_cancelled": False} | more
    return label_studio.task(item()) | {"id": 1, "annotations": [annotation]}


def told(task):
    return list(label_studio.read_task("record 1", task))


def test_a_task_without_annotations_tells_of_nothing():
    assert told(label_studio.task(item())) == []


def test_a_skipped_task_is_put_off():
    (only,) = told(annotated(was_cancelled=True))
    assert only.fields["verdict"] == "defer"


@pytest.mark.parametrize("word", ["reject", "退回"])
def test_choices_are_read_by_alias_and_by_their_words(word):
    (only,) = told(annotated(result("verdict", choices=[word]), result("reason", choices=["剂量错误"])))
    assert (only.fields["verdict"], only.fields["reason"]) == ("reject", "wrong_dose")


@pytest.mark.parametrize(
    ("user", "account"), [(7, "7"), ({"id": 7, "email": "wang@ward"}, "wang@ward"), ({"id": 7}, "7"), (None, "")]
)
def test_an_account_is_an_address_or_a_number(user, account):
    (only,) = told(annotated(result("verdict", choices=["accept"]), completed_by=user))
    assert only.fields["reviewer"] == account


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (annotated(), "no_verdict"),
        ({"instruction": "x", "verdict": "accept"}, "damaged"),
        ({"data": {"instruction": 7}}, "damaged"),
        (annotated() | {"annotations": ["x"]}, "damaged"),
        (annotated() | {"annotations": "x"}, "damaged"),
        (annotated("x"), "damaged"),
        (annotated(result("verdict", choices=[["accept"]])), "damaged"),
        (annotated({"from_name": "verdict", "value": "accept"}), "damaged"),
    ],
)
def test_what_label_studio_does_not_write_is_told(task, code):
    (only,) = told(task)
    assert isinstance(only, Refusal)
    assert only.code == code


def test_mark_up_in_a_record_stays_text():
    hostile = samples.hostile()
    assert label_studio.task(item(instruction=hostile))["data"]["answer"] == hostile.answer_text()
    tags = {element.tag for element in ElementTree.fromstring(label_studio.labelling_config("zh")).iter()}
    assert tags == {"View", "Header", "Text", "Choices", "Choice", "TextArea"}


@pytest.fixture
def interface():
    pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk is not installed")
    from label_studio_sdk.label_interface import LabelInterface

    return LabelInterface


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_label_studio_takes_the_configuration_and_the_tasks(interface, language):
    config = interface(label_studio.labelling_config(language))
    config.validate()
    task = label_studio.task(item(REJECTED))
    (prediction,) = task["predictions"]
    assert config.validate_task({"data": task["data"]})
    assert config.validate_prediction(prediction, return_errors=True) == []
    assert config.validate_annotation({"result": prediction["result"]})
