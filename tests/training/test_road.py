import json
import math
import shutil

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
import pyarrow.parquet as pq
from transformers import AutoModelForCausalLM, AutoTokenizer

from pedcorpus.errors import SettingsError, UsageError
from pedcorpus.training import PHASES, list_runs, newest_run, open_run, train
from pedcorpus.training.metrics import losses
from tests.training.conftest import SMALL

pytestmark = pytest.mark.train

ONE_ROW = (
    *SMALL,
    "data.max_rows=1",
    "trainer.max_steps=1",
    "trainer.per_device_train_batch_size=1",
    "trainer.max_length=512",
)


def loaded(folder):
    return AutoModelForCausalLM.from_pretrained(folder).eval(), AutoTokenizer.from_pretrained(folder)


def mean_loss(model, ids, from_token):
    """Mean negative log-likelihood of the tokens from `from_token` on, one after another."""
    with torch.no_grad():
        logprobs = model(torch.tensor([ids])).logits[0].log_softmax(-1)
    return -sum(logprobs[i - 1, ids[i]].item() for i in range(from_token, len(ids))) / (len(ids) - from_token)


def answer_loss(folder, prompt, answer):
    """Mean loss over the answer's tokens alone."""
    model, tokenizer = loaded(folder)
    head = tokenizer.apply_chat_template(prompt, add_generation_prompt=True, return_dict=False)
    whole = tokenizer.apply_chat_template([*prompt, *answer], return_dict=False)
    return mean_loss(model, whole, len(head))


def first_row(export, view):
    return pq.read_table(export / view / "train.parquet").slice(0, 1).to_pylist()[0]


def one_step(phase, export, road, tmp_path, *overrides):
    """The loss logged for one step on the first row, from the road's `cpt` model."""
    start = road.root / "cpt/model"
    general = [text for text in ONE_ROW if text.startswith(("trainer.", "data."))]
    run = train(export=export, runs=tmp_path / "runs", phases=[phase], model=start, overrides=[*general, *overrides])
    return run.record.finished[0].first_loss


def test_the_road_leaves_a_model_and_an_adapter_for_it(road):
    assert road.record.state == "finished"
    assert [done.phase for done in road.record.finished] == list(PHASES)
    assert road.model_path == road.root / "dfpo/model"
    assert road.adapter_path == road.root / "mue/adapter"
    assert newest_run(road.root.parent) == road


@pytest.mark.parametrize("phase", PHASES)
def test_each_phase_leaves_recipe_metrics_and_curve(road, phase):
    folder = road.root / phase
    gates = ["gates.json", "gates.jsonl", "gates.png"] if phase == "mue" else []
    left = sorted(path.name for path in folder.iterdir() if path.is_file())
    assert left == [*gates, "loss.png", "metrics.jsonl", "recipe.yaml"]
    assert "max_steps: 2" in (folder / "recipe.yaml").read_text()
    assert [step for step, _ in losses(folder / "metrics.jsonl")] == [1, 2]


@pytest.mark.parametrize("phase", PHASES)
def test_each_phase_writes_for_tensorboard(road, phase):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(road.root / phase / "tensorboard")).Reload()
    logged = [(each.step, each.value) for each in events.Scalars("train/loss")]
    assert logged == [(step, pytest.approx(loss)) for step, loss in losses(road.root / phase / "metrics.jsonl")]


def test_the_experts_gates_are_logged_and_drawn(road):
    lines = [json.loads(line) for line in (road.root / "mue/metrics.jsonl").read_text().splitlines()]
    shares = [lines[0][f"gates/expert_{number}"] for number in (1, 2, 3)]
    assert sum(shares) == pytest.approx(1, abs=1e-5)
    assert 0 < lines[0]["gates/balance_least"] <= lines[0]["gates/balance"] <= 1
    layers = json.loads((road.root / "mue/gates.jsonl").read_text().splitlines()[0])["layers"]
    assert len(layers) == 6
    tasks = json.loads((road.root / "mue/gates.json").read_text())["tasks"]
    assert set(tasks) <= {"medkqa", "evidiag", "trerecom"}
    assert (road.root / "mue/gates.png").read_bytes().startswith(b"\x89PNG")


def test_the_record_says_from_what_and_with_what_it_was_trained(road, export):
    record = json.loads((road.root / "run.json").read_text())
    assert (road.root / record["export"]).resolve() == export.resolve()
    assert len(record["export_sha256"]) == 64
    assert record["start"] == "base"
    assert record["versions"]["trl"]
    assert record["hardware"]["processors"]
    assert [done["steps"] for done in record["finished"]] == [2, 2, 2, 2]


def test_the_first_three_phases_train_everything_and_the_last_its_experts(road):
    shares = [done.trainable / done.parameters for done in road.record.finished]
    assert shares[:3] == [1.0, 1.0, 1.0]
    assert 0 < shares[3] < 1


def test_each_phase_starts_from_the_last_ones_output(road):
    before, _ = loaded(road.root / "sft/model")
    after, _ = loaded(road.root / "dfpo/model")
    moved = [(a - b).abs().max().item() for a, b in zip(before.parameters(), after.parameters(), strict=True)]
    assert 0 < max(moved) < 0.01  # two small steps away, not a model of its own


def test_progress_is_told_from_the_making_ready_to_the_last_step(told, road):
    steps = [(step.step, step.total) for step in told if step.phase == "sft"]
    assert steps == [(0, 0), (0, 2), (1, 2), (2, 2)]
    assert [step.loss for step in told if step.phase == "sft"][-1] is not None


def test_pre_training_learns_every_token(road, export, tmp_path):
    model, tokenizer = loaded(road.root / "cpt/model")
    ids = tokenizer(first_row(export, "cpt")["text"] + tokenizer.eos_token).input_ids
    assert one_step("cpt", export, road, tmp_path) == pytest.approx(mean_loss(model, ids, 1), abs=1e-4)


def test_fine_tuning_learns_the_answer_only(road, export, tmp_path):
    row = first_row(export, "sft")
    expected = answer_loss(road.root / "cpt/model", row["prompt"], row["completion"])
    assert one_step("sft", export, road, tmp_path) == pytest.approx(expected, abs=1e-4)


def test_experts_start_where_the_model_stands(road, export, tmp_path):
    row = first_row(export, "mue")
    expected = answer_loss(road.root / "cpt/model", row["prompt"], row["completion"])
    assert one_step("mue", export, road, tmp_path) == pytest.approx(expected, abs=1e-4)


def test_preference_loss_is_the_sigmoid_term_plus_the_chosen_answers_mean_loss(road, export, tmp_path):
    row = first_row(export, "dfpo")
    chosen = answer_loss(road.root / "cpt/model", row["prompt"], row["chosen"])
    loss = one_step("dfpo", export, road, tmp_path, "trainer.loss_weights=[1.0, 0.25]")
    assert loss == pytest.approx(math.log(2) + 0.25 * chosen, abs=1e-4)  # the model is its own reference at step 1


def test_the_same_run_twice_learns_the_same(road, export, tmp_path):
    again = train(export=export, runs=tmp_path, phases=["cpt"], overrides=SMALL[:-1])
    first, second = (run.root / "cpt/metrics.jsonl" for run in (road, again))
    assert first.read_bytes() == second.read_bytes()


def test_held_out_rows_are_evaluated_where_the_recipe_asks(road, export, tmp_path):
    settings = ["trainer.max_steps=1", "trainer.eval_strategy=steps", "trainer.eval_steps=1"]
    run = train(export=export, runs=tmp_path, phases=["sft"], model=road.root / "cpt/model", overrides=settings)
    assert len(losses(run.root / "sft/metrics.jsonl", "eval_loss")) == 1


def test_an_interrupt_is_on_record_and_what_had_finished_is_usable(export, tmp_path):
    def interrupt(step):
        if step.phase == "sft" and step.step == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(export=export, runs=tmp_path, phases=["cpt", "sft"], overrides=SMALL[:-1], on_progress=interrupt)
    run = newest_run(tmp_path)
    assert (run.record.state, [done.phase for done in run.record.finished]) == ("interrupted", ["cpt"])
    assert loaded(run.model_path)
    assert not (run.root / "sft/model").exists()


def test_a_recipe_that_does_not_fit_the_model_fails_on_record(road, export, tmp_path):
    settings = ["mue.target_modules=[c_fc]"]
    with pytest.raises(SettingsError, match=r"mue\.yaml: mue: Target modules .*c_fc.* not found"):
        train(export=export, runs=tmp_path, phases=["mue"], model=road.root / "cpt/model", overrides=settings)
    (run,) = list_runs(tmp_path)
    assert run.record.state == "failed"
    assert "c_fc" in open_run(run.root).record.reason


def test_values_that_trl_refuses_are_refused_in_its_words(road, export, tmp_path):
    settings = ["trainer.lr_scheduler_type=bumpy"]
    with pytest.raises(SettingsError, match=r"sft\.yaml: trainer: .*bumpy"):
        train(export=export, runs=tmp_path, phases=["sft"], model=road.root / "cpt/model", overrides=settings)


def test_a_folder_that_is_no_model_is_refused(export, tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model/config.json").write_text('{"model_type": "llama"}')
    (tmp_path / "model/tokenizer.json").write_text("{}")
    with pytest.raises(UsageError, match="cannot be loaded as a causal language model"):
        train(export=export, runs=tmp_path / "runs", phases=["sft"], model=tmp_path / "model")


def test_pre_training_is_measured_on_text_and_on_instructions_at_its_start_and_its_end(road):
    metrics = road.root / "cpt/metrics.jsonl"
    for part in ("text", "instruction"):
        assert [step for step, _ in losses(metrics, f"eval_{part}_loss")] == [0, 2]
    (text, instruction) = road.record.finished[0].held_out
    assert (text.part, text.rows, instruction.part, instruction.rows) == ("text", 3, "instruction", 1)
    assert text.first_perplexity == pytest.approx(losses(metrics, "eval_text_perplexity")[0][1])
    assert text.last_perplexity < text.first_perplexity
    assert "| cpt | text | 3 | " in (road.root / "README.md").read_text()


def test_held_out_loss_is_the_mean_over_all_tokens(road, export, tmp_path):
    settings = ["trainer.max_steps=1", "trainer.per_device_eval_batch_size=1", "trainer.learning_rate=0"]
    settings += ["trainer.eval_strategy=steps", "trainer.eval_steps=1"]
    run = train(export=export, runs=tmp_path, phases=["cpt"], model=road.root / "cpt/model", overrides=settings)
    model, tokenizer = loaded(road.root / "cpt/model")
    rows = pq.read_table(export / "cpt/validation.parquet").to_pylist()
    texts = [tokenizer(row["text"] + tokenizer.eos_token).input_ids for row in rows if row["kind"] != "instruction"]
    assert all(len(ids) < 256 for ids in texts)
    total = sum(mean_loss(model, ids, 1) * (len(ids) - 1) for ids in texts)
    expected = total / sum(len(ids) - 1 for ids in texts)
    (_, first), (step, last) = losses(
        run.root / "cpt/metrics.jsonl", "eval_text_loss"
    )  # the last step's is not repeated
    assert (first, step, last) == (pytest.approx(expected, abs=1e-4), 1, first)


def test_what_goes_in_is_on_record(road):
    assert road.record.finished[0].parts == {"instruction": 10, "passage": 8, "statement": 15}
    assert set(road.record.finished[1].parts) == {"evidiag", "medkqa", "trerecom"}
    assert road.record.finished[2].parts == {}
    assert "| cpt | statement | 15 |" in (road.root / "README.md").read_text()


def test_preference_metrics_are_logged_and_begin_at_nothing(road):
    first, second = (json.loads(line) for line in (road.root / "dfpo/metrics.jsonl").read_text().splitlines())
    assert [first[f"rewards/{side}"] for side in ("chosen", "rejected", "margins", "accuracies")] == [0, 0, 0, 0]
    assert {*first} == {*second} >= {"rewards/margins", "rewards/accuracies", "logps/chosen", "nll/chosen"}


def test_the_logged_nll_is_the_chosen_answers_mean_loss(road, export, tmp_path):
    row = first_row(export, "dfpo")
    settings = [text for text in ONE_ROW if text.startswith(("trainer.", "data."))]
    start = road.root / "cpt/model"
    run = train(export=export, runs=tmp_path, phases=["dfpo"], model=start, overrides=settings)
    ((_, nll),) = losses(run.root / "dfpo/metrics.jsonl", "nll/chosen")
    assert nll == pytest.approx(answer_loss(start, row["prompt"], row["chosen"]), abs=1e-4)


def test_progress_tells_tokens_a_second(told, road):
    paces = [step.tokens_per_s for step in told if step.phase == "sft"]
    assert paces[:2] == [None, None]
    assert all(pace > 0 for pace in paces[2:])


def test_no_rows_lie_about_once_a_phase_is_done(road):
    assert not list(road.root.rglob("*.arrow"))


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("tokenizer_config.json", {"pad_token": None}, "no padding token; set pad_token"),
        ("tokenizer_config.json", {"eos_token": None}, "no end-of-sequence token; set eos_token"),
        ("tokenizer.json", {"added_tokens": [{"id": 400, "content": "孩子"}]}, "a conversation gets the id 400"),
    ],
)
def test_a_tokenizer_that_cannot_serve_is_refused(road, export, tmp_path, file, change, said):
    model = shutil.copytree(road.root / "cpt/model", tmp_path / "model")
    values = json.loads((model / file).read_text())
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized", "special"), False)
    added = [*values.get("added_tokens", ()), *({**flags, **token} for token in change.get("added_tokens", ()))]
    (model / file).write_text(json.dumps({**values, **change, **({"added_tokens": added} if added else {})}))
    with pytest.raises(UsageError, match=said):
        train(export=export, runs=tmp_path / "runs", phases=["sft"], model=model, overrides=["trainer.max_steps=1"])
