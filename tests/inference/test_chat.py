import json

import pytest

from pedcorpus.inference import WARNING, Console, Extras, chat
from pedcorpus.inference.sources import Found, Passage


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


def talk(replier, *lines, extras=None):
    """What the chat said and the conversation it ended with; an exception among `lines` is raised by the prompt."""
    said, coming = [], iter(lines)

    def ask():
        line = next(coming, EOFError())
        if isinstance(line, BaseException):
            raise line
        return line

    history = chat(replier, Console(ask=ask, say=said.append), extras=extras)
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


@pytest.mark.parametrize("end", ["exit", "退出", "/exit", EOFError()])
def test_the_chat_ends(end):
    echo = Echo()
    talk(echo, "发热", end, "咳嗽")
    assert echo.seen == [["发热"]]


def test_ctrl_c_at_the_prompt_leaves_when_it_is_pressed_again():
    echo = Echo()
    said, _ = talk(echo, KeyboardInterrupt(), "发热", KeyboardInterrupt(), KeyboardInterrupt(), "咳嗽")
    assert echo.seen == [["发热"]]
    assert "再按一次" in said


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


def test_an_emergency_is_answered_first_and_the_model_after_it():
    echo = Echo()
    said, history = talk(echo, "宝宝嘴唇发紫")
    assert said.index("拨打120，或马上去") < said.rindex("宝宝嘴唇发紫")
    assert [message["content"] for message in history] == ["宝宝嘴唇发紫"] * 2


def test_the_emergencys_age_may_come_in_a_later_turn():
    said, _ = talk(Echo(), "孩子发烧39度", "他才两个月")
    assert "不足3个月的发热" in said


@pytest.mark.parametrize("hostile", ["\x1b[2J\x1b]0;x\x07", "\r", "\x9b31m", "\u202e"])
def test_nothing_that_is_said_moves_the_terminal(hostile):
    said, _ = talk(Echo(), f"发热{hostile}咳", f"/nothing{hostile}")
    assert not set(said) & {"\x1b", "\r", "\x07", "\x9b", "\u202e"}


def test_a_system_prompt_goes_before_every_question_until_it_is_taken_away():
    echo = Echo()
    said, _ = talk(echo, "/system 你是儿科医生", "发热", "/system", "/system -", "咳嗽")
    assert echo.seen == [["你是儿科医生", "发热"], ["发热", "发热", "咳嗽"]]
    assert said.count("你是儿科医生") == 2


def test_a_conversation_is_saved_and_no_file_is_overwritten(tmp_path):
    file = tmp_path / "talk.json"
    said, history = talk(Echo(), "发热", f"/save {file}", f"/save {file}", "/save", f"/save {tmp_path}/no/such")
    assert json.loads(file.read_text(encoding="utf-8")) == {"messages": history}
    assert said.count("已保存") == 1
    assert "已存在" in said
    assert "请给出文件名" in said
    assert "不能写入" in said


def test_a_command_that_is_none_is_told_and_asks_nothing():
    echo = Echo()
    said, _ = talk(echo, "/sorces")
    assert "没有这个命令" in said
    assert echo.seen == []


def test_sources_fold_under_the_reply_and_unfold_with_page_and_quote():
    passage = Passage(
        quote="发热时多喝水", source="s", title="样章", edition="", license="CC0-1.0", file="a.pdf", page=12,
        heading_path=("第七章", "治疗"), row=None, entity=None,
    )  # fmt: skip
    near = [Found(passage, ((0, 2),), 0.9)]
    said, _ = talk(Echo(), "发热", "/sources", extras=Extras(near=lambda *_: near))
    folded, unfolded = said.split("/sources）")
    assert "样章 p. 12" in folded
    assert "多喝水" not in folded
    assert "第七章 › 治疗" in unfolded
    assert "【发热】时多喝水" in unfolded


def test_it_is_said_where_no_source_is_near():
    said, _ = talk(Echo(), "发热", "/sources", extras=Extras(near=lambda *_: []))
    assert "没有相近的段落" in said
    assert "没有来源" in said
