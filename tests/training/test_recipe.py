import subprocess
import sys
from pathlib import Path

import pytest

from pedcorpus.errors import SettingsError, UsageError
from pedcorpus.shipped import shipped_folder
from pedcorpus.training.phase import PHASES, chosen_phases
from pedcorpus.training.recipe import load_recipes, recipe_text
from pedcorpus.training.recipe_sets import recipe_sets
from pedcorpus.training.recipe_yaml import parse_yaml

CPT = chosen_phases(["cpt"])
ALL = chosen_phases(list(PHASES))


def recipe_file(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def load(text: str, folder: Path, *overrides: str, phases=CPT):
    return load_recipes(phases, source=recipe_file(folder, text), overrides=overrides)


def test_the_shipped_recipes_are_sound():
    recipes = load_recipes(ALL, source=None, overrides=())
    assert list(recipes) == list(PHASES)
    assert recipes["dfpo"].trainer["loss_type"] == ["sigmoid", "sft"]
    assert recipes["cpt"].trainer["packing_strategy"] == "bfd_split"
    assert recipes["mue"].mue["num_experts"] == 3


@pytest.mark.parametrize("name", recipe_sets())
def test_each_shipped_set_is_sound_and_whole(name):
    assert {path.stem for path in (shipped_folder("train") / name).glob("*.yaml")} == set(PHASES)
    recipes = load_recipes(ALL, source=name, overrides=())
    assert all(recipe.trainer["bf16"] is True for recipe in recipes.values())
    assert recipes["mue"].mue["num_experts"] == 3


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("folder", [".", *recipe_sets()])
def test_a_shipped_recipe_says_how_to_run_it_and_what_to_expect(folder, phase):
    text = (shipped_folder("train") / folder / f"{phase}.yaml").read_text(encoding="utf-8")
    assert all(word in text for word in ("# Run:     ", f"--phase {phase}", "# On:", "# Expect:"))


def test_files_that_a_recipe_names_are_read_from_beside_it_into_the_recipe(tmp_path):
    assert load_recipes(CPT, source="cluster-13b", overrides=())["cpt"].trainer["deepspeed"]["zero_optimization"]
    recipe = load_recipes(CPT, source="8gpu-13b", overrides=())["cpt"]
    assert recipe.trainer["fsdp_config"]["version"] == 2
    assert load(recipe_text(recipe), tmp_path)["cpt"] == recipe


@pytest.mark.parametrize(
    ("text", "said"), [(None, "cannot be read"), ("[1]", "holds no JSON object"), ("{", "cannot be")]
)
def test_a_file_that_a_recipe_names_must_be_a_json_object(tmp_path, text, said):
    if text is not None:
        (tmp_path / "zero.json").write_text(text)
    with pytest.raises(SettingsError, match=rf"mine\.yaml: trainer\.deepspeed: .*zero\.json {said}"):
        load("phase: cpt\ntrainer: {deepspeed: zero.json}", tmp_path)


def test_an_unknown_set_is_refused_with_the_nearest_one():
    with pytest.raises(UsageError, match="nor a shipped set of that name; did you mean 'gpu-7b'"):
        load_recipes(CPT, source="gpu7b", overrides=())


def test_a_recipe_written_out_reads_as_itself(tmp_path):
    recipe = load_recipes(CPT, source=None, overrides=["trainer.learning_rate=5e-4"])["cpt"]
    assert load(recipe_text(recipe), tmp_path)["cpt"] == recipe


def test_scientific_notation_without_a_point_is_a_number(tmp_path):
    assert load("phase: cpt\ntrainer: {learning_rate: 1e-4}", tmp_path)["cpt"].trainer["learning_rate"] == 1e-4


def test_no_is_a_word_as_the_libraries_own_strategies_are(tmp_path):
    assert parse_yaml("eval_strategy: no") == {"eval_strategy": "no"}
    assert parse_yaml("packing: false") == {"packing": False}


def test_all_problems_of_a_recipe_are_told_at_once(tmp_path):
    text = """
phase: cpt
learning_rate: 1.0e-4
template: qwen
trainer: {learning_rat: 1.0e-4, max_steps: many, output_dir: x, frobnicate: 1}
mue: {r: 8}
data: 5
"""
    with pytest.raises(SettingsError) as caught:
        load(text, tmp_path)
    assert caught.value.path == tmp_path / "mine.yaml"
    assert caught.value.problems == (
        "learning_rate: unknown key; did you mean 'trainer.learning_rate'?",
        "template: no prompt template is called 'qwen'; known: baichuan2, chatml, default, tokenizer",
        "trainer.learning_rat: unknown key; did you mean 'learning_rate'?",
        "trainer.max_steps: expected int, found 'many'",
        "trainer.output_dir: may not be set; the run folder decides where things are written",
        "trainer.frobnicate: unknown key; the known ones are the fields of SFTConfig in TRL",
        "mue: unknown key; known keys: data, phase, template, tiny, trainer",
        "data: expected keys and values, found 5",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("phase: [", "not valid YAML"),
        ("- cpt", "holds no keys"),
        ("", "holds no keys"),
    ],
)
def test_what_is_no_recipe_is_refused(tmp_path, text, said):
    with pytest.raises(SettingsError, match=said):
        load(text, tmp_path)


def test_a_recipe_serves_the_phase_it_names_and_the_others_take_the_shipped_ones(tmp_path):
    recipes = load("phase: sft\ntrainer: {max_steps: 7}", tmp_path, phases=ALL)
    assert recipes["sft"].trainer == {"max_steps": 7}
    assert recipes["cpt"].trainer["packing"] is True


def test_a_recipe_for_a_phase_that_is_not_run_is_refused(tmp_path):
    with pytest.raises(UsageError, match="recipe of the phase 'sft', but the phases run are cpt"):
        load("phase: sft\ntrainer: {}", tmp_path)


def test_a_folder_of_recipes_may_hold_some_of_them(tmp_path):
    (tmp_path / "cpt.yaml").write_text("phase: cpt\ntrainer: {max_steps: 3}")
    recipes = load_recipes(ALL, source=tmp_path, overrides=())
    assert recipes["cpt"].trainer == {"max_steps": 3}
    assert "loss_type" in recipes["dfpo"].trainer


def test_a_missing_recipe_and_an_empty_folder_are_refused(tmp_path):
    with pytest.raises(UsageError, match="no such recipe"):
        load_recipes(CPT, source=tmp_path / "none.yaml", overrides=())
    with pytest.raises(UsageError, match=r"expected one of cpt\.yaml"):
        load_recipes(CPT, source=tmp_path, overrides=())


def test_checking_recipes_and_planning_do_not_import_torch():
    code = """
import sys
from pedcorpus.training import PHASES, load_recipes
from pedcorpus.training.phase import chosen_phases
load_recipes(chosen_phases(list(PHASES)), source=None, overrides=["trainer.max_steps=1"])
sys.exit(any(name in sys.modules for name in ("torch", "transformers", "peft", "trl", "datasets")))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
