"""The workspace's embedding model, and a vector for each row that stands: from the kept file, else from the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pedcorpus.corpus import Corpus, current_duplicates, current_sources, load_instructions, to_compare
from pedcorpus.engine import batches
from pedcorpus.errors import StoreError, UsageError
from pedcorpus.flow.progress import Stage
from pedcorpus.llm import Budget, Embedder, Endpoint, EndpointEmbedder, VectorStore, fill_vectors, vector_key
from pedcorpus.records import Instruction
from pedcorpus.settings import Workspace

__all__ = ["Embedded", "embed", "embedded_text", "has_embedder", "open_embedder", "portions"]

_BATCH = 4_000
"""Instructions loaded, and vectors filled, at a time."""


def has_embedder(workspace: Workspace) -> bool:
    """Do the settings name an embedding model?"""
    return bool(workspace.settings.curate.embeddings.model)


@contextmanager
def open_embedder(workspace: Workspace) -> Iterator[Embedder]:
    """The model that the settings name; its library, or the line to its server, is opened with the first text.

    Raises:
        UsageError: none is named, or it cannot be used.
    """
    settings = workspace.settings.curate.embeddings
    if not settings.model:
        raise UsageError(
            "no embedding model is named; set curate.embeddings.model in pedcorpus.toml to the folder of a "
            "sentence-transformers model, or to a model's name at curate.embeddings.base_url"
        )
    with ExitStack() as stack:
        if settings.base_url:
            endpoint = Endpoint(
                base_url=settings.base_url,
                model=settings.model,
                key_variable=settings.key_variable,
                concurrency=settings.concurrency,
                timeout_s=settings.timeout_s,
                input_price=settings.input_price,
            )
            budget = Budget(max_cost=settings.max_cost or None)
            yield stack.enter_context(
                EndpointEmbedder(endpoint, texts_per_request=settings.texts_per_request, budget=budget)
            )
        else:
            from pedcorpus.models.sentences import FolderEmbedder

            yield FolderEmbedder(workspace.root / settings.model)


@dataclass
class Embedded:
    """A vector for each text that has one."""

    vectors: npt.NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), dtype=np.float32))
    """Of length one, in the order of `places`."""
    places: list[int] = field(default_factory=list)
    """Which of the texts these are of, in order."""
    computed: int = 0
    left_out: int = 0


def embedded_text(instruction: Instruction) -> str:
    """What is embedded of a row: all that it teaches, the question first, since models read only so far."""
    return f"{instruction.user_text()}\n{instruction.answer_text()}"


def portions(corpus: Corpus) -> Iterator[tuple[Sequence[Instruction], Mapping[str, tuple[bool, bool]]]]:
    """Instructions that stand and copy no other, by id, in portions, with whether each is accepted, and sound."""
    with corpus.unit(read_only=True) as unit:
        copies = {row.instruction for row in current_duplicates(unit).values() if not row.kept}
        standing = {row.id: (row.accepted, row.sound) for row in to_compare(unit) if row.id not in copies}
        sources = current_sources(unit)
    for ids in batches(standing, _BATCH):
        with corpus.unit(read_only=True) as unit:
            loaded = list(load_instructions(unit, ids, sources))
        yield loaded, standing


def embed(
    workspace: Workspace, embedder: Embedder, portions_of_texts: Iterator[Sequence[str]], *, stage: Stage
) -> Embedded:
    """A vector for each text, portion by portion; what was computed is kept, whatever comes after.

    Raises:
        EndpointError: the server cannot be used.
        StoreError: vectors cannot be kept, or those that are kept do not fit together.
    """
    made, parts, place = Embedded(), list[npt.NDArray[np.float32]](), 0
    with VectorStore(workspace.vectors_path) as store:
        for texts in portions_of_texts:
            keys = [vector_key(embedder.name, text) for text in texts]
            filled = fill_vectors(store, dict(zip(keys, texts, strict=True)), embedder, advance=stage.advance)
            made.computed += filled.computed
            kept = store.find(set(keys))
            present = [offset for offset, key in enumerate(keys) if key in kept]
            made.left_out += len(keys) - len(present)
            made.places += [place + offset for offset in present]
            if present:
                parts.append(_matrix([kept[keys[offset]] for offset in present], workspace))
            place += len(texts)
    if len({part.shape[1] for part in parts}) > 1:
        raise _unlike(workspace)
    if parts:
        made.vectors = np.concatenate(parts)
    return made


def _matrix(raw: Sequence[bytes], workspace: Workspace) -> npt.NDArray[np.float32]:
    if len(set(map(len, raw))) > 1:
        raise _unlike(workspace)
    rows = np.frombuffer(b"".join(raw), dtype="<f2").reshape(len(raw), -1).astype(np.float32)
    unit: npt.NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _unlike(workspace: Workspace) -> StoreError:
    return StoreError(
        f"{workspace.vectors_path}: vectors of one model have different lengths; another model answers under its name "
        "now: move the file away, it is filled anew"
    )
