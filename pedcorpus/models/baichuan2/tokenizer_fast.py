"""Baichuan2's tokenizer on the library `tokenizers`: what `AutoTokenizer` gives, made of `tokenizer.model`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from transformers import TokenizersBackend

from pedcorpus.errors import UsageError
from pedcorpus.models.baichuan2.tokenizer_building import built_tokenizer
from pedcorpus.models.baichuan2.tokenizer_files import VOCABULARY_FILES, as_stated, keep_additions
from pedcorpus.models.checkpoints.tokenizer_model import read_tokenizer_model

__all__ = ["BaichuanTokenizerFast"]


class BaichuanTokenizerFast(TokenizersBackend):
    """Gives the ids that SentencePiece gives with the checkpoint's `tokenizer.model`.

    `tokenizer.json` is read where there is one; without it, it is made of `tokenizer.model`. Both are saved, so that
    the original code can read the folder, too.
    """

    vocab_files_names = VOCABULARY_FILES
    model_input_names = ["input_ids", "attention_mask"]  # noqa: RUF012  # transformers' form
    padding_side = "left"

    @classmethod
    def convert_to_native_format(cls, trust_remote_code: bool = False, **kwargs: Any) -> dict[str, Any]:
        """The arguments of a tokenizer, from the files of a folder.

        Raises:
            UsageError: `tokenizer.model` is cut off, or another kind of file; or there is none.
        """
        if all(kwargs.get(name) is None for name in (*VOCABULARY_FILES, "tokenizer_object")):
            raise UsageError(f"{kwargs.get('name_or_path')}: holds no tokenizer; expected its tokenizer.model")
        kwargs = as_stated(kwargs)
        if kwargs.get("tokenizer_file") is None and kwargs.get("vocab_file") is not None:
            return {**kwargs, "tokenizer_object": built_tokenizer(read_tokenizer_model(Path(kwargs["vocab_file"])))}
        native: dict[str, Any] = super().convert_to_native_format(trust_remote_code, **kwargs)
        return native

    def save_vocabulary(self, save_directory: str, filename_prefix: str | None = None) -> Any:  # names of files
        given = Path(getattr(self, "vocab_file", None) or "")
        target = Path(save_directory) / f"{filename_prefix + '-' if filename_prefix else ''}{given.name}"
        if not given.is_file():
            return ()
        if given.resolve() != target.resolve():
            shutil.copyfile(given, target)
        return (str(target),)

    def _save_pretrained(self, save_directory: Any, file_names: Any, *args: Any, **kwargs: Any) -> Any:
        names = super()._save_pretrained(save_directory, file_names, *args, **kwargs)
        keep_additions(Path(save_directory), begins=bool(self.add_bos_token), ends=bool(self.add_eos_token))
        return (*names, *self.save_vocabulary(str(save_directory)))
