import io

import pytest
from rich.console import Console

from pedcorpus.cli import training_report
from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from pedcorpus.export.write import write_export
from pedcorpus.training import Progress
from tests.export.sample import sample_release


@pytest.fixture
def place(tmp_path):
    (tmp_path / "exports").mkdir()
    write_export(sample_release("v1"), tmp_path / "exports/v1")
    return tmp_path


def test_a_dry_run_says_what_goes_in(place, capsys):
    words = ["cpt.data.instruction_share=0.5", "cpt.data.schedule=ramp", "sft.data.weights={medkqa: 0}"]
    assert run(["train", "--dry-run", "-w", str(place), *words]) == ExitCode.DONE
    told = capsys.readouterr().err
    assert "  instruction 10 (50.0%), passage " in told
    assert "; schedule: ramp" in told
    (sft,) = [line for line in told.splitlines() if "evidiag" in line and "medkqa" not in line]
    assert sft.startswith("  evidiag ")


def test_a_name_that_is_not_there_is_refused_with_the_nearest(place, capsys):
    assert run(["train", "--dry-run", "-w", str(place), "sft.data.weights={medkaq: 2}"]) == ExitCode.WRONG_USAGE
    assert "has no 'medkaq'; did you mean 'medkqa'?" in capsys.readouterr().err


def test_a_bar_tells_loss_tokens_a_second_and_the_time_left(monkeypatch):
    screen = Console(file=io.StringIO(), force_terminal=True, width=120)
    monkeypatch.setattr(training_report, "ERR", screen)
    with training_report.TrainingBars() as bars:
        for step in range(3):
            bars(Progress("sft", step, 10, 2.5, 1234.4))
    told = screen.file.getvalue()
    assert "2/10" in told
    assert "loss 2.500" in told
    assert "1,234 tokens/s" in told
    assert "-:--:--" in told or "0:00:0" in told
