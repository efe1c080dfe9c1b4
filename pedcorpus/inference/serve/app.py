"""The application put together: routes, errors in OpenAI's form, the guard before everything."""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp

from pedcorpus.inference.serve.guard import Guard
from pedcorpus.inference.serve.limits import Limits
from pedcorpus.inference.serve.refusal import Refused
from pedcorpus.inference.serve.routes import failed, not_found, router, wrong_method
from pedcorpus.inference.serve.service import Service

__all__ = ["create_app"]


def create_app(service: Service, *, limits: Limits | None = None, key: str | None = None) -> ASGIApp:
    """The server's application.

    Args:
        service: the model that answers, with what is added to its replies.
        limits: bounds of requests.
        key: what clients have to send as a bearer token for everything under /v1/; none for no key.
    """
    # no pages that load scripts from elsewhere
    app = FastAPI(title="pedcorpus", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.service = service
    app.include_router(router)
    for more in service.hooks.routers:
        app.include_router(more)
    app.add_exception_handler(404, not_found)
    app.add_exception_handler(405, wrong_method)
    app.add_exception_handler(Refused, _refuse)
    app.add_exception_handler(ClientDisconnect, _ignore)
    app.add_exception_handler(Exception, failed)
    return Guard(app, limits=limits or Limits(), key=key)


def _refuse(request: Request, error: Exception) -> Response:  # noqa: ARG001  # starlette's signature
    if not isinstance(error, Refused):
        raise error
    return error.response()


def _ignore(request: Request, error: Exception) -> Response:  # noqa: ARG001  # starlette's signature
    """The client has hung up in the middle of its request: nobody reads this."""
    return Response(status_code=499)
