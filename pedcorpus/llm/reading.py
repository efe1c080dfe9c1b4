"""What a model's replies to one question are worth: an answer, a fault, or one more turn. No network, no file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from pedcorpus.llm.ask import Ask, Fault, FaultReason, Outcome, Reply, Step
from pedcorpus.llm.payload import Way

__all__ = ["Exchange", "Repair", "read_exchanges"]

_MAX_ERRORS = 10  # of a reply that fits nowhere, the first ones tell enough
_MAX_STARTS = 50  # places in prose where JSON may begin
_REFUSAL = re.compile(
    r"\s*(?:(?:非常|很|十分)?(?:抱歉|对不起)[，,。！!\s]*(?:但|作为)?.{0,20}?(?:无法|不能|不便|没有办法)"
    r"|作为(?:一[个名款])?(?:AI|人工智能|语言模型).{0,30}?(?:无法|不能)"
    r"|我(?:无法|不能)(?:提供|协助|回答|满足|完成|生成)"
    r"|(?:I['’]m sorry|I am sorry|Sorry|I apologi[sz]e|Unfortunately)\b.{0,40}?\b(?:can['’]?t|cannot|unable|not able)\b"
    r"|I (?:can['’]?t|cannot|am unable to|['’]m unable to) (?:help|assist|provide|comply|answer|fulfil|create|do)"
    r"|As an AI\b.{0,60}?\b(?:can['’]?t|cannot|unable)\b)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_REFUSAL = 300  # characters: an apology inside a real answer is no refusal
_FENCED = re.compile(r"```(?:json|JSON)?\s*\n(.*?)```", re.DOTALL)
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


@dataclass(frozen=True)
class Exchange:
    """One request that was answered: what is kept of it."""

    key: str
    attempt: int
    """0 for the first asking; each retry of a fault counts one up."""
    turn: int
    """0 for the question, 1 for the repair."""
    way: Way
    status: int
    """HTTP status: 200, or 400 for a question that the server will never take."""
    raw: str
    """Body of the response, as it came."""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: int = 0
    """Prompt tokens as they were estimated; the measure of the rule."""


@dataclass(frozen=True)
class Repair:
    """The reply can be mended by one more turn."""

    text: str
    errors: str
    fault: Fault
    """What the reply is if nobody asks again."""


@dataclass(frozen=True)
class _Unfit:
    reason: FaultReason
    detail: str
    can_mend: bool = False


def read_exchanges(ask: Ask, exchanges: Sequence[Exchange], *, is_cached: bool = False) -> Outcome | Repair:
    """What the turns of one attempt, at least one of them, come to."""
    last = exchanges[-1]
    steps = list(_way_steps(ask, last.way))
    if last.status != 200:
        return Fault(last.key, "too_long", _error_text(last.raw), last.raw, tuple(steps), is_cached)
    text, finding = _message(last.raw)
    data: BaseModel | None = None
    if finding is None and ask.reply is not None:
        data, was_extracted, finding = _data(text, ask.reply)
        steps += ["extracted"] if was_extracted else []
    elif finding is None:
        finding = _prose_fault(text)
    steps += ["repaired"] if last.turn else []
    if finding is not None:
        fault = Fault(last.key, finding.reason, finding.detail, last.raw, tuple(steps), is_cached)
        return Repair(text, finding.detail, fault) if finding.can_mend and last.turn == 0 else fault
    paid = (sum(turn.prompt_tokens for turn in exchanges), sum(turn.completion_tokens for turn in exchanges))
    return Reply(last.key, text, data, *paid, tuple(steps), is_cached)


def _way_steps(ask: Ask, way: Way) -> tuple[Step, ...]:
    return (way,) if ask.reply is not None and way != "plain" else ()


def _message(raw: str) -> tuple[str, _Unfit | None]:
    """The text of the reply, and what alone makes it unusable."""
    try:
        choice = json.loads(raw)["choices"][0]
        message = choice["message"]
        text = message.get("content") or ""
        finish, refusal = choice.get("finish_reason"), message.get("refusal")
    except (ValueError, LookupError, TypeError, AttributeError):
        return "", _Unfit("server_error", f"the response is no chat completion: {raw[:200]!r}")
    if refusal:
        return text, _Unfit("refused", f"the model refused: {refusal}")
    if finish == "content_filter":
        return text, _Unfit("refused", "the server's content filter stopped the reply")
    if finish == "length":
        return text, _Unfit("truncated", f"the reply broke off after {len(text)} characters; raise max_tokens")
    return _THOUGHT.sub("", text), None


def _prose_fault(text: str) -> _Unfit | None:
    if not text.strip():
        return _Unfit("invalid_reply", "the reply is empty")
    return _Unfit("refused", f"the model refused: {text.strip()}") if _is_refusal(text) else None


def _is_refusal(text: str) -> bool:
    return len(text) <= _LONGEST_REFUSAL and _REFUSAL.match(text) is not None


def _data(text: str, model: type[BaseModel]) -> tuple[BaseModel | None, bool, _Unfit | None]:
    """The reply as `model`; whether it had to be cut out of prose; why there is none."""
    if _is_json(text):
        data, errors = _validated(text, model)
        return data, False, None if errors is None else _Unfit("invalid_reply", errors, can_mend=True)
    first_errors = None
    for candidate in _candidates(text):
        data, errors = _validated(candidate, model)
        if data is not None:
            return data, True, None
        first_errors = first_errors or errors
    if first_errors is not None:
        return None, True, _Unfit("invalid_reply", first_errors, can_mend=True)
    if _is_refusal(text):
        return None, False, _Unfit("refused", f"the model refused: {text.strip()}")
    return None, False, _Unfit("invalid_json", f"expected JSON, found {text[:80]!r}", can_mend=True)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _candidates(text: str) -> Iterator[str]:
    """Parts of prose that are JSON: what stands in fences, then objects and arrays anywhere."""
    yield from (block for block in _FENCED.findall(text) if _is_json(block))
    decoder, position = json.JSONDecoder(), 0
    for _ in range(_MAX_STARTS):
        starts = [place for sign in "{[" if (place := text.find(sign, position)) >= 0]
        if not starts:
            return
        try:
            _, end = decoder.raw_decode(text, min(starts))
        except (ValueError, RecursionError):
            position = min(starts) + 1
            continue
        yield text[min(starts) : end]
        position = end


def _validated(text: str, model: type[BaseModel]) -> tuple[BaseModel | None, str | None]:
    try:
        return model.model_validate_json(text), None
    except ValidationError as error:
        return None, "\n".join(_problems(error.errors(include_url=False, include_context=False)))


def _problems(errors: Sequence[Any]) -> Iterator[str]:  # pydantic's ErrorDetails
    for error in errors[:_MAX_ERRORS]:
        place = ".".join(str(part) for part in error["loc"]) or "reply"
        yield f"{place}: {error['msg']} (found {str(error['input'])[:80]!r})"
    if len(errors) > _MAX_ERRORS:
        yield f"and {len(errors) - _MAX_ERRORS} more"


def _error_text(raw: str) -> str:
    try:
        return str(json.loads(raw)["error"]["message"])
    except (ValueError, LookupError, TypeError):
        return raw[:200]
