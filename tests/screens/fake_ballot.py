"""A doctor's ballot in memory over handmade pairs; `python fake_ballot.py [en]` opens it on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from pedcorpus.errors import PedcorpusError, UsageError
from pedcorpus.evaluation import BlindPair, Side
from pedcorpus.records import Dimension, Message

FEVER = "孩子2岁，体重12 kg，发热1天，最高39.2 ℃，精神还可以。要不要吃退烧药？吃多少？"
LONG = (
    "可以用退热药，让孩子舒服一些。\n"
    "1. 对乙酰氨基酚每次10～15 mg/kg，12 kg 即120～180 mg，间隔至少4小时，24小时不超过4次。\n"
    "2. 或布洛芬每次5～10 mg/kg，即60～120 mg，间隔至少6小时。\n"
    "3. 两药不要交替或同时使用。多喝水，少穿一些，不用酒精擦浴。\n"
    "出现以下情况请立即就医：抽搐、精神萎靡、呼吸困难、皮肤青紫、尿量明显减少，或发热超过3天。"
)
SHORT = "可以吃。**布洛芬** 5 ml，[red]一天三次[/red]，吃三天就好了。"


def pair(name: str, question: str, left: str, right: str, **fields: str) -> BlindPair:
    """A question with two answers."""
    return BlindPair(name, (Message(role="user", content=question),), left, right, **fields)


def conversation(name: str, left: str, right: str) -> BlindPair:
    """A question that follows on an earlier one."""
    turns = (("user", "宝宝咳嗽三天了。"), ("assistant", "有发热或气促吗？"), ("user", "没有发热，夜里咳得多。"))
    return BlindPair(name, tuple(Message(role=role, content=text) for role, text in turns), left, right)  # type: ignore[arg-type] - the roles are those of a message


PAIRS = (
    pair("q1", FEVER, LONG, SHORT, task="trerecom", topic="发热"),
    conversation("q2", "多喝水，观察。夜里咳得重、有喘鸣或气促时去医院。", ""),
    pair(
        "q3",
        "6个月的宝宝能喝蜂蜜水吗？",
        "不能。1岁以内不要吃蜂蜜，有肉毒杆菌中毒的危险。",
        "可以少喝一点。",
        task="medkqa",
    ),
)


class FakeBallot:
    """Implements `evaluation.Ballot`, and fails when told to."""

    def __init__(self, pairs: Sequence[BlindPair] = PAIRS, *, earlier: int = 0, handed_in: bool = False) -> None:
        self.voter = "wang"
        self.pairs = pairs
        self.earlier = earlier
        self.handed_in = handed_in
        self.calls: list[tuple[str, dict[Dimension, Side], float | None]] = []
        self.fail_next: PedcorpusError | None = None
        self._judged: dict[str, dict[Dimension, Side]] = {}

    def judged(self) -> Mapping[str, Mapping[Dimension, Side]]:
        return self._judged

    def cast(self, pair_id: str, said: Mapping[Dimension, Side], *, seconds: float | None) -> None:
        self._fail_if_told()
        self.calls.append((pair_id, dict(said), seconds))
        self._judged.setdefault(pair_id, {}).update(said)

    def hand_in(self) -> None:
        self._fail_if_told()
        if self.handed_in:
            raise UsageError("wang has handed these votes in")
        self.handed_in = True

    def _fail_if_told(self) -> None:
        error, self.fail_next = self.fail_next, None
        if error:
            raise error


if __name__ == "__main__":
    from pedcorpus.screens import run_vote

    run_vote(FakeBallot(), language="en" if "en" in sys.argv else "zh")
