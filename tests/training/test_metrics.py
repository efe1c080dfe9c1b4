from pedcorpus.training.metrics import MetricsFile, losses, plot_losses


def test_metrics_are_read_back_by_key(tmp_path):
    metrics = MetricsFile(tmp_path / "metrics.jsonl")
    metrics.add(1, {"loss": 2.5, "train_runtime": 3.0})
    metrics.add(1, {"eval_loss": 2.0, "eval_samples_per_second": 9.0})
    metrics.add(2, {"loss": float("nan")})
    assert losses(tmp_path / "metrics.jsonl") == [(1, 2.5)]
    assert losses(tmp_path / "metrics.jsonl", "eval_loss") == [(1, 2.0)]
    assert (tmp_path / "metrics.jsonl").read_text() == (
        '{"step": 1, "loss": 2.5}\n{"step": 1, "eval_loss": 2.0}\n{"step": 2, "loss": null}\n'
    )


def test_the_curve_is_a_png_and_the_same_losses_make_the_same_one(tmp_path):
    curves = {"training": [(1, 2.0), (2, 1.0)], "validation": [(2, 1.5)]}
    for name in ("a.png", "b.png"):
        plot_losses(tmp_path / name, title="cpt", curves=curves)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_a_phase_that_logged_nothing_has_an_empty_curve(tmp_path):
    plot_losses(tmp_path / "a.png", title="cpt", curves={"training": []})
    assert (tmp_path / "a.png").is_file()
