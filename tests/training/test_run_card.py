from pedcorpus.training.metrics import plot_run
from pedcorpus.training.run_card import run_card, state_of
from pedcorpus.training.runs import Run, write_record
from tests.training.test_runs import a_run, done


def test_a_card_says_from_what_and_what_came_of_it(tmp_path):
    card = run_card(a_run(tmp_path, done("cpt"), done("mue", adapter=True)))
    assert f"| export | v1, manifest SHA-256 `{'0' * 64}` |" in card
    assert "| cpt | 3 | 2 | 2.0000 | 1.0000 | 5 of 10 (50.00%) | 42 | 2 |" in card
    assert "![continuous pre-training](cpt/loss.png)" in card
    assert "no medical advice" in card


def test_a_cell_cannot_break_the_table(tmp_path):
    run = a_run(tmp_path)
    run = Run(run.root, run.record.model_copy(update={"state": "failed", "reason": "mue: a|b"}))
    assert r"| state | failed: mue: a\|b |" in run_card(run)


def test_a_run_that_nobody_trains_any_more_was_killed(tmp_path):
    run = a_run(tmp_path)
    run = Run(run.root, run.record.model_copy(update={"state": "running"}))
    write_record(run)
    with run.held():
        assert (state_of(run), run.is_unfinished) == ("running", False)
    assert (state_of(run), run.is_unfinished) == ("killed", True)


def test_curves_of_several_phases_are_one_picture(tmp_path):
    metrics = tmp_path / "metrics.jsonl"
    metrics.write_text('{"step": 1, "loss": 2.0}\n{"step": 2, "eval_loss": 1.5}\n')
    plot_run(tmp_path / "curves.png", [("one", metrics), ("two", metrics)])
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")
