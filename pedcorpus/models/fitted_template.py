"""A named prompt template with a model's own tokens: what begins its texts, and what marks turns in `baichuan2`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pedcorpus.errors import UsageError
from pedcorpus.models.templates import TURN_TOKENS, chat_template

__all__ = ["template_for"]


def template_for(name: str, folder: Path, tokenizer: Any) -> str | None:  # transformers' tokenizers share no plain type
    """The Jinja text of a named template for the model in `folder`; none for the tokenizer's own.

    `default` and `chatml` begin with the beginning-of-sequence token where the tokenizer puts one before any text: a
    model that was trained with it (Gemma, Llama) says nothing sensible without. `baichuan2` is as published, without;
    where generation_config.json has `user_token_id` and `assistant_token_id`, it marks turns with those.

    Raises:
        UsageError: no template has that name; or such an id is none of the tokenizer's, or ordinary text.
    """
    text = chat_template(name)
    if text is None:
        return None
    if name != "baichuan2":
        return f"{{{{- bos_token -}}}}\n{text}" if _begins(tokenizer) else text
    path = folder / "generation_config.json"
    given = _read(path)
    named = {
        spelled: _quoted(_token(path, key, given[key], tokenizer))
        for key, spelled in TURN_TOKENS.items()
        if isinstance(given.get(key), int)
    }
    # at once: what marks one turn here may be what marks the other in the published vocabulary
    return re.sub("|".join(TURN_TOKENS.values()), lambda match: named.get(match[0], match[0]), text)


def _begins(tokenizer: Any) -> bool:
    """Whether this tokenizer puts its beginning-of-sequence token before a text."""
    first = tokenizer.bos_token_id
    return first is not None and tokenizer("a").input_ids[0] == first


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        given = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as JSON: {error}") from error
    return given if isinstance(given, dict) else {}


def _token(path: Path, key: str, number: int, tokenizer: Any) -> str:
    """The text of the token `number`, which becomes that token wherever it stands."""
    if not 0 <= number < len(tokenizer):
        raise UsageError(
            f"{path}: {key} is {number}, but the tokenizer knows {len(tokenizer)} tokens; take both from the same model"
        )
    token = str(tokenizer.convert_ids_to_tokens(number))
    if number in tokenizer.added_tokens_decoder:
        return token
    if number in tokenizer.encode(f"\n{token}\n", add_special_tokens=False):
        raise UsageError(
            f"{path}: {key} is {number}, which is {token!r} in the tokenizer, a piece of ordinary text; take tokenizer "
            "and generation_config.json from the same model"
        )
    _match_whole(tokenizer, token)
    return token


def _match_whole(tokenizer: Any, token: str) -> None:
    """From now on the text of `token`, which no text became, is that token."""
    from tokenizers import AddedToken

    tokenizer.add_tokens([AddedToken(token, normalized=False, special=True)], special_tokens=True)


def _quoted(token: str) -> str:
    """As it stands between single quotes in Jinja."""
    return token.replace("\\", "\\\\").replace("'", "\\'")
