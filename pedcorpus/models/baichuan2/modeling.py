"""Baichuan2 as transformers' models are: blocks between embedding and normalised head, cache, masks, generation.

Formulas: Baichuan 2, arXiv 2309.10305. Tensors are named as in the original checkpoints.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from transformers import initialization as init
from transformers.cache_utils import Cache, DynamicCache
from transformers.generation.utils import GenerationMixin
from transformers.masking_utils import create_causal_mask
from transformers.modeling_outputs import BaseModelOutputWithPast, CausalLMOutputWithPast
from transformers.modeling_utils import PreTrainedModel
from transformers.utils.generic import can_return_tuple, merge_with_config_defaults
from transformers.utils.output_capturing import capture_outputs

from pedcorpus.models.baichuan2.configuration import Baichuan2Config
from pedcorpus.models.baichuan2.head import NormHead
from pedcorpus.models.baichuan2.layers import Baichuan2Attention, Baichuan2Layer, Baichuan2RMSNorm
from pedcorpus.models.baichuan2.positions import alibi_coordinates, rotary_angles

__all__ = ["Baichuan2ForCausalLM", "Baichuan2Model", "Baichuan2PreTrainedModel"]


class Baichuan2PreTrainedModel(PreTrainedModel):
    """What transformers asks of every class of the model."""

    config: Baichuan2Config
    config_class = Baichuan2Config
    base_model_prefix = "model"
    supports_gradient_checkpointing = True
    _no_split_modules = ["Baichuan2Layer"]  # noqa: RUF012  # transformers' form
    _skip_keys_device_placement = ["past_key_values"]  # noqa: RUF012
    _keys_to_ignore_on_load_unexpected = [r"rotary_emb\.inv_freq$"]  # noqa: RUF012  # computed here
    _supports_sdpa = True
    _supports_flash_attn = True
    _supports_attention_backend = True
    _can_compile_fullgraph = True
    _can_record_outputs = {"hidden_states": Baichuan2Layer, "attentions": Baichuan2Attention}  # noqa: RUF012

    @torch.no_grad()
    def _init_weights(self, module: nn.Module) -> None:
        super()._init_weights(module)
        if isinstance(module, NormHead):
            init.normal_(module.weight, std=self.config.initializer_range)


class Baichuan2Model(Baichuan2PreTrainedModel):
    """Token ids to the last block's normalised states."""

    def __init__(self, config: Baichuan2Config) -> None:
        super().__init__(config)
        self.embed_tokens = nn.Embedding(config.vocab_size, config.hidden_size, config.pad_token_id)
        self.layers = nn.ModuleList(Baichuan2Layer(config, index) for index in range(config.num_hidden_layers))
        self.norm = Baichuan2RMSNorm(config.hidden_size, config.rms_norm_eps)
        self.gradient_checkpointing = False
        self.post_init()

    @merge_with_config_defaults
    @capture_outputs
    def forward(
        self,
        input_ids: Tensor | None = None,
        attention_mask: Tensor | None = None,
        position_ids: Tensor | None = None,
        past_key_values: Cache | None = None,
        inputs_embeds: Tensor | None = None,
        use_cache: bool | None = None,
        **kwargs: Any,  # the attention function's
    ) -> BaseModelOutputWithPast:
        if (input_ids is None) == (inputs_embeds is None):
            raise ValueError("expected either input_ids or inputs_embeds")
        hidden = self.embed_tokens(input_ids) if inputs_embeds is None else inputs_embeds
        if use_cache and past_key_values is None:
            past_key_values = DynamicCache(config=self.config)
        if position_ids is None:
            seen = past_key_values.get_seq_length() if past_key_values is not None else 0
            position_ids = (torch.arange(hidden.shape[1], device=hidden.device) + seen).unsqueeze(0)
        mask = create_causal_mask(
            config=self.config,
            inputs_embeds=hidden,
            attention_mask=attention_mask,
            past_key_values=past_key_values,
            position_ids=position_ids,
        )
        positions = self._positions(position_ids, hidden.dtype)
        for layer in self.layers:
            hidden = layer(
                hidden,
                position_embeddings=positions,
                attention_mask=mask,
                past_key_values=past_key_values,
                position_ids=position_ids,
                **kwargs,
            )
        return BaseModelOutputWithPast(last_hidden_state=self.norm(hidden), past_key_values=past_key_values)

    def _positions(self, position_ids: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
        """Made once for all blocks."""
        width = self.config.head_dim
        if not self.config.is_alibi:
            return rotary_angles(position_ids, head_dim=width)
        return alibi_coordinates(position_ids, heads=self.config.num_attention_heads, head_dim=width, dtype=dtype)


class Baichuan2ForCausalLM(Baichuan2PreTrainedModel, GenerationMixin):
    """Baichuan2, 7B or 13B layout, with its normalised output head."""

    _tied_weights_keys = {"lm_head.weight": "model.embed_tokens.weight"}  # noqa: RUF012

    def __init__(self, config: Baichuan2Config) -> None:
        super().__init__(config)
        self.model = Baichuan2Model(config)
        self.lm_head = NormHead(config.hidden_size, config.vocab_size)
        self.post_init()

    def get_output_embeddings(self) -> Any:
        """The head with its normalised matrix as `weight`, for trainers, which project by that alone."""
        return self.lm_head.normalised

    @can_return_tuple
    def forward(
        self,
        input_ids: Tensor | None = None,
        attention_mask: Tensor | None = None,
        position_ids: Tensor | None = None,
        past_key_values: Cache | None = None,
        inputs_embeds: Tensor | None = None,
        labels: Tensor | None = None,
        use_cache: bool | None = None,
        logits_to_keep: int | Tensor = 0,
        **kwargs: Any,  # the attention function's and the loss's
    ) -> CausalLMOutputWithPast:
        outputs = self.model(
            input_ids=input_ids,
            attention_mask=attention_mask,
            position_ids=position_ids,
            past_key_values=past_key_values,
            inputs_embeds=inputs_embeds,
            use_cache=use_cache,
            **kwargs,
        )
        kept = slice(-logits_to_keep, None) if isinstance(logits_to_keep, int) else logits_to_keep
        logits = self.lm_head(outputs.last_hidden_state[:, kept])
        return CausalLMOutputWithPast(
            loss=None if labels is None else self._loss(logits, labels, **kwargs),
            logits=logits,
            past_key_values=outputs.past_key_values,
            hidden_states=outputs.hidden_states,
            attentions=outputs.attentions,
        )

    def _loss(self, logits: Tensor, labels: Tensor, **kwargs: Any) -> Tensor:
        loss: Tensor = self.loss_function(logits=logits, labels=labels, vocab_size=self.config.vocab_size, **kwargs)
        if not self.config.z_loss_weight:
            return loss
        return loss + self.config.z_loss_weight * logits[:, :-1].float().amax(-1).square().mean()

    def _get_resized_lm_head(self, old_lm_head: Any, *args: Any, **kwargs: Any) -> Any:
        """The head for another number of tokens, its rows as they were stored."""
        stored = old_lm_head.head.weight
        vocab_size, hidden_size = stored.shape
        linear = nn.Linear(hidden_size, vocab_size, bias=False, device="meta")
        linear.weight = stored
        resized = super()._get_resized_lm_head(linear, *args, **kwargs)
        head = NormHead(resized.in_features, resized.out_features)
        head.weight = nn.Parameter(resized.weight)
        return head
