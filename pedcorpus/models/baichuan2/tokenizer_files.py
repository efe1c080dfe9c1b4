"""What both tokenizers make of the files around `tokenizer.model`, and write into them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["VOCABULARY_FILES", "keep_additions", "plain_specials"]

VOCABULARY_FILES = {"vocab_file": "tokenizer.model", "tokenizer_file": "tokenizer.json"}

_SPECIALS = ("unk_token", "bos_token", "eos_token", "pad_token")


def plain_specials(kwargs: dict[str, Any]) -> dict[str, Any]:
    """A tokenizer's arguments with its special tokens matched wherever they stand.

    The original's configuration has `single_word`: then `发热</s>` would not end, as a Chinese character before it
    belongs to a word. The original itself appends the id.
    """
    added = {number: _plain(token) for number, token in (kwargs.get("added_tokens_decoder") or {}).items()}
    specials = {name: _plain(kwargs[name], special=True) for name in _SPECIALS if kwargs.get(name) is not None}
    return {**kwargs, **specials, "added_tokens_decoder": added}


def _plain(token: Any, *, special: bool = False) -> Any:  # an AddedToken or its text
    from tokenizers import AddedToken

    if not special and not token.special:
        return token
    return AddedToken(str(token), special=True, normalized=False)


def keep_additions(folder: Path, *, begins: bool, ends: bool) -> None:
    """Writes into a saved tokenizer_config.json what transformers leaves out and the original code asks for.

    Where the original code lies is left out: it is not in the folder, and is not needed.
    """
    path = folder / "tokenizer_config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config |= {"add_bos_token": begins, "add_eos_token": ends}
    config.pop("auto_map", None)
    path.write_text(json.dumps(config, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
