from typing import Any

import pytest

from pedcorpus.errors import EndpointError
from pedcorpus.llm import Endpoint, check_endpoint
from tests.llm.asks import endpoint
from tests.llm.server import Answer, Payload, ScriptedServer


def held(payload: Payload) -> str:
    """As a model that is held to what it is asked for, and else says hello."""
    if payload.get("response_format"):
        return '{"colour": "teal-7"}'
    return "hello " * 9


def test_an_endpoint_that_honours_everything(server: ScriptedServer) -> None:
    server.script.answer, server.script.latency_s = held, 0.05
    report = check_endpoint(endpoint(server))
    assert (report.models, report.is_listed) == (("scripted",), True)
    assert (report.honours_schema, report.honours_json_mode) == (True, True)
    assert 0.05 <= report.latency_s < 1
    assert report.tokens_per_s == pytest.approx(54 / report.latency_s, rel=0.5)


@pytest.mark.parametrize("way", ["ignored", "rejected"])
def test_an_endpoint_that_honours_nothing(server: ScriptedServer, way: Any) -> None:
    server.script.answer, server.script.schema, server.script.json_mode = held, way, way
    report = check_endpoint(endpoint(server))
    assert (report.honours_schema, report.honours_json_mode) == (False, False)


def test_json_of_another_shape_is_no_honoured_schema(server: ScriptedServer) -> None:
    server.script.answer = lambda _: '{"greeting": "hello"}'
    assert check_endpoint(endpoint(server)).honours_schema is False


@pytest.mark.parametrize(
    ("at", "told"),
    [({"model": "other"}, "no such model"), ({"base_url": "http://127.0.0.1:9/v1"}, "nothing answers")],
    ids=["model", "nobody"],
)
def test_what_is_wrong_is_told(server: ScriptedServer, at: dict[str, Any], told: str) -> None:
    with pytest.raises(EndpointError, match=told):
        check_endpoint(endpoint(server, **at))


def test_a_server_that_is_too_slow_is_told(server: ScriptedServer) -> None:
    server.script.latency_s = 1
    with pytest.raises(EndpointError, match="raise timeout_s"):
        check_endpoint(endpoint(server, timeout_s=0.1))


def test_a_server_that_is_busy_is_told(server: ScriptedServer) -> None:
    server.script.answer = lambda _: Answer(status=503, error="Loading model")
    with pytest.raises(EndpointError, match="Loading model"):
        check_endpoint(Endpoint(server.base_url, "scripted"))
