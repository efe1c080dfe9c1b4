import pytest

from pedcorpus.errors import UsageError
from pedcorpus.evaluation.judge import JudgementFile, read_judgements
from tests.evaluation.judge.by_hand import judgement


def test_what_was_kept_is_read_again_whole(tmp_path):
    path = tmp_path / "a/judgements.jsonl"
    with JudgementFile(path) as kept:
        kept.add(judgement("12=="))
    with JudgementFile(path) as kept:
        kept.add(judgement("====", "ba"))
        assert set(kept.kept) == {"q-ab", "q-ba"}
    assert read_judgements(path) == [judgement("12=="), judgement("====", "ba")]


def test_a_line_that_was_left_unfinished_is_cut_off(tmp_path):
    path = tmp_path / "judgements.jsonl"
    with JudgementFile(path) as kept:
        kept.add(judgement("12=="))
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"asked": "q-b')
    with JudgementFile(path) as kept:
        assert set(kept.kept) == {"q-ab"}
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    "text", ["{}\n", "no JSON\n", '{"asked":"x","pair":"q","order":"ac","judge":"j","prompt":1}\n']
)
def test_a_file_of_something_else_is_refused_with_its_line(tmp_path, text):
    path = tmp_path / "judgements.jsonl"
    path.write_text(text)
    with pytest.raises(UsageError, match=r"judgements.jsonl:1: no judgement: "):
        JudgementFile(path)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UsageError, match="cannot be written"):
        JudgementFile(tmp_path)


def test_two_processes_do_not_judge_into_one_file(tmp_path):
    with JudgementFile(tmp_path / "judgements.jsonl"), pytest.raises(UsageError, match="another process is judging"):
        JudgementFile(tmp_path / "judgements.jsonl")
