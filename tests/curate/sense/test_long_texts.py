import pytest

from benchmarks.medical_sense import CHECKS
from pedcorpus.curate import Subject
from pedcorpus.curate.check import Check
from pedcorpus.plugins import load_plugin
from tests.by_hand import question


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("words", ["一", " ", "3、", "第一剂"], ids=["numerals", "spaces", "list", "doses"])
def test_a_run_of_one_word_costs_no_more_than_its_length(name: str, words: str) -> None:
    check: Check = load_plugin("checks", name)
    record = question(
        "体温38℃。" + words * 50_000 + "x", question="男孩，3岁，体重14 kg，怎么打百白破疫苗？" + words * 50_000
    )
    assert len(list(check.verdicts([Subject(record, {})]))) == 1
