"""The command that serves an assistant to OpenAI's clients: which model, where, and what is told at its start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import WorkspaceOption, talk, workspace_of
from pedcorpus.cli.model_options import AdapterOption, ModelOption, TemplateOption
from pedcorpus.errors import UsageError
from pedcorpus.printable import printable

if TYPE_CHECKING:
    from pedcorpus.inference.serve import ServerSettings, Service

__all__ = ["register"]

KEY_VARIABLE = "PEDCORPUS_API_KEY"


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command(epilog="Example: pedcorpus serve --port 8000")(serve)


def serve(
    context: typer.Context,
    model: ModelOption = None,
    adapter: AdapterOption = None,
    template: TemplateOption = None,
    name: Annotated[str | None, typer.Option(help="What clients call it; default its run's or folder's name.")] = None,
    host: Annotated[str, typer.Option(help="Address to serve at; beyond this machine, a key is needed.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve at; 0 takes a free one.")] = 8000,
    api_key: Annotated[
        str | None,
        typer.Option(envvar=KEY_VARIABLE, help="Key that clients send; better given in the environment."),
    ] = None,
    max_batch: Annotated[int, typer.Option(min=1, max=1024, help="Replies in work at once.")] = 8,
    queue: Annotated[int, typer.Option(min=0, help="Requests that may wait; more are told to come back.")] = 64,
    max_tokens: Annotated[int, typer.Option(min=1, help="Longest reply, where a request does not say.")] = 512,
    log_prompts: Annotated[bool, typer.Option("--log-prompts", help="Print what is asked, on stderr.")] = False,
    export: Annotated[str | None, typer.Option(help="Version whose nearest passages stand beside replies.")] = None,
    feedback: Annotated[
        bool, typer.Option("--feedback", help="Take the page's thumbs into the workspace's corpus, for review.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Serve the newest run, or any model, to OpenAI's clients until Ctrl-C; no medical advice."""
    from pedcorpus.cli.named_models import talked_to
    from pedcorpus.cli.serve_hooks import hooks_of
    from pedcorpus.inference import Generation, load_assistant
    from pedcorpus.inference import serve as room

    settings = room.ServerSettings(host=host, port=port, key=_key(api_key))
    room.check_reach(settings)
    place = workspace_of(context, workspace)
    chosen = talked_to(place, model, adapter, purpose="serve")
    talk("loading {}", chosen.model)
    service = room.open_service(
        load_assistant(chosen.model, chosen.adapter, template=template),
        name=name or chosen.name,
        max_batch=max_batch,
        queue=queue,
        generation=Generation(max_new_tokens=max_tokens),
        hooks=hooks_of(
            place, model=name or chosen.name, export=export, needs_key=settings.key is not None, feedback=feedback
        ),
        log=_tell_prompt if log_prompts else None,
    )
    room.serve(service, settings, ready=lambda url: _tell_start(url, service, settings))


def _key(given: str | None) -> str | None:
    if given is not None and not given.strip():
        raise UsageError(f"the key is empty; give --api-key KEY or set {KEY_VARIABLE}, or leave both out")
    return given


def _tell_start(url: str, service: Service, settings: ServerSettings) -> None:
    from pedcorpus.addresses import is_loopback
    from pedcorpus.inference import WARNING

    talk("[bold]{}[/]", WARNING)
    talk("{} is served at {} (a chat page; OpenAI's API: {}v1); Ctrl-C stops the server", service.name, url, url)
    if service.engine.rows == 1:
        talk("replies are made one after the other: this model's cache cannot be shared, or --max-batch is 1")
    if settings.key is not None:
        talk("clients send the key as Authorization: Bearer KEY")
    if not is_loopback(settings.host):
        talk("without a TLS proxy the key and what is asked can be read on their way: docs/serve.md")


def _tell_prompt(text: str) -> None:
    talk("asked: {}", printable(text))  # what clients send is not to move this terminal's cursor
