"""The check `text`: what it says, where, and how hard."""

from __future__ import annotations

from time import process_time

import pytest

from pedcorpus.curate import Subject, check_id
from pedcorpus.curate.text_quality import TextCheck
from pedcorpus.records import Finding, Instruction, Statement
from pedcorpus.settings import CurateSettings
from pedcorpus.tasks.general import General
from pedcorpus.tasks.medical import Medical
from tests.by_hand import question, treatment


def judge(record: Instruction, check: TextCheck | None = None) -> list[tuple[str, str, str]]:
    return [(one.severity, one.reason, one.path) for one in findings(record, check)]


def findings(record: Instruction, check: TextCheck | None = None) -> list[Finding]:
    return list((check or TextCheck()).verdicts([Subject(record, {})]))


def row(record: type[Medical] | type[General], answer: str, asked: str = "怎么办？") -> Instruction:
    values = question().model_dump(exclude={"messages", "aspect"})
    task = record.model_fields["task"].annotation.__args__[0]  # type: ignore[union-attr]
    return record(**(values | {"task": task, "question": asked, "answer": answer}))


@pytest.mark.parametrize(
    ("answer", "severity", "reason"),
    [
        ("锟斤拷锟斤拷", "error", "garbled"),
        ("多喝水，" * 5 + "好。", "error", "repeated"),
        ("热性惊厥多见于婴幼儿，", "warning", "truncated"),
        ("根据所提供的文本，多见于婴幼儿。", "error", "prompt_leak"),
        ("抱歉，我无法回答。", "error", "refusal"),
        ("多见于婴幼儿。点击查看更多", "error", "page_junk"),
        ("It is most common in children under three years of age.", "error", "other_language"),
        ("……！", "error", "blank"),
    ],
)
def test_every_sign_is_found_in_an_answer(answer: str, severity: str, reason: str) -> None:
    assert judge(question(answer)) == [(severity, reason, "answer")]


def test_a_finding_points_at_the_words() -> None:
    answer = "多见于婴幼儿。点击查看更多"
    (one,) = findings(question(answer))
    assert answer[one.start : one.end] == "点击查看"


def test_the_question_is_read_too() -> None:
    assert judge(question(question="锟斤拷锟斤拷？")) == [("error", "garbled", "question")]


def test_a_question_may_break_off() -> None:
    assert judge(question(question="孩子发热三天了，该怎么办，")) == [("pass", "", "")]


def test_each_field_of_a_plan_is_read() -> None:
    plan = (Statement(text="止惊"), Statement(text="保持气道通畅\ufffd"))
    assert judge(treatment().model_copy(update={"plan": plan})) == [("error", "garbled", "plan.1.text")]


def test_a_general_row_may_hold_code_pages_and_another_language() -> None:
    answer = "Use this code to print a greeting on the screen: ```print('<br>')```"
    assert judge(row(General, answer)) == [("pass", "", "")]


def test_a_broken_general_row_is_a_warning() -> None:
    assert judge(row(General, "好的。<|im_end|>")) == [("warning", "prompt_leak", "answer")]


def test_mark_up_in_a_row_of_a_data_set_is_a_warning() -> None:
    assert judge(row(Medical, "E/A比值&lt;1。")) == [("warning", "page_junk", "answer")]


def test_the_share_of_repeats_is_a_setting() -> None:
    answer = "".join(chr(0x4E00 + number) for number in range(100)) * 2
    strict = TextCheck().with_settings(CurateSettings(repeated_share=0.4))
    assert [one[1] for one in judge(question(answer), strict)] == ["repeated"]
    assert judge(question(answer)) == [("pass", "", "")]
    assert check_id(strict).endswith(":0.4")


@pytest.mark.parametrize(
    "piece", ["发热咳嗽三天，给予布洛芬。", "a", "\n", "<p ", "&#", "(", "·", "é", "😀", "𠀀", "抱歉我", "1"]
)
def test_a_million_characters_cost_about_a_second(piece: str) -> None:
    record = question("答" + piece * (1_000_000 // len(piece)))
    before = process_time()
    assert findings(record)
    assert process_time() - before < 2


@pytest.mark.parametrize("answer", ["   ", "\u3000\n\t", "\u200b"])
def test_whitespace_is_blank(answer: str) -> None:
    assert ("error", "blank", "answer") in judge(question(answer))


@pytest.mark.parametrize("answer", ["𠀀𠮷𡃁𪚥𫝀𬺰。", "退烧了👍🏽👨\u200d👩\u200d👧！"])
def test_rare_characters_and_emoji_are_sound(answer: str) -> None:
    assert judge(question(answer)) == [("pass", "", "")]
