"""Chinese questions and answers in any number, with copies planted in them: what `near_duplicates` measures on.

Half of the rows are free text: words drawn by Zipf's law from a made-up vocabulary. The other half is templated: long
fixed sentences in which a disease, a drug, an age and a weight change, as graphs and rules write them; such rows share
most of their characters and are no copies of one another. A quarter of all rows have one to four copies with some
characters changed, or with other courtesies.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from pedcorpus.facts import alias_table

__all__ = ["Row", "free_texts", "rows"]

_CHARACTERS = [chr(0x4E00 + 7 * place) for place in range(2500)]
_WORDS = 20_000
_TEMPLATES = (
    ("{age}岁的孩子确诊为{disease}，体重{weight}kg，医生开了{drug}，请问应该怎么使用，需要注意些什么？",
     "{age}岁儿童患{disease}时，可在医生指导下使用{drug}，按体重{weight}kg计算每次用量为{dose}mg，每日{times}次，疗程{days}天；"
     "用药期间注意观察体温、精神、尿量和皮疹，若出现呼吸急促或者反应差应当立即到医院就诊，切勿自行加量。"),
    ("孩子得了{disease}，家里有{drug}，{age}岁、{weight}kg能不能用，一次用多少合适？",
     "{disease}患儿是否使用{drug}须由医生判断。{age}岁、体重{weight}kg者每次{dose}mg，一天{times}次，连续用{days}天后复查；"
     "不要与含相同成分的药物同时服用，漏服后不可加倍补服，出现过敏表现应当停药并尽快就医。"),
    ("请问{disease}的患儿在{age}岁时用{drug}治疗{days}天没有好转，下一步应该做哪些检查？",
     "用{drug}治疗{days}天无好转的{age}岁{disease}患儿，应当复查血常规、C反应蛋白和胸部影像，必要时行病原学检查，"
     "核对体重{weight}kg时的用量是否为{dose}mg、每日{times}次，并评估依从性、并发症和诊断是否正确。"),
)  # fmt: skip
_COURTESIES = ("", "请问", "您好，", "医生您好，请问", "你好，想咨询一下，")
_EDIT_SHARES = (0.01, 0.02, 0.04, 0.07)


@dataclass(frozen=True)
class Row:
    """One question with its answer; copies carry the number of what they were copied from."""

    question: str
    answer: str
    group: int


class _Writer:
    """Writes text by one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        lexicon = random.Random(0)  # the vocabulary is the same for every seed
        self.words = [
            "".join(lexicon.choices(_CHARACTERS, k=lexicon.choice((1, 2, 2, 2, 3, 4)))) for _ in range(_WORDS)
        ]
        self.weights = list(accumulate(1 / (place + 20) for place in range(_WORDS)))
        self.diseases = sorted(set(alias_table("diseases").values()))
        self.drugs = sorted(set(alias_table("drugs").values()))

    def sentence(self, least: int, most: int) -> str:
        return "".join(self.chance.choices(self.words, cum_weights=self.weights, k=self.chance.randint(least, most)))

    def free(self) -> tuple[str, str]:
        return self.sentence(6, 20), "，".join(self.sentence(6, 14) for _ in range(self.chance.randint(2, 6)))

    def templated(self) -> tuple[str, str]:
        chance = self.chance
        slots = {
            "disease": chance.choice(self.diseases), "drug": chance.choice(self.drugs), "age": chance.randint(1, 14),
            "weight": chance.randint(20, 199) / 2, "dose": chance.randint(5, 800), "times": chance.randint(1, 4),
            "days": chance.randint(2, 21),
        }  # fmt: skip
        question, answer = chance.choice(_TEMPLATES)
        return question.format(**slots), answer.format(**slots)

    def edited(self, text: str, share: float) -> str:
        """`text` with about this share of its Chinese characters changed, doubled or dropped."""
        return "".join(self._edit(one) if self.chance.random() < share and one in _EDITABLE else one for one in text)

    def _edit(self, character: str) -> str:
        return self.chance.choice(("", character * 2, self.chance.choice(_CHARACTERS)))


_EDITABLE = frozenset(_CHARACTERS) | frozenset("应当可在时用需要注意医生")


def rows(count: int, *, seed: int = 1, templated: float = 0.5) -> Iterator[Row]:
    """`count` rows, copies right after what they copy; of so large a share templated."""
    writer = _Writer(seed)
    made = group = 0
    while made < count:
        question, answer = writer.templated() if writer.chance.random() < templated else writer.free()
        copies = writer.chance.choice((1, 2, 3, 4)) if writer.chance.random() < 0.12 else 0
        yield Row(question, answer, group)
        made += 1
        for _ in range(min(copies, count - made)):
            share = writer.chance.choice(_EDIT_SHARES)
            yield Row(writer.chance.choice(_COURTESIES) + question, writer.edited(answer, share), group)
            made += 1
        group += 1


def free_texts(count: int, *, seed: int = 1) -> list[str]:
    """`count` free texts, question and answer in one, in an order that tells nothing; copies are edited throughout."""
    writer = _Writer(seed)
    texts: list[str] = []
    while len(texts) < count:
        text = "".join(writer.free()).replace("，", "")
        copies = writer.chance.choice((1, 2, 3, 4)) if writer.chance.random() < 0.12 else 0
        texts += [text, *(writer.edited(text, writer.chance.choice(_EDIT_SHARES)) for _ in range(copies))]
    del texts[count:]
    writer.chance.shuffle(texts)
    return texts
