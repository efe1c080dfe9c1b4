"""OpenAI's routes, and `/health`."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from pedcorpus.inference.chat import WARNING
from pedcorpus.inference.prompt import Message
from pedcorpus.inference.serve.answers import Answer, EventStream, whole_response
from pedcorpus.inference.serve.asked import ChatAsked, CompletionAsked, read_asked
from pedcorpus.inference.serve.listening import ClientLeft
from pedcorpus.inference.serve.refusal import Refused
from pedcorpus.inference.serve.service import Answering, Service
from pedcorpus.inference.serve.told import ChatShape, TextShape

__all__ = ["router", "service_of"]

router = APIRouter()


def service_of(request: Request) -> Service:
    """The service of the application that a request came to."""
    service: Service = request.app.state.service
    return service


@router.get("/health")
def health(request: Request) -> dict[str, Any]:
    """Whether the server answers, and how busy it is."""
    running, waiting = service_of(request).engine.load
    return {"status": "ok", "running": running, "waiting": waiting, "warning": WARNING}


@router.get("/v1/models")
def models(request: Request) -> dict[str, Any]:
    """The one model there is."""
    return {"object": "list", "data": [_model(service_of(request))]}


@router.get("/v1/models/{name:path}")
def model(name: str, request: Request) -> dict[str, Any]:
    """The same by its name."""
    service_of(request).check_model(name)
    return _model(service_of(request))


@router.post("/v1/chat/completions")
async def chat_completion(request: Request) -> Response:
    """The next turn of a conversation."""
    service = service_of(request)
    asked = read_asked(ChatAsked, await _json(request))
    service.check_model(asked.model)
    messages = asked.conversation()
    preface = service.hooks.preface
    emergency = await asyncio.to_thread(preface, messages) if preface else None
    answering, trouble = await _conversation(service, asked, messages, emergency)
    shape = ChatShape(f"chatcmpl-{secrets.token_hex(12)}", service.name, int(time.time()))
    answer = Answer(shape, answering, emergency, trouble, asked.tells_usage, messages, service.hooks.sources)
    return await _response(answer, request, streams=bool(asked.stream))


@router.post("/v1/completions")
async def completion(request: Request) -> Response:
    """How a text goes on, without any template."""
    service = service_of(request)
    asked = read_asked(CompletionAsked, await _json(request))
    service.check_model(asked.model)
    shape = TextShape(f"cmpl-{secrets.token_hex(12)}", service.name, int(time.time()))
    answer = Answer(shape, await service.answer_text(asked), tells_usage=asked.tells_usage)
    return await _response(answer, request, streams=bool(asked.stream))


async def _conversation(
    service: Service, asked: ChatAsked, messages: list[Message], emergency: str | None
) -> tuple[Answering | None, str | None]:
    """The model's reply on its way, or why there is none: advice for an emergency is told without one too."""
    try:
        return await service.answer_conversation(asked, messages), None
    except Refused as refused:
        if emergency is None:
            raise
        return None, refused.code


async def _response(answer: Answer, request: Request, *, streams: bool) -> Response:
    if streams:
        return EventStream(answer)
    try:
        return await whole_response(answer, request.receive)
    except ClientLeft:
        return Response(status_code=499)  # nobody reads it


async def _json(request: Request) -> Any:  # any JSON value
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "send the request as Content-Type: application/json", code="unsupported_media_type")
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise Refused(400, f"the body is no JSON: {error}", code="invalid_json") from error


def _model(service: Service) -> dict[str, Any]:
    return {"id": service.name, "object": "model", "created": service.created, "owned_by": "pedcorpus"}


def not_found(request: Request, error: Exception) -> Response:  # noqa: ARG001  # starlette's signature
    """There is no such address."""
    return Refused(404, f"there is nothing at {request.method} {request.url.path}", code="not_found").response()


def wrong_method(request: Request, error: Exception) -> Response:  # noqa: ARG001  # starlette's signature
    """The address takes another method."""
    return Refused(405, f"{request.url.path} takes no {request.method}", code="method_not_allowed").response()


def failed(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001  # starlette's signature
    """An error of ours; the log has it."""
    return JSONResponse(Refused(500, "the server failed at this request", code="internal_error").body, 500)
