"""`dataset_info.json`: how LLaMA-Factory learns which columns of which file mean what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pedcorpus.export.formats.format import LineFile

__all__ = ["alpaca_entry", "dataset_info", "dataset_names", "sharegpt_entry", "train_with"]

_TAGS = {
    "role_tag": "from",
    "content_tag": "value",
    "user_tag": "human",
    "assistant_tag": "gpt",
    "system_tag": "system",
}

_STAGES = {"cpt": "pt", "sft": "sft", "dfpo": "dpo", "mue": "sft"}
"""What LLaMA-Factory calls the phase that trains on a view."""


def dataset_names(files: Sequence[LineFile]) -> dict[str, LineFile]:
    """The name under which each file is registered, as `sft_train`."""
    return {f"{file.view}_{file.split}": file for file in files}


def dataset_info(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:  # JSON values
    """The file that LLaMA-Factory looks for in its `dataset_dir`."""
    return {"dataset_info.json": dict(entries)}


def alpaca_entry(file: LineFile) -> dict[str, Any]:  # JSON values
    """A file in the Alpaca layout; plain text is Alpaca with a `text` column for its prompt."""
    head = {"file_name": file.path, "formatting": "alpaca"}
    if file.view == "cpt":
        return {**head, "columns": {"prompt": "text"}}
    asked = {"prompt": "instruction", "query": "input", "system": "system", "history": "history"}
    if file.view == "dfpo":
        return {**head, "ranking": True, "columns": {**asked, "chosen": "chosen", "rejected": "rejected"}}
    return {**head, "columns": {**asked, "response": "output"}}


def sharegpt_entry(file: LineFile) -> dict[str, Any]:  # JSON values
    """A file in the ShareGPT layout."""
    head = {"file_name": file.path, "formatting": "sharegpt"}
    columns = {"messages": "conversations"}
    if file.view == "dfpo":
        pair = {"chosen": "chosen", "rejected": "rejected"}
        return {**head, "ranking": True, "columns": {**columns, **pair}, "tags": _TAGS}
    return {**head, "columns": columns, "tags": _TAGS}


def train_with(files: Sequence[LineFile]) -> str:
    """How a recipe of LLaMA-Factory names these files."""
    rows = [f"| `{name}` | `{_STAGES[file.view]}` | {file.rows:,} |" for name, file in dataset_names(files).items()]
    return (
        "LLaMA-Factory: put `dataset_dir: FOLDER` into the recipe, and under `dataset` or `eval_dataset` a name of "
        "`dataset_info.json`:\n\n| dataset | stage | rows |\n|---|---|---|\n" + "\n".join(rows)
    )
