import json
from collections import Counter
from typing import Literal

import pytest
from pydantic import BaseModel, field_validator

from pedcorpus.llm import Fault, Reply, ReplyStore, payload_key
from pedcorpus.llm.schema import reply_schema
from tests.llm.asks import Verse, ask, door, outcome, outcomes, prose
from tests.llm.server import Answer, Payload, ScriptedServer

WHOLE = '{"answer": "ok"}'


def forms(server: ScriptedServer) -> list[str | None]:
    return [payload.get("response_format", {}).get("type") for payload in server.payloads]


def test_the_schema_is_sent_and_its_honour_recorded(server: ScriptedServer, store: ReplyStore) -> None:
    got = outcome(server, store)
    assert isinstance(got, Reply)
    assert (got.data, got.steps) == (Verse(answer="ok"), ("schema",))
    sent = server.payloads[0]["response_format"]["json_schema"]
    assert sent["strict"] is True
    assert sent["schema"]["required"] == ["answer"]


@pytest.mark.parametrize(
    ("schema", "json_mode", "sent", "steps"),
    [
        ("rejected", "honoured", ["json_schema", "json_object"], ("json_mode",)),
        ("rejected", "rejected", ["json_schema", "json_object", None], ("extracted",)),
        ("rejected", "ignored", ["json_schema", "json_object"], ("json_mode", "extracted")),
        ("ignored", "honoured", ["json_schema"], ("schema", "extracted")),
    ],
)
def test_a_server_without_schemas_is_asked_another_way(
    server: ScriptedServer,
    store: ReplyStore,
    schema: Literal["rejected", "ignored"],
    json_mode: Literal["honoured", "rejected", "ignored"],
    sent: list[str | None],
    steps: tuple[str, ...],
) -> None:
    server.script.schema, server.script.json_mode = schema, json_mode
    got = outcome(server, store)
    assert isinstance(got, Reply)
    assert (got.data, got.steps) == (Verse(answer="ok"), steps)
    assert forms(server) == sent


def test_what_a_server_honours_is_learnt_once_a_run(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.schema = server.script.json_mode = "rejected"
    outcomes(door(server, store), range(30))
    assert Counter(forms(server)) == {"json_schema": 1, "json_object": 1, None: 30}


def test_an_ignored_schema_goes_into_the_prompt_from_then_on(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.schema = "ignored"
    outcomes(door(server, store, at={"concurrency": 1}), range(5))
    assert forms(server) == ["json_schema", *["json_object"] * 4]
    assert '"answer"' in server.payloads[-1]["messages"][-1]["content"]


def test_one_odd_reply_does_not_lose_a_schema_that_is_honoured(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda payload: "no JSON" if "question 3" in str(payload["messages"][0]) else WHOLE
    outcomes(door(server, store, at={"concurrency": 1}), range(6))
    assert set(forms(server)) == {"json_schema"}


@pytest.mark.parametrize(
    "text",
    [
        'Here it is:\n```json\n{"answer": "ok"}\n```\nAnything else?',
        '<think>Is {"answer": 1} right?</think>\n{"answer": "ok"}',
        'The answer {of course} is {"answer": "ok"}, I think.',
        'First {"draft": "no"} and then {"answer": "ok"}',
    ],
    ids=["fence", "thoughts", "prose", "second object fits"],
)
def test_json_is_cut_out_of_prose(server: ScriptedServer, store: ReplyStore, text: str) -> None:
    server.script.answer = lambda _: text
    got = outcome(server, store)
    assert isinstance(got, Reply)
    assert got.data == Verse(answer="ok")
    assert server.asked.total() == 1


@pytest.mark.parametrize("first", ['{"answer": ""}', '{"reply": "ok"}', '{"answer": "ok"', "ok"])
def test_a_reply_that_does_not_fit_is_mended_in_one_turn(server: ScriptedServer, store: ReplyStore, first: str) -> None:
    server.script.answer = lambda payload: WHOLE if len(payload["messages"]) > 1 else first
    got = outcome(server, store)
    assert isinstance(got, Reply)
    assert got.data == Verse(answer="ok")
    assert got.steps[-1] == "repaired"
    assert server.payloads[1]["messages"][1] == {"role": "assistant", "content": first}
    assert got.prompt_tokens == sum(len(m["content"]) for p in server.payloads for m in p["messages"])


def test_the_repair_turn_tells_the_errors(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda _: '{"answer": ""}'
    outcome(server, store)
    assert "answer: String should have at least 1 character" in server.payloads[1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not JSON", "invalid_json"),
        ('{"answer": ["a", "list"]}', "invalid_reply"),
        ("很抱歉，我无法回答这个问题。", "refused"),
        ("作为一个AI语言模型，我不能提供医疗建议。", "refused"),
        ("I'm sorry, but I can't help with that.", "refused"),
    ],
)
def test_what_cannot_be_mended_is_a_fault_with_the_raw_reply(
    server: ScriptedServer, store: ReplyStore, text: str, reason: str
) -> None:
    server.script.answer = lambda _: text
    got = outcome(server, store)
    assert isinstance(got, Fault)
    assert got.reason == reason
    assert json.loads(got.raw)["choices"][0]["message"]["content"] == text
    assert server.asked.total() == (1 if reason == "refused" else 2)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer('{"answer": "o', finish="length"), "truncated"),
        (Answer(refusal="I can't help with that."), "refused"),
        (Answer("", finish="content_filter"), "refused"),
        (Answer(status=400, error="This model's maximum context length is 4096 tokens."), "too_long"),
        (Answer(status=400, error="the request exceeds the available context size (2048 tokens)"), "too_long"),
    ],
    ids=["length", "refusal", "filter", "openai context", "llama.cpp context"],
)
def test_what_the_server_says_is_wrong_is_a_fault(
    server: ScriptedServer, store: ReplyStore, answer: Answer, reason: str
) -> None:
    server.script.answer = lambda _: answer
    first, again = outcome(server, store), outcome(server, store)
    assert isinstance(first, Fault)
    assert isinstance(again, Fault)
    assert (first.reason, again.reason, again.is_cached) == (reason, reason, True)
    assert server.asked.total() == 1


def test_an_apology_inside_an_answer_is_no_refusal(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda _: "抱歉让您久等了。孩子体温38.5℃以上可用退热药，" + "多饮水，" * 100
    assert isinstance(outcome(server, store, prose), Reply)


def test_a_question_may_be_repaired_in_a_later_run(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda payload: WHOLE if len(payload["messages"]) > 1 else "no JSON"
    assert outcomes(door(server, store, at={"concurrency": 1}), [0])[0].steps[-1] == "repaired"
    store._connection.execute("DELETE FROM exchange WHERE turn = 1")  # as a kill between the turns leaves it
    again = outcome(server, store)
    assert isinstance(again, Reply)
    assert [len(payload["messages"]) for payload in server.payloads] == [1, 3, 3]


def test_a_changed_parser_reads_kept_replies_for_nothing(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda _: '{"answer": "ok"}'

    class Strict(BaseModel):
        answer: str

        @field_validator("answer")
        @classmethod
        def must_be_long(cls, answer: str) -> str:
            raise ValueError(f"{answer} is too short")

    class Lenient(BaseModel):
        answer: str

    Strict.__name__ = Lenient.__name__ = "Verse"  # the schema that is sent stays the same
    assert isinstance(outcome(server, store, lambda _: ask(0, reply=Strict)), Fault)
    server.script.answer = lambda _: Answer(status=500)
    paid = server.asked.total()
    store._connection.execute("DELETE FROM exchange WHERE turn = 1")
    assert isinstance(outcome(server, store, lambda _: ask(0, reply=Lenient)), Reply)
    assert server.asked.total() == paid


def test_a_server_that_wants_the_newer_token_field_gets_it(server: ScriptedServer, store: ReplyStore) -> None:
    def picky(payload: Payload) -> str | Answer:
        told = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
        return Answer(status=400, error=told) if "max_tokens" in payload else WHOLE

    server.script.answer = picky
    got = outcomes(door(server, store), range(10))
    assert all(isinstance(each, Reply) for each in got)
    assert server.asked.total() == 11


def test_strict_schemas_close_every_object_and_drop_what_providers_refuse() -> None:
    class Part(BaseModel):
        """A part."""

        size: int = 3

    class Whole(BaseModel):
        """A whole."""

        title: str
        parts: list[Part]
        kind: Literal["a", "b"] = "a"

    schema = json.loads(reply_schema(Whole).text)
    assert schema["required"] == ["title", "parts", "kind"]
    assert schema["additionalProperties"] is schema["$defs"]["Part"]["additionalProperties"] is False
    assert "title" in schema["properties"]
    assert "default" not in reply_schema(Whole).text
    assert reply_schema(Whole).response_format["json_schema"]["strict"] is True


def test_a_model_with_free_keys_is_not_claimed_to_be_strict() -> None:
    class Free(BaseModel):
        counts: dict[str, int]

    assert reply_schema(Free).response_format["json_schema"]["strict"] is False


def test_the_key_stands_for_everything_that_is_asked() -> None:
    asks = [ask(1), ask(2), ask(1, seed=1), ask(1, temperature=0.1), ask(1, fields={"top_p": 0.5}), prose(1)]
    keys = {payload_key(each, "m") for each in asks} | {payload_key(asks[0], "other")}
    assert len(keys) == 7
    assert payload_key(ask(1, tag="other"), "m") == payload_key(ask(1), "m")
