# ruff: noqa: SIM905 - words
"""Are items of evaluation sets found in training rows, edited ones too, and how fast are rows held against them?

Rows and items are put together from words of diseases, drugs and findings, with the stems and phrases that all exams
and answers share; 200 rows hold an item: verbatim, in another width, with edits, between other words, its long answer
alone, or a short question with its answer. The peer is what is commonly done: a set of n-grams for each row, in Python,
on a part of the rows. Speed is CPU time of one core, reading and indexing the items left out and told beside.

Run: `python -m benchmarks.contamination`; `--rows` and `--items` make it smaller, `--seed` another.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.figures import Figure, report
from pedcorpus.curate.contamination import Item, ItemIndex, Row
from pedcorpus.normalise import fold

_PLANTED = 200
_PEER_ROWS = 2000
_GRAM = 13
_LEAST_RATE = 10_000.0
_MOST_MIB = 1024.0
_FASTER = 4.0

_HEADS = "急性 慢性 小儿 新生儿 病毒性 细菌性 先天性 继发性 原发性 反复性 重症 轻型 迁延性 过敏性 婴幼儿 学龄期".split()
_ORGANS = "支气管 肺 肾 肝 心肌 脑膜 肠 胃 咽喉 扁桃体 中耳 皮肤 关节 甲状腺 膀胱 胰腺 淋巴结 骨髓 胆道 鼻窦".split()
_ENDS = "炎 感染 综合征 出血 梗阻 发育不良 功能不全 肿大 结核 畸形".split()
_DRUGS = "青霉素 阿莫西林 头孢曲松 阿奇霉素 布洛芬 地西泮 苯巴比妥 泼尼松 甲硝唑 沙丁胺醇 布地奈德 呋塞米".split()
_HOW = "轻度 明显 反复 阵发 间断 持续 夜间 晨起 进食后 活动后 哭闹时 突发 渐进 局部 弥漫 对称 单侧 少许".split()
_SIGNS = "发热 咳嗽 气促 呕吐 腹泻 皮疹 抽搐 苍白 水肿 黄疸 嗜睡 烦躁 盗汗 乏力 腹胀 便血 血尿 头痛 咽痛 发绀".split()
_STEMS = (
    "下列叙述错误的是",
    "最可能的诊断是",
    "首选的治疗是",
    "不包括下列哪一项",
    "应首先考虑",
    "最有诊断意义的检查是",
)
_PHRASES = (
    "家长应密切观察体温、精神和尿量的变化",
    "如症状不缓解或加重，请立即就医",
    "建议到正规医院的儿科门诊就诊，完善相关检查",
    "注意休息，清淡饮食，多饮温开水",
)


class _Writer:
    """Sentences that no two rows share but by the stems and phrases."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def disease(self) -> str:
        pick = self.random.choice
        return f"{pick(_HEADS)}{pick(_ORGANS)}{pick(_ENDS)}"

    def finding(self) -> str:
        pick = self.random.choice
        return f"{pick(_HOW)}{pick(_ORGANS)}{pick(_SIGNS)}"

    def findings(self, count: int) -> str:
        return "、".join(self.finding() for _ in range(count))

    def sentence(self) -> str:
        pick, number = self.random.choice, self.random.randint
        return pick(
            (
                f"{self.disease()}多见于{number(1, 36)}个月患儿，{self.findings(3)}者应想到{self.disease()}",
                f"{pick(_DRUGS)}{number(1, 90)}.{number(1, 9)}mg/kg，用于{self.disease()}伴{self.findings(2)}",
                f"{self.findings(2)}，白细胞{number(2, 30)}.{number(0, 9)}×10⁹/L，{self.finding()}",
                f"与{self.disease()}鉴别，后者{self.findings(3)}",
            )
        )

    def case(self) -> str:
        number = self.random.randint
        age = f"{number(1, 13)}岁{number(1, 11)}个月"
        return f"患儿，{self.random.choice('男女')}，{age}，{self.findings(2)}{number(2, 20)}天，{self.sentence()}"

    def reply(self, sentences: int) -> str:
        said = [self.sentence() for _ in range(sentences)]
        return "；".join([*said, self.random.choice(_PHRASES)]) + "。"


def _items(count: int, seed: int) -> list[Item]:
    writer = _Writer(seed)
    made: list[Item] = []
    short: set[str] = set()
    for number in range(count):
        options = tuple(writer.disease() for _ in range(5))
        stem = writer.random.choice(_STEMS)
        if number % 4 == 0:  # a short question
            question = f"{writer.disease()}{stem}"[:12]
            while question in short:  # no two items ask the same
                question = f"{writer.disease()}{stem}"[:12]
            short.add(question)
            made.append(Item("exam", str(number), question, options, options[0]))
        elif number % 4 == 1:  # a question and a doctor's long answer
            made.append(Item("web", str(number), f"{writer.case()}，怎么办？", (), writer.reply(3)))
        else:
            made.append(Item("exam", str(number), f"{writer.case()}，{stem}", options, options[0]))
    return made


def _edited(text: str, writer: _Writer) -> str:
    """A character changed, dropped or put in every thirty or so."""
    place, letters = writer.random.randint(14, 30), list(text)
    while place < len(letters):
        letters[place : place + 1] = writer.random.choice((["某"], [], [letters[place], "约"]))
        place += writer.random.randint(24, 36)
    return "".join(letters)


def _widened(text: str) -> str:
    """Digits and Latin letters in full width, punctuation in half."""
    wide = {code: code + 0xFEE0 for code in range(0x30, 0x7B) if chr(code).isalnum()}
    return text.translate(wide).replace("，", ", ").replace("；", ";")


def _held_by(item: Item, number: int, writer: _Writer) -> tuple[str, str]:
    """What a row says that holds `item`."""
    if number % 4 == 0:
        return f"请问{item.question}？", f"{item.answer}。{writer.reply(2)}"
    ways: Sequence[Callable[[], tuple[str, str]]] = (
        lambda: (item.question, writer.reply(3)),
        lambda: (_widened(item.question), writer.reply(3)),
        lambda: (_edited(item.question, writer), writer.reply(3)),
        lambda: (f"{writer.sentence()}。{item.question}谢谢医生", writer.reply(2)),
        lambda: (writer.case(), f"{writer.sentence()}。{item.question}{writer.sentence()}"),
    )
    if item.answer and not item.options and number % 8 == 1:
        return writer.case(), f"您好，{_edited(item.answer, writer)}"
    return ways[number % len(ways)]()


@dataclass(frozen=True)
class _Trial:
    rows: list[Row]
    items: list[Item]
    planted: dict[str, str]
    """Item by row."""


def _trial(rows: int, items: int, seed: int) -> _Trial:
    writer, sets = _Writer(seed + 1), _items(items, seed)
    chosen = random.Random(seed + 2).sample(range(items), _PLANTED)
    places = random.Random(seed + 3).sample(range(rows), _PLANTED)
    held = dict(zip(places, chosen, strict=True))
    made, planted = [], {}
    for place in range(rows):
        if place in held:
            asked, answered = _held_by(sets[held[place]], held[place], writer)
            planted[str(place)] = sets[held[place]].id
        else:
            asked, answered = f"{writer.case()}，{writer.random.choice(_STEMS)}什么？", writer.reply(4)
        made.append(Row(str(place), asked, answered))
    return _Trial(made, sets, planted)


def _peer_rate(trial: _Trial) -> float:
    """Rows a second where each row's n-grams are looked up in one dictionary, in Python."""
    grams: dict[str, list[int]] = {}
    for number, item in enumerate(trial.items):
        for text in (item.question, *item.options, item.answer):
            for gram in _grams(text):
                grams.setdefault(gram, []).append(number)
    rows = trial.rows[:_PEER_ROWS]
    began = time.process_time()
    for row in rows:
        shared: dict[int, int] = {}
        for gram in _grams(row.asked) | _grams(row.answered):
            for number in grams.get(gram, ()):
                shared[number] = shared.get(number, 0) + 1
    return len(rows) / (time.process_time() - began)


def _grams(text: str) -> set[str]:
    folded = fold(text)
    return {folded[start : start + _GRAM] for start in range(len(folded) - _GRAM + 1)}


def _figures(rows: int, items: int, seed: int) -> Iterator[Figure]:
    trial = _trial(rows, items, seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    index = ItemIndex(trial.items)
    built = time.process_time()
    found = {row.id: [match.item.id for match in matches] for row, matches in index.search(trial.rows) if matches}
    searched = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    hits = sum(item in found.get(row, ()) for row, item in trial.planted.items())
    pairs = sum(map(len, found.values()))
    yield Figure("contamination: planted rows found with their item", hits, len(trial.planted), 1.0, unit="rows")
    yield Figure("contamination: pairs found that were planted", hits, pairs, 1.0, unit="pairs")
    rate = len(trial.rows) / (searched - built)
    yield Figure("contamination, one core", rate, _LEAST_RATE, 1.0, unit="rows/s")
    yield Figure("contamination, beside sets of n-grams in Python", rate, _peer_rate(trial), _FASTER, unit="rows/s")
    yield Figure(
        "contamination: items indexed, one core", len(trial.items) / (built - began), 2000.0, 1.0, unit="items/s"
    )
    growth = (peak - before) / 1024
    yield Figure("contamination: memory beside the rows", growth, _MOST_MIB, 1.0, at_least=False, unit="MiB")
    _tell(trial, found)


def _tell(trial: _Trial, found: dict[str, list[str]]) -> None:
    """The first that are missed or found besides, for whoever looks into it."""
    by_id, rows = {item.id: item for item in trial.items}, {row.id: row for row in trial.rows}
    wrong = [(row, item) for row, item in trial.planted.items() if item not in found.get(row, ())]
    wrong += [(row, item) for row, items in found.items() for item in items if trial.planted.get(row) != item]
    for row, item in wrong[:4]:
        print(f"  row {row}: {rows[row].asked} | {rows[row].answered}\n  item {item}: {by_id[item]}")


def main() -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    return report(_figures(given.rows, given.items, given.seed))


if __name__ == "__main__":
    sys.exit(main())
