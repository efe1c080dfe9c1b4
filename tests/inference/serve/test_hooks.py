import pytest
from fastapi import APIRouter

from pedcorpus.inference.serve import Hooks, ServerSettings
from tests.inference.serve.conftest import MODEL, serving

pytestmark = pytest.mark.train

ADVICE = "请立即拨打120。"
PASSAGE = {"title": "示例指南", "text": "测体温。"}


def advice_for(messages):
    return ADVICE if "抽搐" in messages[-1]["content"] else None


def asked(text, **more):
    return {"model": MODEL, "messages": [{"role": "user", "content": text}], "max_tokens": 4, **more}


@pytest.fixture(scope="module")
def page():
    router = APIRouter()
    router.add_api_route("/", lambda: {"page": "chat"})
    router.add_api_route("/v1/feedback", lambda: {"kept": True}, methods=["POST"])
    return router


@pytest.fixture(scope="module")
def hooked(assistant, page):
    heard = []

    def sources(messages, reply):
        heard.append((messages[-1]["content"], reply))
        return [PASSAGE]

    hooks = Hooks(preface=advice_for, sources=sources, routers=(page,))
    with serving(assistant, hooks=hooks, settings=ServerSettings(port=0, key="secret")) as server:
        server.heard = heard
        yield server


@pytest.fixture
def hooked_client(hooked):
    with hooked.client("secret") as client:
        yield client


def test_advice_for_an_emergency_comes_first(hooked_client):
    reply = hooked_client.chat.completions.create(**asked("抽搐十分钟"))
    assert reply.choices[0].message.content.startswith(f"{ADVICE}\n\n")
    assert reply.pedcorpus["emergency"] == ADVICE
    chunks = list(hooked_client.chat.completions.create(**asked("抽搐十分钟"), stream=True))
    assert chunks[0].pedcorpus["emergency"] == ADVICE
    assert chunks[1].choices[0].delta.content == f"{ADVICE}\n\n"


def test_other_replies_begin_as_the_model_does(hooked_client):
    reply = hooked_client.chat.completions.create(**asked("发热"))
    assert ADVICE not in reply.choices[0].message.content
    assert "emergency" not in reply.pedcorpus


def test_advice_is_told_where_the_model_cannot_answer(hooked_client):
    reply = hooked_client.chat.completions.create(**asked("抽搐" * 60))
    assert reply.choices[0].message.content == ADVICE
    assert reply.pedcorpus["trouble"] == "context_length_exceeded"
    chunks = list(hooked_client.chat.completions.create(**asked("抽搐" * 60), stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == ADVICE


def test_sources_stand_beside_the_finished_reply(hooked, hooked_client):
    reply = hooked_client.chat.completions.create(**asked("发热"))
    assert reply.pedcorpus["sources"] == [PASSAGE]
    assert hooked.heard[-1] == ("发热", reply.choices[0].message.content)
    chunks = list(hooked_client.chat.completions.create(**asked("发热"), stream=True))
    assert chunks[-1].pedcorpus["sources"] == [PASSAGE]


@pytest.mark.parametrize("key", ["wrong", "Secret", "secret2"])
def test_a_wrong_key_opens_nothing(hooked, key):
    import openai

    with hooked.client(key) as client, pytest.raises(openai.AuthenticationError, match="Authorization: Bearer KEY"):
        client.models.list()


def test_further_routes_need_the_key_where_they_are_part_of_the_api(hooked):
    from tests.inference.serve.test_refusals import sent

    assert sent(hooked.url, None) == (200, {"page": "chat"})
    assert sent(f"{hooked.url}v1/feedback", {})[0] == 401
    assert sent(f"{hooked.url}v1/feedback", {}, Authorization="Bearer secret") == (200, {"kept": True})
