"""What a Baichuan2 model is made of: config.json as the original repositories have it, and as this project writes it.

One model type stands for two layouts. The 7B turns queries and keys by rotary positions, the 13B adds ALiBi's bias. The
original configurations do not name them: only the 7B's has `max_position_embeddings`.

Annotations are values here, because `strict` checks fields by them.
"""

from typing import Any

from huggingface_hub.dataclasses import strict
from transformers import PreTrainedConfig

__all__ = ["ALIBI", "ROTARY", "Baichuan2Config", "layout_of"]

ROTARY, ALIBI = "rotary", "alibi"


def layout_of(config: dict[str, Any]) -> str:
    """`rotary`, the 7B's, or `alibi`, the 13B's, by what a config.json holds."""
    named = config.get("position_embedding")
    return str(named) if named else (ALIBI if config.get("max_position_embeddings") is None else ROTARY)


@strict
class Baichuan2Config(PreTrainedConfig):
    """Settings of a Baichuan2 model; names are the original's, defaults are those of Baichuan2-13B."""

    model_type = "baichuan"
    keys_to_ignore_at_inference = ("past_key_values",)

    vocab_size: int = 125_696
    hidden_size: int = 5120
    intermediate_size: int = 13_696
    num_hidden_layers: int = 40
    num_attention_heads: int = 40
    hidden_act: str = "silu"
    max_position_embeddings: int | None = None
    """Tokens of the longest sequence in the 7B layout; the 13B's is `model_max_length` alone."""
    model_max_length: int = 4096
    position_embedding: str | None = None
    """`rotary` or `alibi`; none takes what `layout_of` finds. The original's code does not know this key."""
    initializer_range: float = 0.02
    rms_norm_eps: float = 1e-6
    use_cache: bool = True
    z_loss_weight: float | int = 0
    """Weight of the mean squared greatest logit in the loss (Baichuan 2, arXiv 2309.10305, section 2.4)."""
    pad_token_id: int | None = 0
    bos_token_id: int | None = 1
    eos_token_id: int | list[int] | None = 2
    tie_word_embeddings: bool = False

    def __post_init__(self, **kwargs: Any) -> None:
        """Names the layout where nothing does."""
        self.position_embedding = layout_of(vars(self))
        if self.position_embedding == ROTARY and self.max_position_embeddings is None:
            self.max_position_embeddings = self.model_max_length
        super().__post_init__(**kwargs)

    @property
    def is_alibi(self) -> bool:
        """Whether it is the 13B's layout."""
        return self.position_embedding == ALIBI

    @property
    def head_dim(self) -> int:
        """Width of one attention head."""
        return self.hidden_size // self.num_attention_heads

    def validate_architecture(self) -> None:
        """Refuses what makes no model.

        Raises:
            ValueError: heads do not divide the width, or there is no such layout.
        """
        if self.hidden_size % self.num_attention_heads:
            raise ValueError(
                f"hidden_size is {self.hidden_size}, which {self.num_attention_heads} attention heads do not divide"
            )
        if self.position_embedding not in (ROTARY, ALIBI):
            raise ValueError(f"position_embedding is {self.position_embedding!r}, expected {ROTARY!r} or {ALIBI!r}")

    def to_dict(self) -> dict[str, Any]:
        """As written to config.json: architectures by the names that vLLM and the original repository know."""
        written: dict[str, Any] = super().to_dict()
        if names := written.get("architectures"):
            written["architectures"] = [name.replace("Baichuan2", "Baichuan") for name in names]
        if self.max_position_embeddings is None:
            del written["max_position_embeddings"]  # the original's 13B has no such key
        return written
