import pytest

from pedcorpus.errors import UsageError
from pedcorpus.evaluation import Contestant
from pedcorpus.evaluation.choices import (
    ChoiceQuestion,
    Exam,
    asked_of_exam,
    exam_section,
    sat,
    sittings,
    without_asked,
)
from pedcorpus.evaluation.likelihood import Likelihood
from pedcorpus.evaluation.report import Table

OPTIONS = {"A": "甲", "B": "乙", "C": "丙"}
EXAM = Exam(
    "set",
    "0",
    [ChoiceQuestion(f"q{number}", f"样例{number}？", OPTIONS, frozenset("B"), "儿科") for number in range(3)],
)
WAYS = ("letter", "likelihood", "likelihood_per_token")


class Model:
    """Writes one reply to everything, and likes the longest option best; counts how often it is asked."""

    def __init__(self, reply, *, name="甲", refuses=()):
        self.reply, self.asked, self.refuses = reply, 0, refuses
        self.contestant = Contestant(name, f"id-{name}", self.start, start_weighing=self.start_weighing)

    def start(self):
        def answer(conversations):
            self.asked += len(conversations)
            for place, turns in enumerate(conversations):
                if not any(word in turns[-1].content for word in self.refuses):
                    yield {place: self.reply}

        return answer

    def start_weighing(self):
        def weigh(pairs):
            self.asked += len(pairs)
            yield {
                place: [Likelihood(-1.0 if text == "乙" else -2.0, 1) for text in options]
                for place, (_, options) in enumerate(pairs)
            }

        return weigh


def test_a_model_is_asked_once_for_each_way_and_its_replies_are_kept(tmp_path):
    model = Model("答案是A")
    chosen, made = sat(model.contestant, EXAM, tmp_path, by=WAYS)
    _, (sitting,) = sittings(EXAM, {"甲": chosen})
    assert {way: result.overall.right for way, result in sitting.results.items()} == {
        "letter": 0, "likelihood": 3, "likelihood_per_token": 3
    }  # fmt: skip
    assert (made, model.asked) == (6, 6)
    assert sat(model.contestant, EXAM, tmp_path, by=WAYS) == (chosen, 0)
    assert model.asked == 6


def test_a_question_that_a_model_did_not_answer_is_taken_out_of_all(tmp_path):
    models = {"甲": Model("B"), "乙": Model("B", name="乙", refuses=("样例1",))}
    chosen = {name: sat(model.contestant, EXAM, tmp_path, by=["letter"])[0] for name, model in models.items()}
    shared, found = sittings(EXAM, chosen)
    assert [each.id for each in shared.questions] == ["q0", "q2"]
    assert [(each.unanswered, each.results["letter"].overall.of) for each in found] == [(0, 2), (1, 2)]


def test_likelihoods_of_a_model_that_only_writes_are_refused(tmp_path):
    served = Contestant("served", "s", Model("B").start)
    with pytest.raises(UsageError, match=r"served: only its text can be had.*--by letter"):
        sat(served, EXAM, tmp_path, by=["likelihood"])


def test_questions_that_were_trained_on_are_left_out_and_told():
    asked = asked_of_exam(EXAM)
    left = without_asked(EXAM, type(asked)("set", "0", asked.questions[:1], (("question_in_training", 2),)))
    assert ([each.id for each in left.questions], left.left_out) == (["q0"], (("question_in_training", 2),))
    assert asked.questions[0].reference == "样例0？\n乙"


def test_the_section_has_a_row_for_each_model_and_way_and_tests_the_difference(tmp_path):
    models = {"甲": Model("A"), "乙": Model("B", name="乙")}
    chosen = {name: sat(model.contestant, EXAM, tmp_path, by=["letter"])[0] for name, model in models.items()}
    section = exam_section(*sittings(EXAM, chosen))
    table, subjects = (block for block in section.blocks if isinstance(block, Table))
    assert [(row[0], row[2], row[-1]) for row in table.rows] == [("甲", "0/3", "–"), ("乙", "3/3", "0.25")]
    assert subjects.rows == [["儿科", "3", "0.0 (0.0–70.8)", "100.0 (29.2–100.0)"]]
    assert section.data["models"][1]["ways"]["letter"]["p_against_first"] == 0.25
