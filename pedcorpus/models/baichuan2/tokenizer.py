"""Baichuan2's tokenizer on SentencePiece itself: slower, and what the other one is measured by."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from transformers.tokenization_utils_sentencepiece import SentencePieceBackend

from pedcorpus.models.baichuan2.tokenizer_files import VOCABULARY_FILES, as_stated, keep_additions
from pedcorpus.models.checkpoints.tokenizer_model import PieceKind, pieces_of_kind, read_tokenizer_model

__all__ = ["BaichuanTokenizer"]


class BaichuanTokenizer(SentencePieceBackend):
    """Asks SentencePiece for the text between special tokens; named as the original's configuration names it."""

    vocab_files_names = {"vocab_file": VOCABULARY_FILES["vocab_file"]}  # noqa: RUF012  # transformers' form
    model_input_names = ["input_ids", "attention_mask"]  # noqa: RUF012
    padding_side = "left"

    def __init__(self, vocab_file: str, *, add_bos_token: bool = True, add_eos_token: bool = False, **kwargs: Any):
        model = read_tokenizer_model(Path(vocab_file))
        kwargs.setdefault("clean_up_tokenization_spaces", False)
        self.add_bos_token, self.add_eos_token = add_bos_token, add_eos_token
        super().__init__(vocab_file=vocab_file, add_bos_token=add_bos_token, add_eos_token=add_eos_token, **kwargs)
        controls = pieces_of_kind(model, PieceKind.CONTROL, PieceKind.UNKNOWN)
        self._add_tokens(list(controls), special_tokens=True)

    @classmethod
    def convert_to_native_format(cls, **kwargs: Any) -> dict[str, Any]:
        return as_stated(kwargs)

    def build_inputs_with_special_tokens(
        self, token_ids_0: list[int], token_ids_1: list[int] | None = None
    ) -> list[int]:
        begin = [self.bos_token_id] if self.add_bos_token else []
        end = [self.eos_token_id] if self.add_eos_token else []
        texts = [token_ids_0] if token_ids_1 is None else [token_ids_0, token_ids_1]
        return [number for ids in texts for number in (*begin, *ids, *end)]

    def convert_tokens_to_string(self, tokens: list[str]) -> str:
        specials = set(self.all_special_tokens)
        runs = groupby(tokens, key=lambda token: token in specials)
        return "".join("".join(run) if special else self.sp_model.decode(list(run)) for special, run in runs)

    def _save_pretrained(self, save_directory: Any, file_names: Any, *args: Any, **kwargs: Any) -> Any:
        names = super()._save_pretrained(save_directory, file_names, *args, **kwargs)
        keep_additions(Path(save_directory), begins=self.add_bos_token, ends=self.add_eos_token)
        return names
