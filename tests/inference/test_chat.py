import pytest

from pedcorpus.inference import WARNING, Console, chat


class Echo:
    """Repeats the last question; `interrupt_after` pieces, Ctrl-C is pressed."""

    def __init__(self, *, interrupt_after: int | None = None) -> None:
        self.seen: list[list[str]] = []
        self.interrupt_after = interrupt_after
        self.closed = False

    def stream(self, messages, **settings):  # noqa: ARG002
        self.seen.append([message["content"] for message in messages])
        try:
            for number, piece in enumerate(messages[-1]["content"]):
                if number == self.interrupt_after:
                    raise KeyboardInterrupt
                yield piece
        finally:
            self.closed = True


def talk(replier, *lines):
    """What the chat said and the conversation it ended with; an exception among `lines` is raised by the prompt."""
    said, coming = [], iter(lines)

    def ask():
        line = next(coming, EOFError())
        if isinstance(line, BaseException):
            raise line
        return line

    history = chat(replier, Console(ask=ask, say=said.append))
    return "".join(said), history


def test_the_warning_stands_once_and_first():
    said, _ = talk(Echo(), "发热", "咳嗽")
    assert said.startswith(WARNING)
    assert said.count(WARNING) == 1


def test_each_question_is_answered_with_the_turns_before_it():
    echo = Echo()
    said, history = talk(echo, "发热", " 咳嗽 ")
    assert "发热\n" in said
    assert echo.seen == [["发热"], ["发热", "发热", "咳嗽"]]
    assert [message["role"] for message in history] == ["user", "assistant"] * 2


@pytest.mark.parametrize("word", ["clear", "清空"])
def test_clear_starts_anew(word):
    echo = Echo()
    talk(echo, "发热", word, "咳嗽")
    assert echo.seen[-1] == ["咳嗽"]


@pytest.mark.parametrize("end", ["exit", "退出", EOFError(), KeyboardInterrupt()])
def test_the_chat_ends(end):
    echo = Echo()
    talk(echo, "发热", end, "咳嗽")
    assert echo.seen == [["发热"]]


def test_an_empty_line_asks_nothing():
    echo = Echo()
    talk(echo, "", "  ")
    assert echo.seen == []


def test_ctrl_c_stops_the_reply_and_the_chat_goes_on():
    echo = Echo(interrupt_after=2)
    said, history = talk(echo, "发热怎么办", "咳嗽呢")
    assert "已停止" in said
    assert echo.closed
    assert echo.seen[1] == ["发热怎么办", "发热", "咳嗽呢"]
    assert history[-1] == {"role": "assistant", "content": "咳嗽"}


def test_a_question_stopped_before_its_answer_is_forgotten():
    echo = Echo(interrupt_after=0)
    _, history = talk(echo, "发热怎么办")
    assert history == []
