"""The one door to a language model: structured output, a cache of paid replies, budgets and retries."""

from pedcorpus.llm.ask import Ask, Endpoint, Fault, FaultReason, Outcome, Reply, Step

__all__ = ["Ask", "Endpoint", "Fault", "FaultReason", "Outcome", "Reply", "Step"]
