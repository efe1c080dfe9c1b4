import json
import os
import signal
import subprocess
import sys
import time

import pytest

from pedcorpus.errors import TrainingHalted, TrainingStopped, UsageError
from pedcorpus.training import list_runs, plan_training, train
from pedcorpus.training.launch import _first_reason, launch, torchrun_line
from pedcorpus.training.metrics import losses
from pedcorpus.training.runs import Run, write_record
from tests.training.conftest import SMALL
from tests.training.test_runs import a_run

MANY = 60  # steps: more than pass while a run is being stopped
STEPS = [
    "--phase",
    "cpt",
    *[text for text in SMALL if not text.startswith("mue.")],
    f"trainer.max_steps={MANY}",
    "data.max_rows=40",
]


def command(workspace, *arguments):
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    words = [sys.executable, "-m", "pedcorpus", "train", "-w", str(workspace), *arguments]
    return subprocess.Popen(words, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_line_can_be_run_by_hand():
    line = " ".join(torchrun_line(8, ["train", "--phase", "sft"]))
    assert line.startswith("torchrun --standalone --nproc_per_node 8 ")
    assert line.endswith(" -m pedcorpus train --phase sft")


def test_no_process_at_all_is_refused():
    with pytest.raises(UsageError, match="--processes is 0, expected at least 1"):
        torchrun_line(0, ["train"])


class Failure:
    def __init__(self, rank, exitcode, message, timestamp):
        self.local_rank, self.exitcode, self.message, self.timestamp = rank, exitcode, message, timestamp


@pytest.mark.parametrize(
    ("failures", "kind", "said"),
    [
        pytest.param([(0, 3, "lost", 9), (1, 3, "no memory", 8)], TrainingHalted, "no memory", id="first in time"),
        pytest.param([(0, 3, "lost", 8), (1, -9, "", 9)], TrainingHalted, "process 1 was killed", id="killed"),
        pytest.param([(0, -15, "", 7), (1, 3, "no memory", 8)], TrainingHalted, "no memory", id="ended by torchrun"),
        pytest.param([(0, 75, "stopped", 8), (1, 75, "stopped", 8)], TrainingStopped, "stopped", id="asked to"),
    ],
)
def test_of_several_failures_the_one_that_caused_the_others_is_told(failures, kind, said):
    reason = _first_reason({each[0]: Failure(*each) for each in failures})
    assert type(reason) is kind
    assert said in str(reason)


@pytest.mark.train
@pytest.mark.parametrize(("state", "reason"), [("running", ""), ("failed", "RuntimeError: connection reset by peer")])
def test_a_killed_process_is_the_reason_on_record(export, tmp_path, monkeypatch, state, reason):
    torch_run = pytest.importorskip("torch.distributed.run", reason="needs the [train] extra")
    from torch.distributed.elastic.multiprocessing.errors import ChildFailedError

    def lost(_arguments):
        begun = a_run(tmp_path)
        write_record(Run(begun.root, begun.record.model_copy(update={"state": state, "reason": reason})))
        raise ChildFailedError("train", {1: Failure(1, -9, "", 9)})

    monkeypatch.setattr(
        ChildFailedError, "__init__", lambda error, _name, failures: vars(error).update(failures=failures)
    )
    monkeypatch.setattr(torch_run, "run", lost)
    plan = plan_training(export=export, runs=tmp_path, phases=["cpt"])
    with pytest.raises(TrainingHalted, match=r"process 1 was killed \(SIGKILL"):
        launch(torchrun_line(2, ["train"]), plan)
    (run,) = list_runs(tmp_path)
    assert run.record.state == "failed"
    assert run.record.reason.startswith("process 1 was killed (SIGKILL")


@pytest.fixture(scope="module")
def gone_on_with(export, tmp_path_factory):
    """A workspace: its first run is of one process, its second of two that were stopped and gone on with; its record
    when it was stopped; what lay in its checkpoints.
    """
    torch = pytest.importorskip("torch", reason="needs the [train] extra")
    torch.set_num_threads(1)
    workspace = tmp_path_factory.mktemp("launch")
    (workspace / "exports").mkdir()
    (workspace / "exports" / "v1").symlink_to(export)
    four = [*STEPS[2:], "trainer.per_device_train_batch_size=4"]
    train(export=workspace / "exports/v1", runs=workspace / "runs", phases=["cpt"], overrides=four)
    stopped, checkpoints = stop_two_processes(workspace)
    again = command(workspace, "--resume", "last", "--processes", "2")
    _, said = again.communicate(timeout=240)
    assert again.returncode == 0, said
    return workspace, stopped, checkpoints


def stop_two_processes(workspace):
    """Starts a run of two processes and stops it at its first checkpoint: its record, the names of its checkpoints'
    files.
    """
    training = command(workspace, *STEPS, "trainer.save_strategy=steps", "trainer.save_steps=2", "--processes", "2")
    folder = workspace / "runs/0002-v1/cpt/checkpoints"
    deadline = time.monotonic() + 240
    while not list(folder.glob("*/whole.json")) and time.monotonic() < deadline and training.poll() is None:
        time.sleep(0.02)
    training.send_signal(signal.SIGTERM)
    _, said = training.communicate(timeout=240)
    assert (training.returncode, said.splitlines()[-1][:7]) == (75, "error t"), said
    assert "running torchrun --standalone --nproc_per_node 2" in said
    record = json.loads((workspace / "runs/0002-v1/run.json").read_text())
    return record, {path.relative_to(folder).as_posix() for path in folder.glob("*/*")}


@pytest.mark.train
def test_two_processes_are_stopped_together(gone_on_with):
    _, record, kept = gone_on_with
    assert record["state"] == "interrupted"
    newest = max(int(name.split("/")[0].partition("-")[2]) for name in kept if name.endswith("/whole.json"))
    assert f"after step {newest}" in record["reason"]
    gathered = {name for name in kept if name.startswith(f"checkpoint-{newest}/gathered-")}
    assert gathered == {f"checkpoint-{newest}/gathered-{process}.pt" for process in (0, 1)}


@pytest.mark.train
def test_two_processes_stopped_and_gone_on_with_learn_what_one_learns_from_the_same_batches(gone_on_with):
    workspace, _, _ = gone_on_with
    first, second = (losses(workspace / "runs" / name / "cpt/metrics.jsonl") for name in ("0001-v1", "0002-v1"))
    assert [step for step, _ in second] == list(range(1, MANY + 1))
    # not the same to the last digit: gradients are summed in another order
    assert [loss for _, loss in second] == pytest.approx([loss for _, loss in first], abs=1e-5)
    record = json.loads((workspace / "runs/0002-v1/run.json").read_text())
    assert (record["state"], record["hardware"]["processes"]) == ("finished", "2")
