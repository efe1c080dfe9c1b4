"""Reads a converted folder with LLaMA-Factory's own loader; run by an interpreter that has it, see `readers.py`.

It prints, by name in `dataset_info.json`, the rows as the loader hands them to a trainer.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

from llamafactory.data.loader import _get_merged_dataset
from llamafactory.hparams import DataArguments, ModelArguments

STAGES = {"cpt": "pt", "sft": "sft", "dfpo": "rm", "mue": "sft"}


def read(folder: str, cache: str) -> dict[str, list[dict[str, object]]]:
    model = ModelArguments(model_name_or_path="none", cache_dir=cache)
    training = SimpleNamespace(local_process_index=0, seed=0, dataloader_num_workers=0)
    names = json.loads((Path(folder) / "dataset_info.json").read_bytes())
    return {name: _read(name, folder, model, training) for name in names}


def _read(name: str, folder: str, model: object, training: object) -> list[dict[str, object]]:
    data = DataArguments(dataset=name, dataset_dir=folder)
    stage = STAGES[name.partition("_")[0]]
    (rows,) = _get_merged_dataset([name], model, data, training, stage, return_dict=True).values()
    return [{key: row[f"_{key}"] for key in ("prompt", "response", "system")} for row in rows]


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(read(*sys.argv[1:3])) + "\n")
