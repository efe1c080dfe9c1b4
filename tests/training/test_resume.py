import os
import shutil
import signal

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
from safetensors.torch import load_file

from pedcorpus.errors import TrainingDiverged, TrainingHalted, TrainingStopped, UsageError
from pedcorpus.training import LAST, list_runs, plan_resuming, run_plan, train
from pedcorpus.training.checkpoints import checkpoints
from tests.training.conftest import SMALL

pytestmark = pytest.mark.train

KEPT = (
    *SMALL,
    "trainer.max_steps=7",
    "trainer.logging_steps=3",
    "trainer.save_strategy=steps",
    "trainer.save_steps=2",
    "trainer.save_total_limit=2",
    "mue.lora_dropout=0.1",
)
WITHOUT_EXPERTS = [text for text in KEPT if not text.startswith("mue.")]


@pytest.fixture(scope="module")
def whole(export, tmp_path_factory):
    """A run of all four phases that nobody interrupted."""
    return train(export=export, runs=tmp_path_factory.mktemp("whole"), overrides=KEPT)


def at(phase, step, act):
    """Progress that acts once, after that step of that phase."""

    def told(progress):
        if (progress.phase, progress.step) == (phase, step):
            act()

    return told


def killed():
    raise KeyboardInterrupt  # nothing is written on the way out but the run's state


def asked_to_stop():
    os.kill(os.getpid(), signal.SIGTERM)


def weights(folder):
    return load_file(next(folder.glob("*model.safetensors")))


def assert_same(run, other, phase, output):
    first, second = (each.root / phase for each in (run, other))
    assert (first / "metrics.jsonl").read_bytes() == (second / "metrics.jsonl").read_bytes()
    ours, theirs = weights(first / output), weights(second / output)
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)


@pytest.mark.parametrize(
    ("phase", "output"), [("cpt", "model"), ("sft", "model"), ("dfpo", "model"), ("mue", "adapter")]
)
@pytest.mark.parametrize(("end", "error"), [(killed, KeyboardInterrupt), (asked_to_stop, TrainingStopped)])
def test_a_run_gone_on_with_learns_to_the_last_digit_what_it_would_have(
    export, whole, tmp_path, phase, output, end, error
):
    phases = [done.phase for done in whole.record.finished]
    before = phases.index(phase)
    model = whole.root / whole.record.finished[before - 1].output if before else None
    settings = [text for text in KEPT if text.partition(".")[0] in ("trainer", phase)]
    step = 5 if end is killed else 4  # what was asked for is carried out after the next one
    with pytest.raises(error):
        train(
            export=export,
            runs=tmp_path,
            phases=[phase],
            model=model,
            overrides=settings,
            on_progress=at(phase, step, end),
        )
    run = run_plan(plan_resuming(tmp_path, LAST))
    assert (run.record.state, run.record.resumed[0].step) == ("finished", 4 if end is killed else 5)
    assert_same(run, whole, phase, output)
    assert not (run.root / phase / "checkpoints").exists()


def test_a_run_goes_on_with_the_phases_that_are_left(export, whole, tmp_path):
    with pytest.raises(TrainingStopped, match="go on with `pedcorpus train --resume 0001-v1`"):
        train(
            export=export,
            runs=tmp_path,
            phases=["cpt", "sft"],
            overrides=WITHOUT_EXPERTS,
            on_progress=at("sft", 1, asked_to_stop),
        )
    run = run_plan(plan_resuming(tmp_path, "0001-v1"))
    assert [done.phase for done in run.record.finished] == ["cpt", "sft"]
    assert_same(run, whole, "sft", "model")


def test_a_phase_without_a_checkpoint_begins_anew(export, whole, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        train(export=export, runs=tmp_path, phases=["cpt"], overrides=WITHOUT_EXPERTS, on_progress=at("cpt", 1, killed))
    plan = plan_resuming(tmp_path, LAST)
    assert plan.checkpoint is None
    assert_same(run_plan(plan), whole, "cpt", "model")


def test_any_checkpoint_can_be_gone_on_from(export, whole, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        train(export=export, runs=tmp_path, phases=["cpt"], overrides=WITHOUT_EXPERTS, on_progress=at("cpt", 5, killed))
    (run,) = list_runs(tmp_path)
    older, newer = checkpoints(run.root / "cpt/checkpoints")
    assert (older.step, newer.step) == (2, 4)
    assert_same(run_plan(plan_resuming(tmp_path, str(older.path))), whole, "cpt", "model")


def test_what_a_kill_cut_off_is_no_checkpoint(export, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        train(export=export, runs=tmp_path, phases=["cpt"], overrides=WITHOUT_EXPERTS, on_progress=at("cpt", 5, killed))
    (run,) = list_runs(tmp_path)
    older, newer = checkpoints(run.root / "cpt/checkpoints")
    (newer.path / "whole.json").unlink()
    assert plan_resuming(tmp_path, LAST).checkpoint == older


def test_a_finished_run_leaves_nothing_to_go_on_with(whole):
    with pytest.raises(UsageError, match="has finished"):
        plan_resuming(whole.root.parent, whole.root.name)
    with pytest.raises(UsageError, match="no run is unfinished"):
        plan_resuming(whole.root.parent, LAST)


def test_another_export_in_its_place_is_refused(export, tmp_path):
    moved = tmp_path / "v1"
    shutil.copytree(export, moved)
    with pytest.raises(KeyboardInterrupt):
        train(export=moved, runs=tmp_path, phases=["cpt"], overrides=WITHOUT_EXPERTS, on_progress=at("cpt", 1, killed))
    run = next(run for run in list_runs(tmp_path))
    record = run.root / "run.json"
    record.write_text(record.read_text().replace(run.record.export_sha256, "0" * 64))
    with pytest.raises(UsageError, match="another export"):
        plan_resuming(tmp_path, LAST)


def test_a_checkpoint_of_several_processes_is_gone_on_from_by_as_many(export, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        train(export=export, runs=tmp_path, phases=["cpt"], overrides=WITHOUT_EXPERTS, on_progress=at("cpt", 3, killed))
    record = list_runs(tmp_path)[0].root / "run.json"
    record.write_text(record.read_text().replace('"processes": "1"', '"processes": "2"'))
    with pytest.raises(UsageError, match=r"one of 2 processes, this is a run of 1, .* --processes 2"):
        run_plan(plan_resuming(tmp_path, LAST))


def test_two_processes_do_not_train_one_run(export, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        train(export=export, runs=tmp_path, phases=["cpt"], overrides=WITHOUT_EXPERTS, on_progress=at("cpt", 1, killed))
    (run,) = list_runs(tmp_path)
    with run.held(), pytest.raises(UsageError, match="trained by another process"):
        plan_resuming(tmp_path, run.root.name)


def test_weights_that_are_no_numbers_end_the_run_and_name_the_last_good_checkpoint(export, whole, tmp_path):
    model = whole.root / "cpt/model"
    settings = [text for text in WITHOUT_EXPERTS if not text.startswith("cpt.")]
    with pytest.raises(TrainingDiverged, match=r"no numbers any more .*checkpoint-2: lower"):
        train(
            export=export,
            runs=tmp_path,
            phases=["sft"],
            model=model,
            overrides=[*settings, "trainer.learning_rate=1e38"],
        )
    (run,) = list_runs(tmp_path)
    (kept,) = checkpoints(run.root / "sft/checkpoints")
    assert all(each.isfinite().all() for each in weights(kept.path).values())
    assert run.record.state == "failed"


def test_a_full_disk_ends_the_run_and_names_the_last_good_checkpoint(export, tmp_path, monkeypatch):
    from transformers import Trainer

    save = Trainer._save_optimizer_and_scheduler

    def full(trainer, folder):
        if trainer.state.global_step == 4:
            raise OSError(28, "No space left on device")
        save(trainer, folder)

    monkeypatch.setattr(Trainer, "_save_optimizer_and_scheduler", full)
    with pytest.raises(TrainingHalted, match=r"step 4 could not be kept: .*No space left.*checkpoint-2"):
        train(export=export, runs=tmp_path, phases=["cpt"], overrides=WITHOUT_EXPERTS)
    assert plan_resuming(tmp_path, LAST).checkpoint.step == 2


def test_a_schedule_is_gone_on_with_where_it_was(export, tmp_path):
    settings = [*WITHOUT_EXPERTS, "data.schedule=ramp", "cpt.data.instruction_share=0.4"]
    whole = train(export=export, runs=tmp_path / "whole", phases=["cpt"], overrides=settings)
    with pytest.raises(KeyboardInterrupt):
        train(export=export, runs=tmp_path, phases=["cpt"], overrides=settings, on_progress=at("cpt", 5, killed))
    assert_same(run_plan(plan_resuming(tmp_path, LAST)), whole, "cpt", "model")
