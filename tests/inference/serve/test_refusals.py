"""What cannot be answered is refused in OpenAI's form, and the server goes on."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

pytestmark = pytest.mark.train

MESSAGES = [{"role": "user", "content": "发热？"}]
ASKED = {"model": "tiny", "messages": MESSAGES, "max_tokens": 4}


def sent(url, body, **headers):
    """Status and JSON of a request."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    request = Request(url, data, {"Content-Type": "application/json", **headers})
    try:
        with urlopen(request, timeout=20) as response:
            return response.status, json.load(response)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


def asked(**changes):
    return {**ASKED, **changes}


@pytest.mark.parametrize(
    ("body", "status", "code", "param"),
    [
        pytest.param(b'{"model": "tiny", "messa', 400, "invalid_json", None, id="half-a-body"),
        pytest.param(b"[" * 100_000, 400, "invalid_json", None, id="deeper-than-the-stack"),
        pytest.param(b"\xff\xfe{}", 400, "invalid_json", None, id="no-utf8"),
        pytest.param([], 400, None, None, id="no-object"),
        pytest.param(asked(model="gpt-4"), 404, "model_not_found", "model", id="unknown-model"),
        pytest.param(asked(messages=[]), 400, "invalid_value", "messages", id="no-messages"),
        pytest.param(asked(messages=MESSAGES * 3000), 400, "invalid_value", "messages", id="too-many-messages"),
        pytest.param({"model": "tiny"}, 400, "invalid_value", "messages", id="messages-left-out"),
        pytest.param(
            asked(messages=[{"role": "tool", "content": "x"}]), 400, "invalid_value", "messages.0.role", id="tool-turn"
        ),
        pytest.param(asked(n=2), 400, "invalid_value", "n", id="two-choices"),
        pytest.param(asked(max_tokens=0), 400, "invalid_value", "max_tokens", id="no-tokens"),
        pytest.param(asked(temperature=9), 400, "invalid_value", "temperature", id="too-hot"),
        pytest.param(asked(stop=["a"] * 5), 400, None, "stop", id="five-stops"),
        pytest.param(asked(tools=[{}]), 400, "unsupported_parameter", "tools", id="tools"),
        pytest.param(asked(logprobs=True), 400, "unsupported_parameter", "logprobs", id="logprobs"),
        pytest.param(asked(colour="red"), 400, "unknown_parameter", "colour", id="unknown-field"),
        pytest.param(
            asked(messages=[{"role": "user", "content": "热" * 80}]),
            400,
            "context_length_exceeded",
            "messages",
            id="longer-than-the-context",
        ),
    ],
)
def test_what_cannot_be_answered_is_refused(server, body, status, code, param):
    got, told = sent(f"{server.url}v1/chat/completions", body)
    assert (got, told["error"]["code"], told["error"]["param"]) == (status, code, param)
    assert told["error"]["message"]
    assert sent(f"{server.url}health", None)[0] == 200


@pytest.mark.parametrize(
    "harmless",
    [
        {"user": "a"},
        {"logprobs": False},
        {"presence_penalty": 0.0},
        {"tools": []},
        {"response_format": {"type": "text"}},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_fields_that_change_nothing_are_taken(server, harmless):
    assert sent(f"{server.url}v1/chat/completions", asked(**harmless))[0] == 200


def test_a_longer_conversation_gives_way_where_that_is_asked_for(server):
    long = [{"role": "user", "content": "热" * 80}, {"role": "assistant", "content": "水"}, *MESSAGES]
    got, told = sent(f"{server.url}v1/chat/completions", asked(messages=long, truncation="auto"))
    assert got == 200
    assert told["usage"]["prompt_tokens"] < 64


def test_content_may_come_in_parts(server):
    parts = [{"type": "text", "text": "发"}, {"type": "text", "text": "热？"}]
    whole = sent(f"{server.url}v1/chat/completions", ASKED)[1]
    told = sent(f"{server.url}v1/chat/completions", asked(messages=[{"role": "user", "content": parts}]))[1]
    assert told["choices"][0]["message"] == whole["choices"][0]["message"]


@pytest.mark.parametrize(
    ("path", "body", "headers", "status", "code"),
    [
        ("v1/nothing", None, {}, 404, "not_found"),
        ("v1/chat/completions", None, {}, 405, "method_not_allowed"),
        ("v1/chat/completions", b"{}", {"Content-Type": "text/plain"}, 415, "unsupported_media_type"),
        ("health", None, {"Host": "rebound.example"}, 421, "unknown_host"),
        ("health", None, {"Origin": "http://elsewhere.example"}, 403, "foreign_origin"),
        ("health", None, {"X-Forwarded-For": "192.0.2.7"}, 403, "proxy_without_key"),
    ],
)
def test_requests_that_come_otherwise_are_refused(server, path, body, headers, status, code):
    got, told = sent(f"{server.url}{path}", body, **headers)
    assert (got, told["error"]["code"]) == (status, code)


def test_ten_megabytes_are_refused(server, client):
    got, told = sent(f"{server.url}v1/chat/completions", b"x" * (10 << 20))
    assert (got, told["error"]["code"]) == (413, "request_too_large")
    assert client.models.list().data


def test_responses_are_strict_and_open_to_no_other_site(server):
    with urlopen(f"{server.url}health", timeout=20) as response:
        headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Medical-Warning"] == "not medical advice"
    assert not [name for name in headers if name.lower().startswith("access-control")]
