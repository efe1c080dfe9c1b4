from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pedcorpus.errors import EndpointError, StoreError, UsageError
from pedcorpus.llm import Budget, EndpointEmbedder, Filled, Vector, VectorStore, fill_vectors, vector_key
from tests.llm.asks import QUICK, endpoint
from tests.llm.server import Answer, ScriptedServer, pair_counts

TEXTS = {vector_key("scripted", text): text for text in (f"第{number}个孩子发热了怎么办" for number in range(90))}


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[VectorStore]:
    with VectorStore(tmp_path / "vectors.sqlite") as opened:
        yield opened


def fill(server: ScriptedServer, store: VectorStore, texts: Mapping[str, str] = TEXTS, **values: Any) -> Filled:
    values = {"texts_per_request": 8, "patience": QUICK, **values}
    with EndpointEmbedder(endpoint(server), **values) as embedder:
        return fill_vectors(store, texts, embedder, advance=lambda _: None)


def test_each_text_gets_its_own_vector_at_length_one(server: ScriptedServer, vectors: VectorStore) -> None:
    assert fill(server, vectors) == Filled(known=0, computed=90, left_out=0)
    import numpy as np

    for key, text in TEXTS.items():
        raw = pair_counts(text)
        kept = np.frombuffer(vectors.find([key])[key], "<f2")
        assert np.allclose(kept, np.array(raw) / math.hypot(*raw), atol=1e-3)


def test_a_text_is_paid_for_once(server: ScriptedServer, vectors: VectorStore) -> None:
    fill(server, vectors)
    more = {vector_key("scripted", "新的"): "新的", **TEXTS}
    assert fill(server, vectors, more) == Filled(known=90, computed=1, left_out=0)
    assert set(server.embedded.values()) == {1}


@pytest.mark.parametrize(
    "trouble",
    [Answer(status=429), Answer(status=500), Answer(is_cut=True)],
    ids=["429", "500", "connection cut"],
)
def test_troubles_cost_time_and_no_vectors(server: ScriptedServer, vectors: VectorStore, trouble: Answer) -> None:
    seen: Counter[str] = Counter()

    def embed(texts: list[str]) -> list[list[float]] | Answer:
        seen[texts[0]] += 1
        return trouble if seen[texts[0]] == 1 else [pair_counts(text) for text in texts]

    server.script.embed = embed
    assert fill(server, vectors).computed == 90


@pytest.mark.parametrize(
    ("status", "error"),
    [
        pytest.param(400, "maximum context length is 512 tokens", id="as providers say it"),
        pytest.param(500, "input is too large to process. increase the physical batch size", id="as llama.cpp does"),
    ],
)
def test_a_text_that_is_too_long_is_cut(server: ScriptedServer, vectors: VectorStore, status: int, error: str) -> None:
    def embed(texts: list[str]) -> list[list[float]] | Answer:
        is_long = any(len(text) > 300 for text in texts)
        return Answer(status=status, error=error) if is_long else [pair_counts(text) for text in texts]

    server.script.embed = embed
    assert fill(server, vectors, {**TEXTS, "long": "很长的回答" * 200}) == Filled(known=0, computed=91, left_out=0)


def test_a_refused_text_takes_no_other_with_it(server: ScriptedServer, vectors: VectorStore) -> None:
    def embed(texts: list[str]) -> list[list[float]] | Answer:
        return Answer(status=400, error="content_filter") if "坏" in texts else [pair_counts(text) for text in texts]

    server.script.embed = embed
    assert fill(server, vectors, {**TEXTS, "bad": "坏"}) == Filled(known=0, computed=90, left_out=1)


@pytest.mark.parametrize("value", [0.0, math.nan, math.inf], ids=str)
def test_a_vector_without_direction_is_left_out(server: ScriptedServer, vectors: VectorStore, value: float) -> None:
    server.script.embed = lambda texts: [[value, 0.0] for _ in texts]
    assert fill(server, vectors).left_out == 90


def test_a_server_without_embeddings_is_told(server: ScriptedServer, vectors: VectorStore) -> None:
    server.script.embed = lambda _: Answer(status=501, error="This server does not support embeddings")
    with pytest.raises(EndpointError, match="does not support embeddings"):
        fill(server, vectors)


def test_fewer_vectors_than_texts_end_the_run(server: ScriptedServer, vectors: VectorStore) -> None:
    server.script.embed = lambda texts: [[1.0, 0.0]] * (len(texts) - 1)
    with pytest.raises(EndpointError, match="7 embeddings for 8 texts"):
        fill(server, vectors)


def test_what_came_before_the_end_is_kept(server: ScriptedServer, vectors: VectorStore) -> None:
    served: list[int] = []

    def embed(texts: list[str]) -> list[list[float]] | Answer:
        served.append(len(texts))
        return [pair_counts(text) for text in texts] if len(served) <= 4 else Answer(status=401, error="key expired")

    server.script.embed = embed
    with pytest.raises(EndpointError):
        fill(server, vectors)
    kept = len(vectors.find(TEXTS))
    assert kept > 0
    server.script.embed = lambda texts: [pair_counts(text) for text in texts]
    assert fill(server, vectors) == Filled(known=kept, computed=90 - kept, left_out=0)


def test_a_cap_on_requests_ends_early(server: ScriptedServer, vectors: VectorStore) -> None:
    filled = fill(server, vectors, budget=Budget(max_requests=3))
    assert (filled.computed, filled.left_out) == (24, 66)


def test_a_cap_on_cost_needs_a_price(server: ScriptedServer, vectors: VectorStore) -> None:
    with pytest.raises(UsageError, match="input_price"):
        fill(server, vectors, budget=Budget(max_cost=1.0))


def test_two_at_once_pay_once(server: ScriptedServer, tmp_path: Path) -> None:
    server.script.latency_s = 0.05
    filled: list[Filled] = []

    def one() -> None:
        with VectorStore(tmp_path / "shared.sqlite") as store:
            filled.append(fill(server, store))

    both = [threading.Thread(target=one) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sum(each.computed for each in filled) == 90
    assert [each.known + each.computed for each in filled] == [90, 90]
    assert set(server.embedded.values()) == {1}


def test_the_key_never_reaches_the_file(
    server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-0001")
    server.script.key = "sk-very-secret-0001"
    with VectorStore(tmp_path / "v.sqlite") as store:
        assert fill(server, store).computed == 90
    assert all(b"very-secret" not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_damaged_vector_is_told(server: ScriptedServer, tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "v.sqlite"
    with VectorStore(path) as store:
        fill(server, store)
    with sqlite3.connect(path) as rows:
        rows.execute("UPDATE exchange SET raw = 'é'")
    rows.close()
    with VectorStore(path) as store, pytest.raises(StoreError, match="filled anew"):
        store.find(TEXTS)


def test_an_embedder_that_fails_gives_its_claims_up(vectors: VectorStore, tmp_path: Path) -> None:
    class Failing:
        name = "failing"

        def embed(self, texts: Mapping[str, str]) -> Iterator[Mapping[str, Vector]]:
            yield {next(iter(texts)): [1.0, 2.0]}
            raise EndpointError("gone")

    with pytest.raises(EndpointError):
        fill_vectors(vectors, TEXTS, Failing(), advance=lambda _: None)
    with VectorStore(tmp_path / "vectors.sqlite") as other:
        mine, theirs = other.claim(list(TEXTS))
    assert (len(mine), len(theirs)) == (89, 0)
