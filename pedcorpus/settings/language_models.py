"""Settings of the language models that write: where they are, and what they may cost."""

from __future__ import annotations

from pydantic import Field

from pedcorpus.settings.section import Section

__all__ = ["LlmSettings", "WeakLlmSettings"]


class WeakLlmSettings(Section):
    """The weak model whose answers are rejected in preference pairs; its server may be a local one."""

    base_url: str = ""
    """Where the server is; empty takes that of the strong model."""
    model: str = ""
    """Name of the model as the server knows it; without one, no pairs are made with a model."""
    key_variable: str = "OPENAI_API_KEY"
    """Environment variable that holds its key."""
    concurrency: int = Field(default=16, ge=1, le=1024)
    """Requests in flight at most."""
    timeout_s: float = Field(default=120.0, gt=0)
    """Seconds that one request may take."""
    input_price: float = Field(default=0.0, ge=0)
    """Price of a million prompt tokens, in the currency of the strong model's prices."""
    output_price: float = Field(default=0.0, ge=0)
    """Price of a million completion tokens."""
    max_tokens: int = Field(default=512, ge=1)
    """Room for its answer; a reply that runs out of it is a failure."""


class LlmSettings(Section):
    """The language model that writes drafts: any server that speaks OpenAI's chat completions."""

    base_url: str = "http://127.0.0.1:8080/v1"
    """Where the server is; `pedcorpus llm serve-local` starts one at the default."""
    model: str = ""
    """Name of the model as the server knows it."""
    key_variable: str = "OPENAI_API_KEY"
    """Environment variable that holds the key; the key itself is never written anywhere."""
    concurrency: int = Field(default=16, ge=1, le=1024)
    """Requests in flight at most."""
    timeout_s: float = Field(default=120.0, gt=0)
    """Seconds that one request may take."""
    input_price: float = Field(default=0.0, ge=0)
    """Price of a million prompt tokens, in any currency."""
    output_price: float = Field(default=0.0, ge=0)
    """Price of a million completion tokens."""
    max_cost: float = Field(default=0.0, ge=0)
    """A run stops before it costs more; 0 sets no cap."""
    max_requests: int = Field(default=0, ge=0)
    """A run stops after so many requests; 0 sets no cap."""
    weak: WeakLlmSettings = WeakLlmSettings()
    """The weak model of preference pairs."""
