import asyncio

import pytest

from pedcorpus.inference import WARNING, Generation

pytestmark = pytest.mark.train

QUESTIONS = [f"发热{number}天？" for number in range(8)]


def asked(text="发热？", **more):
    return {"model": "tiny", "messages": [{"role": "user", "content": text}], "max_tokens": 12, **more}


def expected(assistant, text="发热？", **more):
    settings = Generation(max_new_tokens=12, **more)
    return "".join(assistant.stream([{"role": "user", "content": text}], generation=settings))


def text_of(chunks):
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def test_a_reply_is_the_assistants_own(client, assistant):
    reply = client.chat.completions.create(**asked())
    assert reply.choices[0].message.content == expected(assistant)
    assert reply.usage.completion_tokens <= 12
    assert reply.pedcorpus["warning"] == WARNING


def test_a_stream_tells_the_same_reply(client, assistant):
    chunks = list(client.chat.completions.create(**asked(), stream=True, stream_options={"include_usage": True}))
    assert text_of(chunks) == expected(assistant)
    assert chunks[-1].usage.total_tokens > 0
    assert chunks[-2].choices[0].finish_reason in ("stop", "length")
    assert chunks[0].pedcorpus["warning"] == WARNING


def test_a_draw_depends_on_its_seed(client, assistant):
    drawn = asked(temperature=1.5, top_p=0.9, seed=3)
    reply = client.chat.completions.create(**drawn).choices[0].message.content
    assert reply == expected(assistant, temperature=1.5, seed=3)


def test_a_reply_ends_before_a_stop_string(client, assistant):
    whole = expected(assistant)
    reply = client.chat.completions.create(**asked(stop=whole[3:5])).choices[0]
    assert reply.message.content == whole[: whole.index(whole[3:5])]
    assert reply.finish_reason == "stop"


async def test_many_clients_each_hear_their_own_reply(server, assistant):
    from openai import AsyncOpenAI

    async def stream_of(text):
        stream = await client.chat.completions.create(**asked(text), stream=True)
        return text_of([chunk async for chunk in stream])

    async with AsyncOpenAI(base_url=f"{server.url}v1", api_key="none", max_retries=0) as client:
        replies = await asyncio.gather(*(stream_of(text) for text in QUESTIONS))
    assert replies == [expected(assistant, text) for text in QUESTIONS]
    assert len(set(replies)) > 4


def test_a_text_is_gone_on_with(client, assistant):
    reply = client.completions.create(model="tiny", prompt="问：\n发热？\n答：\n", max_tokens=12)
    assert reply.choices[0].text == expected(assistant)
    chunks = client.completions.create(model="tiny", prompt="问：\n发热？\n答：\n", max_tokens=12, stream=True)
    assert "".join(chunk.choices[0].text for chunk in chunks) == expected(assistant)


def test_the_model_is_listed(client):
    assert [model.id for model in client.models.list()] == ["tiny"]
    assert client.models.retrieve("tiny").owned_by == "pedcorpus"
