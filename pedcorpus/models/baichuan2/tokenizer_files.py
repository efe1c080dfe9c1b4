"""What both tokenizers make of the files around `tokenizer.model`, and write into them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["VOCABULARY_FILES", "as_stated", "keep_additions"]

VOCABULARY_FILES = {"vocab_file": "tokenizer.model", "tokenizer_file": "tokenizer.json"}

_ADDITIONS = {"add_bos_token": True, "add_eos_token": False}
"""What goes before and after a text, where the configuration is silent: the original's."""

_SPECIALS = {"unk_token": "<unk>", "bos_token": "<s>", "eos_token": "</s>", "pad_token": None}
"""The special tokens, likewise."""


def as_stated(kwargs: dict[str, Any]) -> dict[str, Any]:
    """A tokenizer's arguments as the folder's tokenizer_config.json states them; special tokens are met anywhere.

    transformers forgets what to add to a text where there is a tokenizer.json. The original's configuration has
    `single_word`: then `发热</s>` would not end, as a Chinese character before it belongs to a word; the original code
    itself appends the id.
    """
    files = [kwargs[name] for name in VOCABULARY_FILES if kwargs.get(name) is not None]
    stated = _stated(Path(files[0]).parent) if files else {}
    return {**_ADDITIONS, **stated, **_plain_specials(kwargs)}


def _stated(folder: Path) -> dict[str, Any]:
    path = folder / "tokenizer_config.json"
    config = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {name: config[name] for name in _ADDITIONS if name in config}


def _plain_specials(kwargs: dict[str, Any]) -> dict[str, Any]:
    added = {number: _plain(token) for number, token in (kwargs.get("added_tokens_decoder") or {}).items()}
    given = {name: kwargs.get(name, default) for name, default in _SPECIALS.items()}
    specials = {name: _plain(token, special=True) for name, token in given.items() if token is not None}
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
