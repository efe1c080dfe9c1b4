"""What training and inference both load: prompt templates here; `mue` and `tiny`, which need torch, by their own name.

This front door stays free of torch, so that commands can name templates without it.
"""

from __future__ import annotations

from pedcorpus.models.identity import model_identity
from pedcorpus.models.templates import OWN_TEMPLATE, chat_template, template_names

__all__ = ["OWN_TEMPLATE", "chat_template", "model_identity", "template_names"]
