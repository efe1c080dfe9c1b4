"""Baichuan2 for transformers 5; importing this registers it with the Auto classes, so that no remote code is asked for.

The original's own code does not run on transformers 5. A config.json that names it (`auto_map`) is read as any other.
"""

from __future__ import annotations

from transformers import AutoConfig, AutoModel, AutoModelForCausalLM, AutoTokenizer

from pedcorpus.models.baichuan2.configuration import Baichuan2Config
from pedcorpus.models.baichuan2.head import NormHead
from pedcorpus.models.baichuan2.modeling import Baichuan2ForCausalLM, Baichuan2Model
from pedcorpus.models.baichuan2.tokenizer import BaichuanTokenizer
from pedcorpus.models.baichuan2.tokenizer_fast import BaichuanTokenizerFast

__all__ = [
    "Baichuan2Config",
    "Baichuan2ForCausalLM",
    "Baichuan2Model",
    "BaichuanTokenizer",
    "BaichuanTokenizerFast",
    "NormHead",
]

AutoConfig.register(Baichuan2Config.model_type, Baichuan2Config, exist_ok=True)
AutoModel.register(Baichuan2Config, Baichuan2Model, exist_ok=True)
AutoModelForCausalLM.register(Baichuan2Config, Baichuan2ForCausalLM, exist_ok=True)
AutoTokenizer.register(
    Baichuan2Config,
    slow_tokenizer_class=BaichuanTokenizer,
    fast_tokenizer_class=BaichuanTokenizerFast,
    exist_ok=True,
)
