"""Commands about the server of a language model: llm check, llm serve-local, llm batch submit, status and collect."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pedcorpus.cli.console import JsonOption, WorkspaceOption, data, print_json, talk, workspace_of
from pedcorpus.errors import ExitCode

__all__ = ["register"]

BaseUrlOption = Annotated[str, typer.Option(help="Where the server is; default by settings.")]
ModelOption = Annotated[str, typer.Option(help="The model's name there; default by settings.")]
KeyVariableOption = Annotated[str, typer.Option(help="Environment variable that holds the key; default by settings.")]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    llm = typer.Typer(no_args_is_help=True, help="The server of the language model that writes drafts.")
    llm.command("check", epilog="Example: pedcorpus llm check --model gpt-4.1-mini")(check)
    llm.command("serve-local", epilog="Example: pedcorpus llm serve-local --port 8080")(serve)
    batch = typer.Typer(no_args_is_help=True, help="A provider's batch files: half the price, within a day.")
    batch.command("submit", epilog="Example: pedcorpus llm batch submit --task evidiag --max-cost 20")(submit)
    batch.command("status", epilog="Example: pedcorpus llm batch status --json")(status)
    batch.command("collect", epilog="Example: pedcorpus llm batch collect && pedcorpus generate -g llm")(collect)
    llm.add_typer(batch, name="batch")
    app.add_typer(llm, name="llm")


def check(
    context: typer.Context,
    base_url: BaseUrlOption = "",
    model: ModelOption = "",
    key_variable: KeyVariableOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Tell whether the server answers, whether it holds replies to a JSON Schema, and how fast it is."""
    from pedcorpus import flow
    from pedcorpus.cli.llm_report import tell_endpoint
    from pedcorpus.llm import check_endpoint

    place = workspace_of(context, workspace)
    report = check_endpoint(flow.endpoint_of(place, base_url=base_url, model=model, key_variable=key_variable))
    print_json(asdict(report)) if as_json else tell_endpoint(report)


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")] = 8080,
    file: Annotated[
        Path | None, typer.Option(help="A model in the GGUF format; default the small one of the [local-llm] extra.")
    ] = None,
) -> None:
    """Serve a model on this machine until interrupted, for trials without a provider."""
    from pedcorpus.llm import LOCAL_MODEL, serve_local

    with serve_local(port, model_path=file) as base_url:
        talk("serving {} at {}; stop with Ctrl-C", LOCAL_MODEL if file is None else file.stem, base_url)
        data(base_url)
        while True:
            time.sleep(3600)


def submit(
    context: typer.Context,
    task: Annotated[list[str] | None, typer.Option("-t", "--task", help="Only this task; repeatable.")] = None,
    writer: Annotated[list[str] | None, typer.Option(help="Only this writer; repeatable.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Plan so many drafts at most.")] = None,
    max_cost: Annotated[
        float | None, typer.Option(min=0, help="Submit no more than this may cost; default by settings.")
    ] = None,
    max_requests: Annotated[
        int | None, typer.Option(min=1, help="Submit so many requests at most; default by settings.")
    ] = None,
    base_url: BaseUrlOption = "",
    model: ModelOption = "",
    key_variable: KeyVariableOption = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Submit what `generate --generator llm` would ask as batch files; the prices of the settings apply."""
    from pedcorpus import flow

    place = workspace_of(context, workspace)
    endpoint = flow.endpoint_of(place, base_url=base_url, model=model, key_variable=key_variable)
    wanted = flow.WantedDrafts(tasks=frozenset(task or ()), writers=frozenset(writer or ()), limit=limit)
    batches = flow.submit_drafts(place, wanted, endpoint, max_cost=max_cost, max_requests=max_requests)
    for batch in batches:
        talk("submitted {} with {} requests", batch.id, f"{batch.requests:,}")
    talk("next: pedcorpus llm batch collect" if batches else "nothing to submit: every request is answered or waits")


def status(
    context: typer.Context,
    base_url: BaseUrlOption = "",
    model: ModelOption = "",
    key_variable: KeyVariableOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """List the batches of this workspace and how far the provider is."""
    from pedcorpus import flow
    from pedcorpus.cli.llm_report import tell_batches

    place = workspace_of(context, workspace)
    endpoint = flow.endpoint_of(place, base_url=base_url, model=model, key_variable=key_variable)
    batches = flow.batch_status(place, endpoint)
    if as_json:
        print_json([{"id": batch.id, "requests": batch.requests, "state": state} for batch, state in batches])
    else:
        tell_batches(batches)


def collect(
    context: typer.Context,
    base_url: BaseUrlOption = "",
    model: ModelOption = "",
    key_variable: KeyVariableOption = "",
    workspace: WorkspaceOption = None,
) -> int:
    """Keep the replies of the batches that have ended; exit code 1 while some are still open."""
    from pedcorpus import flow
    from pedcorpus.cli.llm_report import tell_collected

    place = workspace_of(context, workspace)
    endpoint = flow.endpoint_of(place, base_url=base_url, model=model, key_variable=key_variable)
    report = flow.collect_drafts(place, endpoint)
    tell_collected(report)
    return ExitCode.SOME_FAILED if report.open else ExitCode.DONE
