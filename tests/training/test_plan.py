import shutil

import pytest

from pedcorpus.errors import ExportError, UsageError
from pedcorpus.export import open_export
from pedcorpus.export.write import write_export
from pedcorpus.training import plan_training
from tests.export.sample import sample_release
from tests.training.test_runs import a_run, done

EPOCHS = (
    "trainer.max_steps=-1",
    "trainer.num_train_epochs=2",
    "sft.trainer.packing=false",
    "sft.trainer.per_device_train_batch_size=8",
)


def planned(export, tmp_path, **changes):
    return plan_training(**{"export": export, "runs": tmp_path / "runs", **changes})


def model_folder(folder):
    folder.mkdir(parents=True)
    for name in ("config.json", "tokenizer.json"):
        (folder / name).write_text("{}")
    return folder


def test_a_plan_counts_rows_and_steps(export, tmp_path):
    plan = planned(export, tmp_path, overrides=EPOCHS)
    rows = {phase.phase.id: phase.rows for phase in plan.phases}
    manifest = open_export(export).manifest
    assert rows == {view: manifest.files[f"{view}/train.parquet"].rows for view in ("cpt", "sft", "dfpo", "mue")}
    assert plan.phases[0].steps is None  # packing decides
    assert plan.phases[1].steps == -(-rows["sft"] // 8) * 2


def test_max_rows_and_max_steps_limit_a_phase(export, tmp_path):
    plan = planned(export, tmp_path, phases=["sft"], overrides=["data.max_rows=3", "trainer.max_steps=5"])
    assert (plan.phases[0].rows, plan.phases[0].steps) == (3, 5)


def test_no_rows_at_all_are_refused(export, tmp_path):
    with pytest.raises(UsageError, match=r"data\.max_rows of sft is 0, expected at least 1"):
        planned(export, tmp_path, phases=["sft"], overrides=["data.max_rows=0"])


def test_planning_writes_nothing(export, tmp_path):
    planned(export, tmp_path)
    assert not (tmp_path / "runs").exists()


def test_a_damaged_export_is_refused(export, tmp_path):
    copy = shutil.copytree(export, tmp_path / "v1")
    with (copy / "sft/train.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ExportError, match=r"sft/train\.parquet"):
        planned(copy, tmp_path)


def test_an_export_without_pairs_says_how_they_are_made(tmp_path):
    write_export(sample_release("v1", preferences=()), tmp_path / "v1")
    with pytest.raises(UsageError, match=r"holds no preference pairs .* `pedcorpus export` makes one"):
        planned(tmp_path / "v1", tmp_path)
    assert len(planned(tmp_path / "v1", tmp_path, phases=["cpt", "sft", "mue"]).phases) == 3


def test_a_missing_export_is_refused(tmp_path):
    with pytest.raises(UsageError, match="there is no export"):
        planned(tmp_path / "v9", tmp_path)


def test_evaluation_needs_held_out_rows(tmp_path, export):
    plan = planned(export, tmp_path, phases=["sft"], overrides=["trainer.eval_strategy=steps"])
    assert plan.phases[0].evaluation == export / "sft/validation.parquet"
    bare = sample_release("v1")
    settings = bare.settings.model_copy(update={"validation_share": 0.0})
    write_export(sample_release("v1", settings=settings), tmp_path / "v1")
    with pytest.raises(UsageError, match=r"no sft/validation\.parquet to evaluate on"):
        planned(tmp_path / "v1", tmp_path, phases=["sft"], overrides=["trainer.eval_strategy=steps"])


@pytest.mark.parametrize(("make", "said"), [(False, "there is no such model folder"), (True, "config.json is missing")])
def test_a_model_folder_must_hold_a_model(export, tmp_path, make, said):
    if make:
        (tmp_path / "model").mkdir()
    with pytest.raises(UsageError, match=said):
        planned(export, tmp_path, model=tmp_path / "model")


def test_sequences_over_the_models_are_refused_before_torch_is_loaded(export, tmp_path):
    with pytest.raises(UsageError, match=r"cpt: trainer\.max_length is 2048, but the model reads at most 1024 tokens"):
        planned(export, tmp_path, overrides=["trainer.max_length=2048"])
    model = model_folder(tmp_path / "model")
    assert planned(export, tmp_path, model=model, overrides=["trainer.max_length=2048"]).start.model == model


def test_an_adapter_is_no_model_to_start_from(export, tmp_path):
    (tmp_path / "adapter").mkdir()
    (tmp_path / "adapter/adapter_config.json").write_text("{}")
    with pytest.raises(UsageError, match="holds an adapter; give the model"):
        planned(export, tmp_path, model=tmp_path / "adapter")


def test_a_road_starts_from_the_model_given(export, tmp_path):
    model = model_folder(tmp_path / "model")
    assert planned(export, tmp_path, model=model).start.model == model


def test_a_road_from_its_beginning_starts_from_a_tiny_model(export, tmp_path):
    run = a_run(tmp_path / "runs", done("cpt"))
    model_folder(run.root / "cpt/model")
    assert planned(export, tmp_path).start.model is None


def test_a_later_phase_goes_on_from_the_newest_run_before_it(export, tmp_path):
    run = a_run(tmp_path / "runs", done("cpt"), done("sft"), done("mue", adapter=True))
    a_run(tmp_path / "runs")
    for phase in ("cpt", "sft"):
        model_folder(run.root / phase / "model")
    start = planned(export, tmp_path, phases=["sft", "dfpo"]).start
    assert (start.model, start.run) == (run.root / "cpt/model", "0001-v1")
    assert planned(export, tmp_path, phases=["mue"]).start.model == run.root / "sft/model"


def test_a_run_may_be_named_to_go_on_from(export, tmp_path):
    run = a_run(tmp_path / "runs", done("cpt"))
    model_folder(run.root / "cpt/model")
    start = planned(export, tmp_path, phases=["sft"], model=run.root).start
    assert (start.model, start.run) == (run.root / "cpt/model", "0001-v1")


def test_a_run_whose_model_was_deleted_is_refused(export, tmp_path):
    a_run(tmp_path / "runs", done("cpt"))
    with pytest.raises(UsageError, match="there is no such model folder"):
        planned(export, tmp_path, phases=["sft"])
