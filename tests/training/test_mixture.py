import numpy as np
import pytest

from pedcorpus.errors import SettingsError, UsageError
from pedcorpus.export import open_export
from pedcorpus.training import plan_training
from pedcorpus.training.row_labels import RowLabels


def mixture(export, tmp_path, phase, *overrides):
    plan = plan_training(export=export, runs=tmp_path / "runs", phases=[phase], overrides=overrides)
    return plan.phases[0].mixture


def view(export, name):
    return list(open_export(export, verify=False).rows(name, "train"))


def test_without_settings_everything_goes_in_as_exported(export, tmp_path):
    kinds = [row["kind"] for row in view(export, "cpt")]
    found = mixture(export, tmp_path, "cpt")
    assert found.rows is None
    assert found.parts == {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def test_max_rows_counts_what_stands_at_the_beginning(export, tmp_path):
    kinds = [row["kind"] for row in view(export, "cpt")[:9]]
    assert mixture(export, tmp_path, "cpt", "data.max_rows=9").parts == {kind: kinds.count(kind) for kind in set(kinds)}


@pytest.mark.parametrize(("share", "text", "instructions"), [(0.25, 22, 8), (0.5, 10, 10), (0, 23, 0), (1, 0, 10)])
def test_instructions_are_the_share_that_is_asked_for(export, tmp_path, share, text, instructions):
    found = mixture(export, tmp_path, "cpt", f"data.instruction_share={share}")
    kinds = [view(export, "cpt")[number]["kind"] for number in found.rows]
    assert (len(kinds) - kinds.count("instruction"), kinds.count("instruction")) == (text, instructions)
    assert sum(found.parts.values()) == found.count == len(kinds)


def test_a_share_and_max_rows_are_both_kept(export, tmp_path):
    found = mixture(export, tmp_path, "cpt", "data.instruction_share=0.5", "data.max_rows=6")
    assert (found.count, found.parts["instruction"]) == (6, 3)


def test_weights_by_task_repeat_and_thin_out_exactly(export, tmp_path):
    tasks = [row["task"] for row in view(export, "instructions")]
    found = mixture(export, tmp_path, "sft", "data.weights={medkqa: 0.5, evidiag: 2}")
    known = {task: tasks.count(task) for task in set(tasks)}
    assert found.parts == {
        "evidiag": 2 * known["evidiag"],
        "medkqa": int(known["medkqa"] / 2 + 0.5),
        "trerecom": known["trerecom"],
    }
    assert [tasks[number] for number in found.rows].count("medkqa") == found.parts["medkqa"]


def test_weights_by_source_and_task_multiply(export, tmp_path):
    rows = view(export, "instructions")
    both = [row["evidence"][0]["source"] == "book" and row["task"] == "medkqa" for row in rows]
    found = mixture(export, tmp_path, "sft", "data.weights={book: 3, graph: 0, medkqa: 1}")
    assert all(rows[number]["evidence"][0]["source"] == "book" for number in found.rows)
    assert sum(both[number] for number in found.rows) == 3 * sum(both)


def test_the_experts_view_is_weighted_too(export, tmp_path):
    found = mixture(export, tmp_path, "mue", "data.weights={medkqa: 0}")
    assert {view(export, "mue")[number]["task"] for number in found.rows} == {"evidiag", "trerecom"} == set(found.parts)


def test_the_same_seed_draws_the_same_and_another_one_others(export, tmp_path):
    draws = [
        mixture(export, tmp_path, "cpt", "data.instruction_share=0.1", f"trainer.{key}").rows.tolist()
        for key in ("seed=1", "seed=1", "data_seed=9")
    ]
    assert draws[0] == draws[1] != draws[2]


def test_shares_of_groups_are_exact_and_the_rest_goes_to_the_others(monkeypatch, export, tmp_path):
    pairs = (("medkqa", ""), ("trerecom", ""), ("medical", ""), ("safety", ""), ("general", ""))
    codes = np.array([0] * 20 + [1] * 20 + [2] * 100 + [3] * 10 + [4] * 50, np.int32)
    monkeypatch.setattr("pedcorpus.training.mixture.row_labels", lambda *_, **__: RowLabels(pairs, codes))
    from pedcorpus.training.mixture import mixture_of
    from pedcorpus.training.phase import PHASES
    from pedcorpus.training.recipe import Recipe

    recipe = Recipe("sft", data={"shares": {"paediatric": 0.5, "general": 0.25}})
    found = mixture_of(open_export(export), PHASES["sft"], recipe, known=len(codes))
    assert found.count == 80
    assert found.parts["medkqa"] + found.parts["trerecom"] == 40
    assert found.parts["safety"] + found.parts["general"] == 20
    assert found.parts["medical"] == 20


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("sft.data.weights={medkq: 2}", r"data\.weights of sft: the view has no 'medkq'; did you mean 'medkqa'\?"),
        ("sft.data.weights={bok: 2}", r"did you mean 'book'\?"),
        ("sft.data.weights={book: 0, graph: 0}", "lets no row through"),
        ("sft.data.shares={medical: 0.5}", "medical is to be 50% of the rows, and there is no such row"),
        ("sft.data.shares={paediatric: 0.5}", "add up to 0.5, and the view has no rows of other groups"),
    ],
)
def test_what_the_view_does_not_hold_is_refused(export, tmp_path, override, said):
    with pytest.raises(UsageError, match=said):
        mixture(export, tmp_path, "sft", override)


@pytest.mark.parametrize(
    ("phase", "override", "said"),
    [
        ("cpt", "data.instruction_share=1.5", r"data\.instruction_share: expected 0 to 1, found 1\.5"),
        ("cpt", "data.schedule=rmap", r"there is no 'rmap'; did you mean 'ramp'\?"),
        ("cpt", "data.schedule=ramp; trainer.train_sampling_strategy=random", "may not be set beside data"),
        ("sft", "data.schedule=ramp", r"data\.schedule: unknown key"),
        ("sft", "data.weights={medkqa: -1}", r"data\.weights\.medkqa: expected a number from 0 on, found -1"),
        ("sft", "data.shares={pediatric: 0.5}", r"unknown group; did you mean 'paediatric'\?"),
        ("sft", "data.shares={general: 0.7, medical: 0.7}", r"add up to 1\.4, expected at most 1"),
        ("dfpo", "data.eval_rows=0", r"data\.eval_rows: expected at least 1"),
    ],
)
def test_settings_that_say_nothing_sensible_are_refused_with_the_recipe(export, tmp_path, phase, override, said):
    with pytest.raises(SettingsError, match=said):
        mixture(export, tmp_path, phase, *override.split("; "))
