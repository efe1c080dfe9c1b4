"""The flags of other tools' command lines, as `chat` takes them."""

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode

MODEL = ["--model_name_or_path", "no-model", "--adapter_name_or_path", "no-adapter", "--template", "default"]


def test_the_aliases_name_model_and_adapter(tmp_path, capsys):
    code = run(["-w", str(tmp_path), "chat", *MODEL, "--finetuning_type", "lora"])
    assert code == ExitCode.WRONG_USAGE
    assert "no-model: is no run of this workspace" in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.parametrize("value", ["full", "freeze", "none"])
def test_another_finetuning_type_is_refused(tmp_path, capsys, value):
    code = run(["-w", str(tmp_path), "chat", *MODEL, "--finetuning_type", value])
    assert code == ExitCode.WRONG_USAGE
    assert f"--finetuning_type {value} is not known here" in " ".join(capsys.readouterr().err.split())


def test_an_export_that_is_none_is_refused_before_a_model_is_loaded(tmp_path, capsys):
    code = run(["-w", str(tmp_path), "chat", *MODEL, "--export", "v9"])
    assert code == ExitCode.WRONG_USAGE
    assert "there is no export" in " ".join(capsys.readouterr().err.split())
