"""Baichuan2's tokenizer as files that need no code of this project. Imports transformers."""

from __future__ import annotations

import json
from pathlib import Path

from pedcorpus.models.baichuan2.tokenizer_fast import BaichuanTokenizerFast

__all__ = ["write_tokenizer"]


def write_tokenizer(source: Path, target: Path) -> bool:
    """Writes tokenizer.json and its configuration for a class that transformers 4 and 5 know; false where none is.

    Not for Llama's own: that one puts a space before every text, which Baichuan2's does not.
    """
    if not any((source / name).is_file() for name in ("tokenizer.model", "tokenizer.json")):
        return False
    BaichuanTokenizerFast.from_pretrained(source).save_pretrained(target)
    path = target / "tokenizer_config.json"
    config = json.loads(path.read_text(encoding="utf-8")) | {"tokenizer_class": "PreTrainedTokenizerFast"}
    path.write_text(json.dumps(config, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return True
