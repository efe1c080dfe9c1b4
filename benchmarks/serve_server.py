"""The server that `serve_clients` asks, in a process of its own: `python -m benchmarks.serve_server MAX_BATCH`."""

from __future__ import annotations

import sys

import torch

from benchmarks.serve_models import tiny
from pedcorpus.inference import Assistant
from pedcorpus.inference.serve import ServerSettings, open_service, serve


def main() -> None:
    """Says its address on stdout and serves until SIGTERM."""
    torch.set_num_threads(1)
    model, tokenizer = tiny()
    service = open_service(Assistant(model, tokenizer), name="tiny", max_batch=int(sys.argv[1]))
    serve(service, ServerSettings(port=0), ready=lambda url: print(url, flush=True))


if __name__ == "__main__":
    main()
