"""Against argilla itself where it is installed: what we write loads there, and what it writes is read here."""

from __future__ import annotations

import json
from unittest.mock import MagicMock
from uuid import UUID

import pytest

from pedcorpus.records import Status
from pedcorpus.review.exchange import ExchangedItem, Refusal, argilla
from tests.screens import fake_desk as samples

WANG = "5f0c5b7e-94be-4a0c-b0b1-0d7f0a3f6f5c"


def item(instruction=None):
    return ExchangedItem(instruction or samples.status_epilepticus(), Status.CANDIDATE, (), None, {})


def answered(**answers):
    made = argilla.record(item())
    made["status"] = "completed"
    made["responses"] = {name: [{"value": text, "user_id": WANG}] for name, text in answers.items()}
    return made


def told(record):
    return list(argilla.read_record("record 1", record))


def test_a_record_without_responses_tells_of_nothing():
    assert told(argilla.record(item())) == []


def test_a_draft_is_not_told_of():
    assert told(answered(verdict="accept") | {"status": "pending"}) == []


def test_a_discarded_response_puts_the_record_off():
    record = answered(note="不清楚")
    record["responses"]["note"][0]["status"] = "discarded"
    (only,) = told(record)
    assert (only.fields["verdict"], only.fields["note"]) == ("defer", "不清楚")


def test_a_reason_counts_only_for_a_rejection():
    (only,) = told(answered(verdict="accept", reason="privacy"))
    assert only.fields["reason"] == ""


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (answered(note="?"), "no_verdict"),
        ([], "damaged"),
        ({"id": "x"}, "damaged"),
        ({"id": 7, "responses": {}}, "damaged"),
        (answered() | {"responses": {"verdict": [{"value": "accept"}]}}, "damaged"),
        (answered() | {"responses": {"verdict": [{"value": ["accept"], "user_id": WANG}]}}, "damaged"),
        (answered(verdict="accept") | {"fields": {"question": ["x"]}}, "damaged"),
        ({"id": "x", "question": "?", "verdict.responses": ["accept"]}, "damaged"),
    ],
)
def test_what_argilla_does_not_write_is_told(record, code):
    (only,) = told(record)
    assert isinstance(only, Refusal)
    assert only.code == code


@pytest.mark.parametrize(("folder", "name"), [("to-review", "to-review"), ("-病房 7.x", "7-x"), ("待审", "pedcorpus")])
def test_a_dataset_is_named_in_letters_that_argilla_takes(folder, name):
    assert argilla.dataset_model(folder)["name"] == name


@pytest.fixture
def library(monkeypatch):
    """The argilla library, without a server behind it."""
    found = pytest.importorskip("argilla", reason="argilla is not installed; pip install argilla to try against it")
    monkeypatch.setattr(found.Argilla, "_get_default", classmethod(lambda _: MagicMock()))
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_argilla_loads_the_settings(library, tmp_path, language):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(argilla.settings(language)), encoding="utf-8")
    loaded = library.Settings.from_json(path)
    assert loaded.serialize() == argilla.settings(language)
    assert [question.name for question in loaded.questions] == ["verdict", "reason", "edited", "note"]


def test_argilla_loads_the_dataset(library, tmp_path):
    path = tmp_path / "dataset.json"
    path.write_text(json.dumps(argilla.dataset_model("to-review")), encoding="utf-8")
    assert library.Dataset._load_dataset_model(path).name == "to-review"


def test_argilla_loads_the_records_and_its_answers_are_read(library, tmp_path):
    from argilla.records._io._json import JsonIO

    (tmp_path / "records.json").write_text(json.dumps([argilla.record(item())]), encoding="utf-8")
    (record,) = JsonIO._records_from_json(tmp_path / "records.json")
    assert record.to_dict() == argilla.record(item())
    for name, value in {"verdict": "reject", "reason": "wrong_dose"}.items():
        record.responses.add(library.Response(name, value, user_id=UUID(WANG), status="submitted"))
    record._model.status = "completed"
    JsonIO.to_json([record], tmp_path / "answered.json")
    (only,) = told(json.loads((tmp_path / "answered.json").read_text("utf-8"))[0])
    assert (only.instruction, only.fields["verdict"], only.fields["reason"], only.fields["reviewer"]) == (
        samples.status_epilepticus().id,
        "reject",
        "wrong_dose",
        WANG,
    )
