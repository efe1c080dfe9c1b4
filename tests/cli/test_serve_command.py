"""What the command refuses before anything is loaded."""

from pedcorpus.cli.main import run


def test_others_are_not_let_in_without_a_key(capsys):
    assert run(["serve", "--host", "0.0.0.0"]) == 2
    assert "PEDCORPUS_API_KEY" in capsys.readouterr().err


def test_an_empty_key_is_no_key(capsys, monkeypatch):
    monkeypatch.setenv("PEDCORPUS_API_KEY", "  ")
    assert run(["serve"]) == 2
    assert "the key is empty" in capsys.readouterr().err


def test_there_must_be_something_to_serve(capsys, tmp_path):
    assert run(["serve", "--workspace", str(tmp_path)]) == 2
    assert "no finished run to serve" in capsys.readouterr().err
