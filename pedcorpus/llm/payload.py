"""One question as the JSON body of a request, in the three ways a server can be brought to answer in JSON; its key.

The key stands for the payload as a server that honours everything would get it, so that what a server turns out to
honour never changes where its replies are kept.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel

from pedcorpus.llm.ask import Ask
from pedcorpus.llm.schema import reply_schema
from pedcorpus.llm.tokens import estimate_tokens
from pedcorpus.records import canonical_json, content_id

__all__ = ["WAYS", "Payload", "Way", "estimate_prompt", "payload_key", "payload_of", "repair_payload"]

Way = Literal["schema", "json_mode", "plain"]
"""How JSON is asked for: by its schema, by JSON mode and the schema in the prompt, by the prompt alone."""

WAYS: tuple[Way, ...] = ("schema", "json_mode", "plain")
Payload = dict[str, Any]

_WANTED = "\n\nReply with JSON only, nothing before or after it, that fits this JSON Schema:\n{}"
_REPAIR = (
    "Your reply cannot be used:\n{}\nSend the whole reply again, corrected: JSON only, nothing before or after it."
)
_TOKENS_PER_MESSAGE = 4  # role and borders


def payload_of(ask: Ask, model: str, *, way: Way = "schema") -> Payload:
    """The body of the request."""
    messages = [{"role": message.role, "content": message.content} for message in ask.messages]
    payload: Payload = {
        **ask.fields,
        "model": model,
        "messages": messages,
        "max_tokens": ask.max_tokens,
        "temperature": ask.temperature,
    }
    if ask.seed is not None:
        payload["seed"] = ask.seed
    if ask.reply is None:
        return payload
    schema = reply_schema(ask.reply)
    if way == "schema":
        payload["response_format"] = schema.response_format
        return payload
    if way == "json_mode":
        payload["response_format"] = {"type": "json_object"}
    messages[-1] = {**messages[-1], "content": messages[-1]["content"] + _WANTED.format(schema.text)}
    return payload


def repair_payload(ask: Ask, model: str, *, way: Way, text: str, errors: str) -> Payload:
    """The one further turn that asks for a reply to be mended."""
    payload = payload_of(ask, model, way=way)
    payload["messages"] += [
        {"role": "assistant", "content": text},
        {"role": "user", "content": _REPAIR.format(errors)},
    ]
    return payload


def payload_key(ask: Ask, model: str) -> str:
    """Hash of all that is asked: model, messages, schema and every further field."""
    payload = payload_of(ask, model)
    if ask.reply is not None:
        payload["response_format"] = reply_schema(ask.reply).text
    return content_id(canonical_json(payload))


def estimate_prompt(ask: Ask) -> int:
    """Prompt tokens of the question, schema included, by the rule of `estimate_tokens`."""
    texts = [message.content for message in ask.messages]
    schema = 0 if ask.reply is None else _schema_tokens(ask.reply)
    return sum(map(estimate_tokens, texts)) + _TOKENS_PER_MESSAGE * len(texts) + schema


@cache
def _schema_tokens(reply: type[BaseModel]) -> int:
    return estimate_tokens(reply_schema(reply).text)
