"""Recipes made into what TRL takes: configuration, datasets, model and tokenizer. Imports torch when called."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pedcorpus.errors import SettingsError, UsageError
from pedcorpus.export import Export
from pedcorpus.models import OWN_TEMPLATE, chat_template
from pedcorpus.models.fitted_template import template_for
from pedcorpus.models.tiny import TinyShape, tiny_model, tiny_tokenizer
from pedcorpus.models.unloadable import load_errors, reason
from pedcorpus.training.plan import PlannedPhase
from pedcorpus.training.quantised import quantisation
from pedcorpus.training.recipe import Recipe

if TYPE_CHECKING:
    from peft import PeftModel
    from transformers import PreTrainedModel, PreTrainedTokenizerBase
    from trl.trainer.dpo_config import DPOConfig
    from trl.trainer.sft_config import SFTConfig

__all__ = ["load_base", "make_tiny", "no_dataset_bars", "trainer_config", "with_experts"]


_OURS = ("model_init_kwargs", "save_total_limit")
"""Keys that are carried out here: the model is loaded, and old checkpoints are let go, by us."""


def make_tiny(export: Export, recipe: Recipe, folder: Path) -> Path:
    """Writes a tiny model and tokenizer, made from the export's training texts, as `folder`, whole or not at all."""
    shape = TinyShape(**recipe.tiny)
    template = chat_template("default" if recipe.template == OWN_TEMPLATE else recipe.template)
    tokenizer = tiny_tokenizer(_texts(export), vocab_size=shape.vocab_size, chat_template=template or "")
    draft = folder.with_name(f".{folder.name}")
    tokenizer.save_pretrained(draft)
    tiny_model(tokenizer, shape).save_pretrained(draft)
    return draft.rename(folder)


def _texts(export: Export) -> Iterator[str]:
    yield from (row["text"] for row in export.rows("cpt", "train"))
    for row in itertools.chain(export.rows("sft", "train"), export.rows("mue", "train")):
        yield from (message["content"] for message in (*row["prompt"], *row["completion"]))


def load_base(path: Path, recipe: Recipe) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """Model and tokenizer from a folder, the tokenizer with the recipe's prompt template.

    Raises:
        UsageError: the folder holds no such model, or the tokenizer cannot serve.
    """
    from transformers import AutoModelForCausalLM

    import pedcorpus.models.baichuan2  # noqa: F401  # registers Baichuan2 with the Auto classes

    given = {**(recipe.trainer.get("model_init_kwargs") or {}), **quantisation(recipe.trainer)}
    tokenizer = _tokenizer(path, recipe, trust_remote_code=bool(given.get("trust_remote_code", False)))
    try:
        model = AutoModelForCausalLM.from_pretrained(path, **{"dtype": "float32", **given})
    except load_errors() as error:
        raise UsageError(f"{path}: cannot be loaded as a causal language model: {reason(error)}") from error
    _refuse_foreign_tokens(path, tokenizer, int(model.config.get_text_config().vocab_size))
    return model, tokenizer


def _tokenizer(path: Path, recipe: Recipe, *, trust_remote_code: bool) -> PreTrainedTokenizerBase:
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(path, trust_remote_code=trust_remote_code)
    except load_errors() as error:
        raise UsageError(f"{path}: cannot be loaded as a causal language model: {reason(error)}") from error
    for token, named in ((tokenizer.eos_token, "end-of-sequence"), (tokenizer.pad_token, "padding")):
        if token is None:
            key = "eos_token" if named == "end-of-sequence" else "pad_token"
            raise UsageError(f"{path}: its tokenizer has no {named} token; set {key} in tokenizer_config.json")
    if recipe.template != OWN_TEMPLATE:
        tokenizer.chat_template = template_for(recipe.template, path, tokenizer)
    elif tokenizer.chat_template is None:
        raise UsageError(
            f"{path}: its tokenizer has no prompt template of its own; name one in the recipe's `template`"
        )
    return tokenizer


def _refuse_foreign_tokens(path: Path, tokenizer: PreTrainedTokenizerBase, size: int) -> None:
    """What a conversation becomes has to be known to the model; tokens that no text becomes may be too many."""
    sample = [{"role": "user", "content": "孩子3岁，发热2天。"}, {"role": "assistant", "content": "请测体温。"}]
    ids = [tokenizer.eos_token_id, tokenizer.pad_token_id, *tokenizer.apply_chat_template(sample, return_dict=False)]
    if max(ids) >= size:
        raise UsageError(
            f"{path}: its tokenizer does not fit the model: a conversation gets the id {max(ids)}, the model knows "
            f"{size} tokens; take the tokenizer that came with the model"
        )


def with_experts(model: PreTrainedModel, recipe: Recipe) -> PeftModel:
    """`model` frozen, with the recipe's experts on it.

    Raises:
        SettingsError: the recipe's `mue` section does not fit the model.
    """
    from peft import get_peft_model

    from pedcorpus.models.mue import MueConfig

    try:
        return get_peft_model(model, MueConfig(task_type="CAUSAL_LM", **recipe.mue))
    except (ValueError, TypeError) as error:
        raise SettingsError(f"{recipe.phase}.yaml", [f"mue: {reason(error)}"]) from error


def trainer_config(planned: PlannedPhase, folder: Path, *, resume_from: Path | None = None) -> SFTConfig | DPOConfig:
    """TRL's configuration for a phase whose checkpoints go into `folder`.

    Raises:
        SettingsError: TRL refuses a value or a combination.
    """
    from trl.trainer.dpo_config import DPOConfig
    from trl.trainer.sft_config import SFTConfig

    config: Any = DPOConfig if planned.phase.config == "DPOConfig" else SFTConfig
    values: dict[str, Any] = {"disable_tqdm": True, "report_to": "none", "save_strategy": "no"}
    values |= {"logging_nan_inf_filter": False}  # a loss that is no number ends the run
    values |= {"eval_on_start": planned.measures and resume_from is None}
    values |= {"ddp_find_unused_parameters": False}  # every step uses all of them; looking for others takes time
    values |= {key: value for key, value in planned.recipe.trainer.items() if key not in _OURS}
    values |= {"resume_from_checkpoint": str(resume_from)} if resume_from else {}
    try:
        made: SFTConfig | DPOConfig = config(output_dir=str(folder), **values)
    except (ValueError, TypeError, ImportError) as error:
        raise SettingsError(f"{planned.phase.id}.yaml", [f"trainer: {reason(error)}"]) from error
    made.report_to = [name for name in made.report_to or () if name != "tensorboard"]  # `boards` does, always
    return made


@contextmanager
def no_dataset_bars() -> Iterator[None]:
    """No progress bars of the library `datasets` until the block ends."""
    import datasets

    shown = not datasets.are_progress_bars_disabled()
    datasets.disable_progress_bars()
    try:
        yield
    finally:
        if shown:
            datasets.enable_progress_bars()
