"""Training by several processes of this machine: torchrun starts them, and one of them failing ends in one line.

On several machines torchrun is run by hand on each. What a process does differently from a lone one is no business of
this file.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pedcorpus.errors import ExitCode, TrainingHalted, TrainingStopped, UsageError
from pedcorpus.training.plan import TrainingPlan
from pedcorpus.training.run_changes import end
from pedcorpus.training.runs import Run, list_runs, open_run

__all__ = ["is_launched", "launch", "torchrun_line"]

_LAUNCHED = "PEDCORPUS_LAUNCHED"
_GRACE_S = 600
"""Time for a checkpoint after SIGTERM, before torchrun kills."""


def is_launched() -> bool:
    """Whether this process was started by `launch`, which tells what there is to tell of its end."""
    return _LAUNCHED in os.environ


def torchrun_line(count: int, arguments: Sequence[str]) -> list[str]:
    """The command line that trains in `count` processes: what can be run by hand as well.

    Args:
        count: processes, one a GPU.
        arguments: those of `pedcorpus`, `train` and its options.

    Raises:
        UsageError: `count` is less than 1.
    """
    if count < 1:
        raise UsageError(f"--processes is {count}, expected at least 1: one for each GPU")
    options = ["--standalone", "--nproc_per_node", str(count), "--shutdown-timeout", str(_GRACE_S)]
    return ["torchrun", *options, "-m", "pedcorpus", *arguments]


def launch(line: Sequence[str], plan: TrainingPlan) -> None:
    """Runs a line of `torchrun_line` and waits for its end; of its processes, the first one's words are shown.

    What killed a process stands in the run's record, too: who writes it may have been the one.

    Raises:
        TrainingStopped: they were asked to stop; what was done is kept.
        TrainingHalted: one of them failed; the message is the first one's that did.
    """
    from torch.distributed.elastic.multiprocessing.api import SignalException
    from torch.distributed.elastic.multiprocessing.errors import ChildFailedError
    from torch.distributed.run import parse_args, run

    before = {run.root for run in list_runs(plan.runs)}
    count = int(line[line.index("--nproc_per_node") + 1])
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // count)))
    os.environ[_LAUNCHED] = "1"
    logging.disable()  # what went wrong, we say
    try:
        run(parse_args(["--local-ranks-filter", "0", *line[1:]]))  # type: ignore[no-untyped-call]  # torch's
    except ChildFailedError as error:
        reason = _first_reason(error.failures)
        for lost in _lost(plan, before):
            end(lost.root, "failed", str(reason))
        raise reason from error
    except SignalException as error:
        if error.sigval == signal.SIGINT:
            raise KeyboardInterrupt from error
        raise TrainingStopped("training was stopped; go on with `pedcorpus train --resume last`") from error
    finally:
        logging.disable(logging.NOTSET)
        del os.environ[_LAUNCHED]


def _lost(plan: TrainingPlan, before: set[Path]) -> list[Run]:
    """The run that was begun or gone on with, unless it ended well; what lost another process knows no reason."""
    ours = [run for run in list_runs(plan.runs) if run.root not in before]
    ours += [open_run(plan.resumed.root)] if plan.resumed else []
    return [run for run in ours if run.record.state in ("running", "failed") and not run.is_under_way]


def _first_reason(failures: dict[int, Any]) -> TrainingHalted:
    """What the one ended by that caused the others."""
    first = min(failures.values(), key=_order)
    if first.exitcode == ExitCode.STOPPED:
        return TrainingStopped(first.message)
    if first.exitcode < 0:
        name = signal.Signals(-first.exitcode).name
        return TrainingHalted(
            f"process {first.local_rank} was killed ({name}; SIGKILL is often want of memory); go on with "
            "`pedcorpus train --resume last`"
        )
    return TrainingHalted(" ".join(str(first.message).split()))


def _order(failure: Any) -> tuple[int, int]:
    """A process that something killed comes before those that lost it, and those that torchrun ended come last."""
    if failure.exitcode == -signal.SIGTERM:
        return 2, failure.timestamp
    return int(failure.exitcode >= 0), failure.timestamp
