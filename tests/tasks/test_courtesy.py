import pytest

from pedcorpus.tasks.courtesy import is_courtesy, without_courtesy


@pytest.mark.parametrize(
    "sentence",
    [
        "您好！",
        "您好，非常理解您的担心。",
        "不客气，祝宝宝早日康复！",
        "希望我的回答对您有所帮助。",
        "如果还有其他问题，请随时向我咨询。",
        "您先别着急。",
        "以上是对“宝宝17天吐奶，怎么办”这个问题的建议，期望对您有帮助，祝您健康！",
        "You're welcome.",
        "I understand your worry.",
        "If you have any further questions, please feel free to ask.",
        "。",
    ],
)
def test_courtesies_state_nothing(sentence: str) -> None:
    assert is_courtesy(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "您好，孩子是病毒感染。",
        "不用担心，会自己好的。",  # reassurance is a prognosis
        "可以的。",  # answers a question
        "是的。",
        "如果有抽搐，请随时来急诊。",
        "It is nothing to worry about.",
    ],
)
def test_what_states_something_is_no_courtesy(sentence: str) -> None:
    assert not is_courtesy(sentence)


def test_courtesies_are_blanked_in_place() -> None:
    text = "您好，多喝水。不客气！"
    assert without_courtesy(text) == "  ，多喝水。   ！"
