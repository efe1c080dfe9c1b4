"""The one door to a language model: structured output, a cache of paid replies, budgets and retries."""

from pedcorpus.llm.ask import Ask, Endpoint, Fault, FaultReason, Outcome, Reply, Step
from pedcorpus.llm.asking import Patience
from pedcorpus.llm.budget import Budget, cost_of
from pedcorpus.llm.door import Door
from pedcorpus.llm.meter import Meter
from pedcorpus.llm.payload import estimate_prompt, payload_key
from pedcorpus.llm.store import ReplyStore
from pedcorpus.llm.tokens import estimate_tokens

__all__ = [
    "Ask",
    "Budget",
    "Door",
    "Endpoint",
    "Fault",
    "FaultReason",
    "Meter",
    "Outcome",
    "Patience",
    "Reply",
    "ReplyStore",
    "Step",
    "cost_of",
    "estimate_prompt",
    "estimate_tokens",
    "payload_key",
]
