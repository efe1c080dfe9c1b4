from pathlib import Path

import pytest

from pedcorpus.errors import SettingsError
from pedcorpus.settings import Settings, Workspace, settings_template


def workspace(folder: Path, text: str) -> Workspace:
    (folder / "pedcorpus.toml").write_text(text, encoding="utf-8")
    return Workspace(folder)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert Workspace(tmp_path).settings.generate.seed == 0


def test_the_template_says_the_defaults_and_changes_nothing(tmp_path: Path) -> None:
    assert workspace(tmp_path, settings_template()).settings.model_dump() == Settings().model_dump()


def test_the_template_with_every_key_uncommented_is_still_the_defaults(tmp_path: Path) -> None:
    lines = [line.removeprefix("# ") if " = " in line else line for line in settings_template().splitlines()]
    assert workspace(tmp_path, "\n".join(lines)).settings.model_dump() == Settings().model_dump()


def test_a_value_in_the_file_counts(tmp_path: Path) -> None:
    assert workspace(tmp_path, "[generate]\nseed = 7\n").settings.generate.seed == 7


def test_the_environment_counts_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEDCORPUS_GENERATE__SEED", "9")
    settings = workspace(tmp_path, "[generate]\nseed = 7\nquestions_per_aspect = 3\n").settings
    assert (settings.generate.seed, settings.generate.questions_per_aspect) == (9, 3)


def test_every_problem_is_told_at_once_with_the_nearest_key(tmp_path: Path) -> None:
    text = "langage = 'zh'\n[generate]\nsede = 1\nmax_answer_chars = 'many'\n"
    with pytest.raises(SettingsError) as caught:
        _ = workspace(tmp_path, text).settings
    told = str(caught.value)
    assert "langage: unknown key; did you mean 'language'?" in told
    assert "generate.sede: unknown key; did you mean 'seed'?" in told
    assert "generate.max_answer_chars" in told
    assert told.count("pedcorpus.toml") == 3


def test_a_misspelt_key_of_an_evaluation_set_is_told_with_the_nearest(tmp_path: Path) -> None:
    text = "[[curate.contamination.sets]]\nname = 'cmb'\npath = 'cmb.json'\nqestion = 'q'\n"
    with pytest.raises(SettingsError, match="unknown key; did you mean 'question'"):
        _ = workspace(tmp_path, text).settings


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"pedcorpus\.toml: not valid TOML.*line 1"):
        _ = workspace(tmp_path, "seed = = 1\n").settings


def test_the_workspace_is_named_by_argument_then_environment_then_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    assert Workspace.at(None).root == tmp_path
    monkeypatch.setenv("PEDCORPUS_WORKSPACE", str(tmp_path / "by-environment"))
    assert Workspace.at(None).root == tmp_path / "by-environment"
    assert Workspace.at(tmp_path / "given").root == tmp_path / "given"
