"""From a thumb at the served page to the reviewers' queue."""

import json
import time
import urllib.error
import urllib.request

import pytest

pytest.importorskip("fastapi", reason="needs the [serve] extra")

from pedcorpus import flow
from pedcorpus.cli.serve_hooks import hooks_of
from pedcorpus.errors import CorpusError, UsageError
from pedcorpus.records import Status
from pedcorpus.settings import Workspace
from tests.chapter import copied
from tests.corpus_troubles import held
from tests.inference.page.scripted import served

RATED = {"messages": [{"role": "user", "content": "发热怎么办？"}], "reply": "多喝水，多休息。", "rating": "up"}


@pytest.fixture(scope="module")
def place(released, tmp_path_factory):
    return copied(released, tmp_path_factory.mktemp("served") / "ward")


@pytest.fixture(scope="module")
def server(place):
    hooks = hooks_of(place, model="demo", export="v1", needs_key=False, feedback=True)
    with served(hooks=hooks) as server:
        yield server


def post(server, path, value):
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{server.url}{path}", json.dumps(value).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def refusal(server, path, value):
    """Status and code of what is refused."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        post(server, path, value)
    with refused.value as error:
        return error.code, json.load(error)["error"]["code"]


def asked(server, text):
    return post(server, "v1/chat/completions", {"model": "demo-model", "messages": [{"role": "user", "content": text}]})


def feedback_items(place):
    entries = flow.open_desk(place, reviewer="li").queue().entries
    return [entry.task for entry in entries if entry.source == "chat-feedback"]


def until(holds):
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_thumb_waits_for_no_corpus_and_becomes_an_item_of_the_queue_and_of_status(server, place):
    with held(place):
        began = time.monotonic()
        assert post(server, "v1/feedback", RATED)["status"] == "kept for review"
        assert time.monotonic() - began < 20  # a corpus that is held is waited for three times as long
    until(lambda: not flow.corpus_status(place).feedback_waiting)
    assert feedback_items(place) == ["medical"]
    assert flow.corpus_status(place).instructions["medical"][Status.CANDIDATE] == 1


def test_what_waits_when_the_server_starts_is_taken_in(place, capfd):
    flow.keep_feedback(place, flow.RatedExchange([("user", "咳嗽怎么办？")], "拍背。", "down", "demo", note="太短"))
    with served(hooks=hooks_of(place, model="demo", export=None, needs_key=False, feedback=True)):
        until(lambda: not flow.corpus_status(place).feedback_waiting)
    (failure,) = [each for each in flow.corpus_status(place).failures if each.reason == "thumb_down"]
    assert "太短" in failure.detail
    assert capfd.readouterr() == ("", "")


def test_a_thumb_that_cannot_be_kept_is_refused_with_the_reason(server, place, monkeypatch):
    monkeypatch.setattr("pedcorpus.flow.feedback.keep.recognisers", tuple)
    assert refusal(server, "v1/feedback", RATED) == (503, "feedback_not_kept")
    assert not flow.corpus_status(place).feedback_waiting


@pytest.mark.parametrize(
    "change",
    [
        {"rating": "maybe"},
        {"reply": ""},
        {"messages": []},
        {"more": 1},
        {"messages": [{"role": "assistant", "content": "x"}]},
        {"messages": [{"role": "user", "content": " "}]},
    ],
)
def test_a_thumb_that_is_none_is_refused(server, change):
    assert refusal(server, "v1/feedback", RATED | change) == (400, "invalid_feedback")


def test_advice_stands_before_the_reply_and_sources_beside_it(server):
    server.engine.script = ["发作超过5分钟者，可静脉缓慢注射地西泮。"]
    body = asked(server, "孩子热性惊厥发作超过5分钟了怎么办")
    told = body["choices"][0]["message"]["content"]
    assert told.startswith("⚠ 紧急提示")
    assert told.endswith(server.engine.script[0])
    assert any("地西泮" in source["quote"] for source in body["pedcorpus"]["sources"])


def test_without_feedback_there_is_no_address_for_it(place):
    with served(hooks=hooks_of(place, model="demo", export=None, needs_key=False, feedback=False)) as server:
        assert refusal(server, "v1/feedback", RATED)[0] == 404
        assert "pedcorpus" in asked(server, "发热")


def test_feedback_without_a_corpus_and_an_export_that_is_none_are_refused_at_the_start(tmp_path):
    place = Workspace(tmp_path)
    with pytest.raises(CorpusError):
        hooks_of(place, model="demo", export=None, needs_key=False, feedback=True)
    with pytest.raises(UsageError, match="there is no export"):
        hooks_of(place, model="demo", export="v9", needs_key=False, feedback=False)
