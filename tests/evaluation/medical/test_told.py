from pedcorpus.evaluation import Asked, Contestant, Question, Resampling
from pedcorpus.evaluation.comparison import compare
from pedcorpus.evaluation.medical import MedicalGrader, medical_section
from pedcorpus.evaluation.medical.measured import SCORE
from pedcorpus.evaluation.questions import Answer
from pedcorpus.evaluation.report import Case, Table
from pedcorpus.records import Message
from tests.evaluation.medical.by_hand import case


def compared(*records, reply):
    questions = [
        Question(f"q{n}", (Message(role="user", content="?"),), "诊断：热性惊厥", task="evidiag", record=record)
        for n, record in enumerate(records)
    ]
    values = list(SCORE.values([Answer(each, reply) for each in questions]))
    contestant = Contestant("甲", "id", lambda: iter)
    return compare(
        Asked("v1", "0", questions), [contestant], {"甲": [reply] * len(questions)}, {"甲": values},
        measures=SCORE.measures, resampling=Resampling(100, 0), unanswered={"甲": 0},
    )  # fmt: skip


def test_references_are_graded_too_and_failures_are_shown_with_their_reason():
    section = medical_section(compared(case(), reply="诊断：癫痫"), MedicalGrader())
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    assert table.rows == [["evidiag", "100.0", "100.0", "100.0"]]
    (wrong, *_) = (block for block in section.blocks if isinstance(block, Case))
    assert wrong.title["en"].startswith("甲 · diagnosis 0: ")
    assert {str(name): text for name, text in wrong.lines.lines}["甲"] == "诊断：癫痫"
    assert wrong.lines.lines[-1][1]["en"] == "gives 癫痫; expected 热性惊厥"


def test_questions_of_a_file_have_no_medical_section():
    assert medical_section(compared(None, reply="诊断：癫痫"), MedicalGrader()) is None
