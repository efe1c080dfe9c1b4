"""The model as a server that OpenAI's clients can use: one model, many clients, on FastAPI and uvicorn.

Replies come from `inference.batching`. What comes before a reply and beside it is handed in as `Hooks`.
"""

from __future__ import annotations

from pedcorpus.inference.serve.hooks import Hooks, Preface, Sources
from pedcorpus.inference.serve.limits import Limits
from pedcorpus.inference.serve.opening import open_service
from pedcorpus.inference.serve.refusal import Refused
from pedcorpus.inference.serve.server import ServerSettings, check_reach, serve
from pedcorpus.inference.serve.service import Service

__all__ = [
    "Hooks",
    "Limits",
    "Preface",
    "Refused",
    "ServerSettings",
    "Service",
    "Sources",
    "check_reach",
    "open_service",
    "serve",
]
