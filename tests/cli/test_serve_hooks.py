"""From a thumb at the served page to the reviewers' queue."""

import json
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


def test_a_thumb_becomes_an_item_of_the_queue_and_of_status(server, place):
    assert post(server, "v1/feedback", RATED)["status"] == "waits for review"
    entries = flow.open_desk(place, reviewer="li").queue().entries
    assert [entry.task for entry in entries if entry.source == "chat-feedback"] == ["medical"]
    assert flow.corpus_status(place).instructions["medical"][Status.CANDIDATE] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"rating": "maybe"},
        {"reply": ""},
        {"messages": []},
        {"more": 1},
        {"messages": [{"role": "assistant", "content": "x"}]},
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
