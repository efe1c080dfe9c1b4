from time import process_time

import pytest

from pedcorpus.evaluation.choices import chosen_letters


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("B", "B"),
        (" b ", "B"),
        ("（B）", "B"),
        ("Ｂ。", "B"),
        ("A、C", "AC"),
        ("ACD", "ACD"),
        ("A, C and D", "ACD"),
        ("答案是B", "B"),
        ("答案：B。因为地西泮起效快。", "B"),
        ("正确答案为 A 和 C。", "AC"),
        ("选 A、C", "AC"),
        ("本题选C。", "C"),
        ("故选D", "D"),
        ("应该选B项", "B"),
        ("选项A是错的。答案是B。", "B"),
        ("不选A，选C。", "C"),
        ("**答案：** **D**", "D"),
        ("The answer is (B).", "B"),
        ("Answer: A, D", "AD"),
        ("I would choose option C.", "C"),
        ("Option A is not right. The correct answer is D.", "D"),
        ("B. 地西泮", "B"),
        ("（C）苯巴比妥，起效慢", "C"),
    ],
)
def test_letters_are_read_from_what_a_reply_says(reply, expected):
    assert chosen_letters(reply, "ABCDE") == frozenset(expected)


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "地西泮",
        "……",
        "The answer is a virus.",
        "答案是BCG疫苗",
        "答案是F",
        "A. 甲\nB. 乙\nC. 丙",
        "Children need vitamin D and iron.",
        "不选A",
    ],
)
def test_what_says_no_letter_chooses_nothing(reply):
    assert chosen_letters(reply, "ABCDE") == frozenset()


def test_lines_are_a_choice_where_several_are_right():
    assert chosen_letters("A. 甲\nC. 丙", "ABCDE", several=True) == frozenset("AC")
    assert chosen_letters("A. 甲\nC. 丙", "ABCDE", several=False) == frozenset()


@pytest.mark.parametrize("noise", ["选", "A,", "答案是", "A. 甲\n", "the answer is "])
def test_a_reply_of_a_megabyte_is_read_at_once(noise):
    started = process_time()
    chosen_letters(noise * (1_000_000 // len(noise)), "ABCDE")
    assert process_time() - started < 5
    assert chosen_letters(f"{'想一想。' * 100_000}答案是B", "ABCDE") == frozenset("B")
