"""The one door to a language model: structured output, a cache of paid replies, budgets and retries."""

from pedcorpus.llm.ask import Ask, Endpoint, Fault, FaultReason, Outcome, Reply, Step
from pedcorpus.llm.asking import Patience
from pedcorpus.llm.batch import BatchReport, batch_states, collect_batches, submit_batches
from pedcorpus.llm.budget import Budget, cost_of
from pedcorpus.llm.check import EndpointReport, check_endpoint
from pedcorpus.llm.door import Door
from pedcorpus.llm.embedding import EndpointEmbedder
from pedcorpus.llm.fence import boundary_around, defused, shown_between
from pedcorpus.llm.local import LOCAL_MODEL, serve_local
from pedcorpus.llm.meter import Meter
from pedcorpus.llm.payload import estimate_prompt, payload_key, payload_of
from pedcorpus.llm.store import Batch, ReplyStore
from pedcorpus.llm.tokens import estimate_tokens
from pedcorpus.llm.vectors import Embedder, Filled, Vector, VectorStore, fill_vectors, vector_key

__all__ = [
    "LOCAL_MODEL",
    "Ask",
    "Batch",
    "BatchReport",
    "Budget",
    "Door",
    "Embedder",
    "Endpoint",
    "EndpointEmbedder",
    "EndpointReport",
    "Fault",
    "FaultReason",
    "Filled",
    "Meter",
    "Outcome",
    "Patience",
    "Reply",
    "ReplyStore",
    "Step",
    "Vector",
    "VectorStore",
    "batch_states",
    "boundary_around",
    "check_endpoint",
    "collect_batches",
    "cost_of",
    "defused",
    "estimate_prompt",
    "estimate_tokens",
    "fill_vectors",
    "payload_key",
    "payload_of",
    "serve_local",
    "shown_between",
    "submit_batches",
    "vector_key",
]
