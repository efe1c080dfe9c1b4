"""What commands with a screen share: the same screen in a browser."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from pedcorpus.cli.console import talk
from pedcorpus.errors import UsageError
from pedcorpus.settings import Workspace

__all__ = ["BehindProxyOption", "HostOption", "PortOption", "WebOption", "refuse_without_web", "serve_screen"]

WebOption = Annotated[bool, typer.Option("--web", help="Serve the same screen to browsers, until Ctrl-C.")]
HostOption = Annotated[
    str | None,
    typer.Option(help="Address to serve at, with --web; beyond this machine, accounts are needed. Default 127.0.0.1."),
]
PortOption = Annotated[
    int | None, typer.Option(min=0, max=65535, help="Port to serve at, with --web; 0 takes a free one. Default 8700.")
]
BehindProxyOption = Annotated[
    bool,
    typer.Option("--behind-proxy", help="With --web: believe X-Forwarded-Proto and -For of the TLS proxy before it."),
]


def refuse_without_web(*, host: str | None, port: int | None, behind_proxy: bool) -> None:
    """Tell that an option would have no effect.

    Raises:
        UsageError: one was given.
    """
    if host is not None or port is not None or behind_proxy:
        raise UsageError("--host, --port and --behind-proxy tell where to serve browsers; add --web")


def serve_screen(
    place: Workspace,
    arguments: Sequence[str],
    *,
    reviewer: str | None,
    host: str | None,
    port: int | None,
    behind_proxy: bool,
    disputes: Sequence[str] = (),
) -> None:
    """Serve what `pedcorpus ARGUMENTS --reviewer=NAME` shows, and `disputes` to adjudicators.

    What the options leave open the settings say.
    """
    from pedcorpus import flow
    from pedcorpus.web import serve

    given = {"host": host, "port": port, "behind_proxy": behind_proxy or None}
    settings = place.settings.review.web.model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    desk = flow.open_desk(place, reviewer)  # a corpus that cannot be used is told now, not in each browser
    if reviewer and flow.accounts(place):
        talk("each logs in as who they are; --reviewer {} is not used", reviewer)
    serve(place, arguments, settings=settings, reviewer=desk.reviewer, tell=_tell, disputes=disputes)


def _tell(line: str) -> None:
    talk("{} {}", datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S"), line)
