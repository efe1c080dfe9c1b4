"""Keeps the training libraries from writing on the terminal: progress goes through our callback instead."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["quiet_libraries"]

_LOGGERS = ("transformers", "datasets", "accelerate", "trl", "peft", "torch")


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """No progress bars, and of the libraries' log only errors, until the block ends."""
    import datasets
    from transformers.utils import logging as transformers_logging

    bars = datasets.are_progress_bars_disabled(), transformers_logging.is_progress_bar_enabled()
    levels = {name: logging.getLogger(name).level for name in _LOGGERS}
    tqdm = os.environ.get("TQDM_DISABLE")
    datasets.disable_progress_bars()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers'
    os.environ["TQDM_DISABLE"] = "1"  # TRL's bar over reference log-probabilities asks nothing else
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            # peft asks transformers by the old name; the user can do nothing about it
            warnings.filterwarnings("ignore", "`is_gradient_checkpointing` is deprecated", FutureWarning)
            yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        os.environ.pop("TQDM_DISABLE") if tqdm is None else os.environ.update(TQDM_DISABLE=tqdm)
        if not bars[0]:
            datasets.enable_progress_bars()
        if bars[1]:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]  # transformers'
