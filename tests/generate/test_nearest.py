"""`nearest_rows` against the same rule in plain Python."""

import random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedcorpus.generate import nearest
from pedcorpus.generate.nearest import Compared, nearest_rows
from pedcorpus.normalise import fold

MARKS = ["disease 麻疹", "disease 风疹", "statement 体温超过38.5℃者宜就医", "disease 肺炎"]
TEXTS = st.text(alphabet="疹热咳ab Ａ．𠮷😀㎏\u200b", max_size=12)
ROWS = st.lists(
    st.builds(
        Compared,
        topic=st.sampled_from(["麻疹", "风疹", "麻疹\0", ""]),
        whole=TEXTS,
        answer=TEXTS,
        marks=st.frozensets(st.sampled_from(MARKS), max_size=1),
    ),
    max_size=14,
)


def plainly(rows: list[Compared]) -> list[int | None]:
    wholes, answers = [pairs_of(row.whole) for row in rows], [pairs_of(row.answer) for row in rows]
    holders: dict[str, list[int]] = {}
    for place, pairs in enumerate(wholes):
        for pair in pairs:
            holders.setdefault(pair, []).append(place)

    def is_wrong(own: int, other: int) -> bool:
        if answers[own] == answers[other] or rows[own].marks & rows[other].marks:
            return False
        return alike(answers[own], answers[other]) < 0.7

    def found(own: int) -> int | None:
        candidates: set[int] = set()
        for pair in sorted(wholes[own], key=lambda pair: (len(holders[pair]), pair)):
            for other in holders[pair][: nearest._MOST_COMPARED]:
                if rows[other].topic != rows[own].topic and is_wrong(own, other):
                    candidates.add(other)
            if len(candidates) >= nearest._MOST_COMPARED:
                break
        return min(candidates, key=lambda other: (-alike(wholes[own], wholes[other]), other), default=None)

    return [found(place) for place in range(len(rows))]


def pairs_of(text: str) -> frozenset[str]:
    folded = fold(text)
    return frozenset(folded[index : index + 2] for index in range(len(folded) - 1))


def alike(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / (len(first | second) or 1)


def drawn(seed: int, *, rows: int, alphabet: int, length: int, topics: int) -> list[Compared]:
    made = random.Random(seed)

    def text() -> str:
        return "".join(chr(0x4E00 + int(made.random() ** 2 * alphabet)) for _ in range(made.randrange(length)))

    return [
        Compared(str(made.randrange(topics)), text(), text(), frozenset({f"disease {made.randrange(rows)}"}))
        for _ in range(rows)
    ]


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_nearest_rows_are_those_of_the_plain_rule(rows):
    assert nearest_rows(rows) == plainly(rows)


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_they_are_so_where_few_are_compared_and_a_look_does_not_reach_far(rows):
    with patch.multiple(nearest, _MOST_COMPARED=3, _REACH=2, _AT_ONCE=16):
        assert nearest_rows(rows) == plainly(rows)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(drawn(1, rows=300, alphabet=40, length=90, topics=9), id="every pair is held by many"),
        pytest.param(drawn(2, rows=200, alphabet=200, length=300, topics=9), id="more common pairs than bits"),
        pytest.param(drawn(3, rows=200, alphabet=200, length=60, topics=2), id="half of all are of the same topic"),
        pytest.param(drawn(4, rows=150, alphabet=90, length=60, topics=1), id="one topic alone"),
        pytest.param(drawn(5, rows=40, alphabet=90, length=60, topics=40) * 4, id="the same rows again"),
    ],
)
def test_rows_by_the_hundred_have_the_same_nearest(rows):
    assert nearest_rows(rows) == plainly(rows)


def test_the_first_of_equals_is_the_nearest():
    first, second = (
        Compared(topic, "麻疹的治疗", answer, frozenset()) for topic, answer in (("乙", "多饮水"), ("丙", "卧床"))
    )
    assert nearest_rows([Compared("甲", "麻疹的治疗", "退热", frozenset()), first, second]) == [1, 0, 0]
