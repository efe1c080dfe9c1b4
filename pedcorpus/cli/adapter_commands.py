"""Commands that make a model's or adapter's folder into one of another layout: adapter convert, model convert."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from pedcorpus.cli.console import talk
from pedcorpus.errors import UsageError

__all__ = ["register"]

SourceArgument = Annotated[Path, typer.Argument(metavar="SRC", help="Folder to read; it stays as it is.")]
TargetArgument = Annotated[Path, typer.Argument(metavar="DST", help="A new folder.")]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    adapter = typer.Typer(no_args_is_help=True, help="Adapters, PediatricsGPT's published one and this project's.")
    adapter.command("convert", epilog="Example: pedcorpus adapter convert MoE-Adapter adapters/published")(
        convert_adapter
    )
    app.add_typer(adapter, name="adapter")
    model = typer.Typer(no_args_is_help=True, help="Models for other programs.")
    model.command("convert", epilog="Example: pedcorpus model convert Baichuan2-7B-Base llama-7b --llama")(
        convert_model
    )
    app.add_typer(model, name="model")


def convert_adapter(
    source: SourceArgument,
    target: TargetArgument,
    to: Annotated[
        Literal["mue", "published"] | None, typer.Option(help="Layout of the new one; default the one that SRC is not.")
    ] = None,
) -> None:
    """Make a published MoE-Adapter into this project's MUE adapter, or back; no number changes."""
    from pedcorpus.models.moe_adapter import convert_adapter

    made = convert_adapter(source, target, to=to)
    talk(
        "made {}: {} layers, each with {} specific experts of rank {} beside the universal one",
        made.folder,
        made.layers,
        made.experts,
        made.rank,
    )
    if made.layout == "mue":
        talk("talk to it: pedcorpus chat --model BASE --adapter {} --template baichuan2", made.folder)


def convert_model(
    source: SourceArgument,
    target: TargetArgument,
    llama: Annotated[bool, typer.Option("--llama", help="As a Llama; a Baichuan2 of the 7B layout.")] = False,
) -> None:
    """Make a Baichuan2-7B into a Llama with the same logits, for servers that know only Llama."""
    from pedcorpus.models.llama import convert_to_llama

    if not llama:
        raise UsageError("model convert: say what to make of it; --llama is what there is")
    made = convert_to_llama(source, target)
    talk("made {}: {} files of weights", made.folder, made.files)
    if not made.has_tokenizer:
        talk("[yellow]warning[/] {} holds no tokenizer; the new folder has none either", source)
