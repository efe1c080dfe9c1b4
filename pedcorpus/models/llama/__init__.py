"""A Baichuan2 of the 7B layout as a Llama, for servers that know no Baichuan2; importing this needs no torch."""

from __future__ import annotations

from pedcorpus.models.llama.conversion import ConvertedModel, convert_to_llama

__all__ = ["ConvertedModel", "convert_to_llama"]
