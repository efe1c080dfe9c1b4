import pytest

from pedcorpus.inference import WARNING, Generation

pytestmark = pytest.mark.train

ASKED = {"model": "tiny", "messages": [{"role": "user", "content": "发热？"}], "max_tokens": 12}


def expected(assistant, text="发热？"):
    pieces = assistant.stream([{"role": "user", "content": text}], generation=Generation(max_new_tokens=12))
    return "".join(pieces)


def test_a_reply_is_the_assistants_own(client, assistant):
    reply = client.chat.completions.create(**ASKED)
    assert reply.choices[0].message.content == expected(assistant)
    assert reply.usage.completion_tokens <= 12
    assert reply.pedcorpus["warning"] == WARNING


def test_a_stream_tells_the_same_reply(client, assistant):
    chunks = list(client.chat.completions.create(**ASKED, stream=True, stream_options={"include_usage": True}))
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == expected(assistant)
    assert chunks[-1].usage.total_tokens > 0
    assert chunks[-2].choices[0].finish_reason in ("stop", "length")
    assert chunks[0].pedcorpus["warning"] == WARNING


def test_the_model_is_listed(client):
    assert [model.id for model in client.models.list()] == ["tiny"]
    assert client.models.retrieve("tiny").owned_by == "pedcorpus"
