"""A phase's log for TensorBoard, beside metrics.jsonl. Imports torch: import it late."""

from __future__ import annotations

from pathlib import Path

from torch.utils.tensorboard import SummaryWriter
from transformers.integrations.integration_utils import TensorBoardCallback

__all__ = ["BOARD_FOLDER", "board"]

BOARD_FOLDER = "tensorboard"


def board(folder: Path, *, until: int = 0) -> TensorBoardCallback:
    """A callback that logs into `folder`; of a phase that is gone on with, the first `until` steps are kept."""
    writer = SummaryWriter(str(folder), purge_step=until + 1 if until else None)
    return TensorBoardCallback(writer)  # type: ignore[no-untyped-call]  # transformers'
