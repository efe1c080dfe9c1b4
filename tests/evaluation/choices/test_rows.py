import pytest

from pedcorpus.errors import UsageError
from pedcorpus.evaluation.choices import exam_of_rows

CMB = {
    "exam_type": "医师考试", "exam_class": "执业医师", "exam_subject": "样例科", "question": "样例题一？",
    "answer": "BD", "question_type": "多项选择题", "option": {"A": "甲", "B": "乙", "C": "丙", "D": "丁", "E": ""},
}  # fmt: skip
CMEXAM = {
    "Question": "样例题二？", "Options": "A 甲\nB 乙\nC 丙\nD 丁\nE 戊", "Answer": "E", "Explanation": "略",
    "Medical Discipline (医学学科)": "儿科学",
}  # fmt: skip
MEDQA = {
    "question": "样例题三？", "options": {"A": "甲", "B": "乙"}, "answer": "乙", "meta_info": "第一部分",
    "answer_idx": "B",
}  # fmt: skip
BIGBIO = {
    "question": "Sample?",
    "options": [{"key": "A", "value": "one"}, {"key": "B", "value": "two"}],
    "answer": ["two"],
}


def exam(*rows, **options):
    return exam_of_rows(rows, name="set", sha256="0", where="set.json", **options)


@pytest.mark.parametrize(
    ("row", "options", "answer", "subject", "several"),
    [
        (CMB, "ABCD", "BD", "医师考试", True),
        (CMEXAM, "ABCDE", "E", "儿科学", None),
        (MEDQA, "AB", "B", "第一部分", None),
        (BIGBIO, "AB", "B", "", None),
        (MEDQA | {"answer_idx": None}, "AB", "B", "第一部分", None),
    ],
    ids=["CMB", "CMExam", "MedQA-zh", "key and value", "answer in words"],
)
def test_a_row_of_each_layout_becomes_a_question(row, options, answer, subject, several):
    (question,) = exam(row).questions
    assert "".join(question.options) == options
    assert question.answer == frozenset(answer)
    assert (question.subject, question.asks_for_several) == (subject, several)


def test_rows_that_cannot_be_asked_are_counted_by_why():
    found = exam(
        CMB, CMB | {"answer": ""}, CMB | {"option": {"A": "甲"}}, CMB | {"question": ""}, CMB | {"answer": "Z"}
    )
    assert len(found.questions) == 1
    assert found.left_out == (("no_answer", 2), ("no_options", 1), ("no_question", 1))


def test_subjects_are_told_by_the_column_that_is_asked_for():
    assert exam(CMB, subject="exam_subject").questions[0].subject == "样例科"
    with pytest.raises(UsageError, match="no column 'ward' to tell subjects by; found: exam_type"):
        exam(CMB, subject="ward")


def test_a_limit_takes_questions_from_all_over_the_file():
    rows = [CMB | {"question": f"第{number}题？"} for number in range(10)]
    assert [each.question for each in exam(*rows, limit=2).questions] == ["第0题？", "第5题？"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"question": "甲？", "answer": "乙"}], "no column of options is known"),
        ([{"a": 1}], "no column of questions is known"),
        ([CMB | {"answer": ""}], r"none of 1 rows can be asked \(no_answer 1\)"),
    ],
)
def test_a_file_that_is_no_exam_is_refused(rows, told):
    with pytest.raises(UsageError, match=told):
        exam(*rows)
