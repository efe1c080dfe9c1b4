import pytest

from pedcorpus.curate import Subject, check_id
from pedcorpus.curate.contamination import ContaminationCheck, Item, ItemIndex
from pedcorpus.records import Finding, Severity
from tests.by_hand import question

ASKED = "孩子多大时容易第一次出现热性惊厥？"
ANSWER = "热性惊厥首次发作多见于6个月至3岁，患病率为3%～5%。"


def verdicts(*items: Item) -> list[Finding]:
    check = ContaminationCheck(ItemIndex(items), setting="13-abc")
    return list(check.verdicts([Subject(question(), {})]))


def test_a_row_without_an_item_passes_under_the_sets_hash() -> None:
    (verdict,) = verdicts(Item("cmb", "1", "新生儿黄疸的常见原因不包括下列哪一项"))
    assert (verdict.severity, verdict.check) == (Severity.PASS, "contamination@1:13-abc")


def test_an_item_is_named_with_its_words_and_their_place() -> None:
    (verdict,) = verdicts(Item("cmb", "41", "孩子, 多大时容易第一次出现热性惊厥"))
    assert (verdict.severity, verdict.reason, verdict.path) == (Severity.WARNING, "in_evaluation_set", "question")
    assert verdict.detail.startswith("cmb 41: 82% of its question stands here")
    assert ASKED[verdict.start : verdict.end] == "多大时容易第一次出现热性惊厥"


@pytest.mark.parametrize(
    ("wanted", "severity"),
    [(ANSWER[:26] + "然而这里往后便都是别的话了", Severity.WARNING), (ANSWER, Severity.ERROR)],
    ids=["half", "whole"],
)
def test_severity_follows_the_share(wanted: str, severity: Severity) -> None:
    (verdict,) = verdicts(Item("web", "1", "不相干的问题在这里问一问吧", (), wanted))
    assert (verdict.severity, verdict.path) == (severity, "answer")


def test_a_row_of_ones_own_test_split_is_a_warning_at_most() -> None:
    own = Item("own-test", "x", "别的问题", (), ANSWER, kin=frozenset({"x"}))
    assert [(each.severity, each.path) for each in verdicts(own)] == [(Severity.WARNING, "answer")]


@pytest.mark.parametrize(
    ("asked", "severity"),
    [
        ("孩子多大时容易第一次出现热性惊厥", Severity.ERROR),
        ("孩子多大时容易第一次出现热性抽动", Severity.WARNING),
        ("老人多大时容易第一次出现热性惊厥", Severity.WARNING),
    ],
    ids=["the same", "another disease", "another patient"],
)
def test_a_question_of_one_line_is_an_error_as_a_whole_only(asked: str, severity: Severity) -> None:
    assert [each.severity for each in verdicts(Item("cmb", "1", asked))] == [severity]


def test_each_set_has_a_finding_of_its_own_for_its_best_item() -> None:
    same = Item("b", "1", ASKED), Item("a", "2", ASKED), Item("a", "3", ASKED + "请回答。")
    details = [finding.detail.split(":")[0] for finding in verdicts(*same)]
    assert details == ["a 2 and 1 more", "b 1"]


def test_other_sets_are_another_check() -> None:
    assert check_id(ContaminationCheck(ItemIndex([]), setting="13-def")) == "contamination@1:13-def"
