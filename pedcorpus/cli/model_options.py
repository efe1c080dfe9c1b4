"""The options that several commands share to say which model is meant, and how it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "AdapterOption",
    "BatchSizeOption",
    "ModelArguments",
    "ModelOption",
    "OverlapOption",
    "ServedModelOption",
    "ServedOption",
    "TemplateOption",
]

ModelArguments = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="MODEL…",
        help="Runs, phases (0001-v1/sft), folders, or `base`; default the newest run and what it started from.",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        "--model_name_or_path",
        help="A run, one phase of it (0001-v1/sft), or a model's folder; default the newest run.",
    ),
]
AdapterOption = Annotated[
    Path | None,
    typer.Option("--adapter", "--adapter_name_or_path", help="Folder of a MUE or LoRA adapter for that model."),
]
TemplateOption = Annotated[
    str | None, typer.Option("--template", help="Prompt template; default the tokenizer's own.", show_default=False)
]
ServedOption = Annotated[
    str,
    typer.Option("--served", metavar="URL", help="Also ask a model behind this OpenAI-compatible server."),
]
ServedModelOption = Annotated[str, typer.Option("--served-model", metavar="NAME", help="The model's name there.")]
BatchSizeOption = Annotated[int, typer.Option("--batch-size", min=1, help="Questions that a model answers together.")]
OverlapOption = Annotated[
    float, typer.Option("--overlap", min=0, max=1, help="Leave out what stands in training to this share of its words.")
]
