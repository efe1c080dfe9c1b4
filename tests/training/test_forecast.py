import json
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode, UsageError
from pedcorpus.export import open_export
from pedcorpus.training import forecast, plan_training
from pedcorpus.training.start import Start
from tests.models.test_model_folder import BAICHUAN2_7B
from tests.training.conftest import SMALL
from tests.training.test_runs import a_run, done

EPOCHS = (*SMALL, "trainer.max_steps=-1", "trainer.num_train_epochs=2")


def told(export, tmp_path, *overrides, **changes):
    plan = plan_training(export=export, runs=tmp_path / "runs", overrides=[*EPOCHS, *overrides])
    return {each.planned.phase.id: each for each in forecast(plan, **changes)}


def test_without_a_tokenizer_tokens_are_estimated_from_characters(export, tmp_path):
    extent = told(export, tmp_path)["cpt"].extent
    characters = sum(len(row["text"]) for row in open_export(export).rows("cpt", "train"))
    assert (extent.tokens, extent.tokens_counted) == (-(-characters * 2 // 3), False)


def test_packed_steps_come_from_tokens_and_others_from_rows(export, tmp_path):
    phases = told(export, tmp_path, "sft.trainer.packing=false")
    packed, plain = phases["cpt"], phases["sft"]
    sequences = -(-packed.extent.tokens // (64 * 0.98))
    assert packed.extent.steps == pytest.approx(-(-sequences // 2) * 2, abs=2)
    assert (packed.extent.steps_exact, plain.extent.steps_exact) == (False, True)
    assert plain.extent.steps == plain.planned.steps


def test_several_processes_take_fewer_steps(export, tmp_path):
    one, two = (told(export, tmp_path, processes=count)["cpt"].extent.steps for count in (1, 2))
    assert two == pytest.approx(one / 2, abs=2)


def test_a_dry_run_prints_it_and_makes_nothing(export, tmp_path, capsys):
    shutil.copytree(export, tmp_path / "exports/v1")
    arguments = ["train", "-w", str(tmp_path), "--dry-run", "--json", "--phase", "sft", "trainer.max_steps=7"]
    assert run(arguments) == ExitCode.DONE
    (phase,) = json.loads(capsys.readouterr().out)
    assert (phase["phase"], phase["steps"], phase["steps_exact"]) == ("sft", 7, True)
    assert phase["recipe"]["trainer"]["max_steps"] == 7
    assert phase["memory_bytes"]["total"] > 0
    assert not (tmp_path / "runs").exists()


def test_json_is_for_dry_runs(tmp_path, capsys):
    assert run(["train", "-w", str(tmp_path), "--json"]) == ExitCode.WRONG_USAGE
    assert "--json goes with --dry-run" in capsys.readouterr().err


def test_a_forecast_loads_no_torch(export, tmp_path):
    code = f"""
import sys
from pathlib import Path
from pedcorpus.training import forecast, plan_training
forecast(plan_training(export=Path({str(export)!r}), runs=Path({str(tmp_path)!r})))
sys.exit(any(name in sys.modules for name in ("torch", "transformers", "peft", "trl", "datasets")))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_is_left_of_a_run_starts_from_what_it_has_trained(export, tmp_path):
    run = a_run(tmp_path / "runs", done("cpt"))
    (run.root / "cpt/model").mkdir(parents=True)
    (run.root / "cpt/model/config.json").write_text(json.dumps(BAICHUAN2_7B))
    (run.root / "cpt/model/tokenizer_config.json").write_text("{}")
    plan = plan_training(export=export, runs=tmp_path / "runs", phases=["sft"], model=run.root / "cpt/model")
    (phase,) = forecast(replace(plan, start=Start(None), resumed=run))
    assert phase.parameters == 7_505_973_248


@pytest.mark.train
@pytest.mark.parametrize(
    ("name", "text"), [("tokenizer.json", "{}"), ("tokenizer.json", '{"a'), ("tokenizer.model", "")]
)
def test_a_tokenizer_that_cannot_be_read_is_refused(export, tmp_path, name, text):
    pytest.importorskip("sentencepiece" if name.endswith(".model") else "tokenizers", reason="needs the [train] extra")
    for file, content in (("config.json", json.dumps(BAICHUAN2_7B | {"model_type": "llama"})), (name, text)):
        (tmp_path / file).write_text(content)
    plan = plan_training(export=export, runs=tmp_path / "runs", phases=["sft"], model=tmp_path)
    with pytest.raises(UsageError, match=f"{name}: cannot be read as a tokenizer"):
        forecast(plan)


@pytest.mark.train
def test_with_the_model_tokens_and_parameters_are_counted(export, road, tmp_path):
    from transformers import AutoTokenizer

    model = road.root / "dfpo/model"
    plan = plan_training(export=export, runs=tmp_path, phases=["mue"], model=model, overrides=["mue.r=2"])
    (phase,) = forecast(plan)
    done = road.record.finished[-1]
    assert (phase.parameters, phase.trained) == (done.parameters, done.trainable)
    tokenizer = AutoTokenizer.from_pretrained(model)
    rows = open_export(export).rows("mue", "train")
    texts = [message["content"] for row in rows for message in (*row["prompt"], *row["completion"])]
    expected = sum(len(tokenizer(text, add_special_tokens=False).input_ids) for text in texts)
    assert (phase.extent.tokens, phase.extent.tokens_counted) == (expected, True)
