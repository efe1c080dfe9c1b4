import pytest

from pedcorpus.curate.semantic import WITHDRAWN, Alike, changed_verdicts, semantic_check, semantic_verdicts
from pedcorpus.records import Finding, Severity

CHECK = semantic_check("bge-small-zh", 0.92)


def test_who_says_what_another_says_is_warned_of_and_nobody_else() -> None:
    verdicts = semantic_verdicts(["a", "b"], [Alike("b", "a", 0.95)], check=CHECK)
    assert [(each.severity, each.reason) for each in verdicts.values()] == [
        (Severity.PASS, ""),
        (Severity.WARNING, "semantic_duplicate"),
    ]
    assert "says what a says (cosine 0.950)" in verdicts["b"].detail


@pytest.mark.parametrize(
    "model", ["bge-small-zh", "BAAI/bge-m3", "模型", "m" * 90], ids=["plain", "path", "han", "long"]
)
def test_any_name_of_a_model_makes_a_check_id(model: str) -> None:
    assert Finding(instruction="a", check=semantic_check(model, 0.9), severity=Severity.PASS)


def test_names_that_fold_to_one_word_stay_apart() -> None:
    assert semantic_check("a/b", 0.9) != semantic_check("a b", 0.9) != semantic_check("a-b", 0.9)


def test_verdicts_that_stand_are_not_stored_again() -> None:
    verdicts = semantic_verdicts(["a", "b"], [Alike("b", "a", 0.95)], check=CHECK)
    assert changed_verdicts(verdicts, verdicts) == []


def test_a_changed_verdict_is_taken_back_before_the_new_one() -> None:
    before = semantic_verdicts(["b"], [Alike("b", "a", 0.95)], check=CHECK)
    after = semantic_verdicts(["b"], [], check=CHECK)
    assert [each.check for each in changed_verdicts(after, before)] == [WITHDRAWN, CHECK]


def test_a_verdict_under_another_threshold_needs_no_taking_back() -> None:
    before = semantic_verdicts(["b"], [], check=semantic_check("bge-small-zh", 0.8))
    after = semantic_verdicts(["b"], [], check=CHECK)
    assert [each.check for each in changed_verdicts(after, before)] == [CHECK]
