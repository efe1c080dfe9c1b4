"""Which of several like instructions stays, and what is only alike."""

from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pytest

from pedcorpus.curate.duplicates import Found, changed_memberships, find_alike, source_rank, standing
from pedcorpus.curate.near import particulars_reader, read_conversations
from pedcorpus.records import Duplicate, Message, Source, SourceKind, Tier

READ = particulars_reader()
ASKED = "孩子多大的时候最容易第一次出现热性惊厥呢？"
SAID = "热性惊厥首次发作多见于6个月至3岁的婴幼儿，多数在发热后24小时之内发生，发作后意识很快恢复正常。"
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Rival:
    accepted: bool = False
    sound: bool = True
    clean: bool = True
    source: int = 0


def found(*rows: Row, rivals: dict[str, Rival] | None = None) -> Found:
    conversations = [
        (name, (Message(role="user", content=asked), Message(role="assistant", content=said)))
        for name, asked, said in rows
    ]
    known = [(rivals or {}).get(name, Rival()) for name, *_ in rows]
    standings = standing(
        accepted=np.array([rival.accepted for rival in known]),
        sound=np.array([rival.sound for rival in known]),
        clean=np.array([rival.clean for rival in known]),
        source=np.array([rival.source for rival in known]),
    )
    return find_alike(read_conversations(conversations, READ, ngram=3), standings, threshold=0.8)


def memberships(rows: list[Duplicate]) -> set[tuple[str, str, bool, str]]:
    return {(row.instruction, row.cluster, row.kept, row.method.partition("@")[0]) for row in rows}


def test_texts_that_read_the_same_are_exact_duplicates() -> None:
    same = found(("a", ASKED, SAID), ("b", ASKED.replace("？", " ?"), SAID.replace("惊", "驚")))
    assert memberships(same.duplicates) == {("a", "a", True, "exact"), ("b", "a", False, "exact")}


def test_near_question_and_near_answer_make_a_duplicate() -> None:
    near = found(("a", ASKED, SAID), ("b", f"医生您好，请问{ASKED}谢谢！", SAID.replace("正常", "")))
    assert memberships(near.duplicates) == {("a", "a", True, "exact"), ("b", "a", False, "near")}
    (similarity,) = [row.similarity for row in near.duplicates if not row.kept]
    assert 0.8 <= similarity < 1


@pytest.mark.parametrize(
    "change",
    [("热性惊厥", "癫痫"), ("24小时", "48小时"), ("3岁", "5岁"), ("婴幼儿", "男孩"), ("多数", "少数")],
    ids="".join,
)
def test_another_disease_age_or_number_makes_another_instruction(change: tuple[str, str]) -> None:
    apart = found(("a", ASKED, SAID), ("b", ASKED, SAID.replace(*change)))
    assert apart.duplicates == []


def test_the_same_question_with_another_answer_is_reported_and_both_stay() -> None:
    both = found(("a", ASKED, SAID), ("b", ASKED, "首次发作的年龄各家说法不一，请以当地的指南为准。"))
    assert both.duplicates == []
    assert memberships(both.alike) == {("a", "a", True, "near-question"), ("b", "a", True, "near-question")}


def test_the_same_answer_to_another_question_is_reported_and_both_stay() -> None:
    both = found(("a", ASKED, SAID), ("b", "热性惊厥有哪些特点，家长应当知道什么？", SAID))
    assert both.duplicates == []
    assert memberships(both.alike) == {("a", "a", True, "near-answer"), ("b", "a", True, "near-answer")}


def test_a_duplicate_is_in_no_other_cluster() -> None:
    rows = found(("a", ASKED, SAID), ("b", ASKED, SAID), ("c", ASKED, "首次发作的年龄各家说法不一。"))
    assert {row.instruction for row in rows.alike} == {"a", "c"}


def test_order_changes_nothing() -> None:
    rows = [("a", ASKED, SAID), ("b", ASKED, SAID), ("c", f"请问{ASKED}", SAID), ("d", ASKED, "各家说法不一。")]
    results = {str(found(*order)) for order in permutations(rows)}
    assert len(results) == 1


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(Rival(accepted=True, clean=False, sound=False), Rival(), id="accepted over clean"),
        pytest.param(Rival(), Rival(clean=False), id="clean over warned"),
        pytest.param(Rival(clean=False), Rival(clean=False, sound=False), id="warned over wrong"),
        pytest.param(Rival(source=1), Rival(source=2), id="better source"),
        pytest.param(Rival(accepted=True, source=99), Rival(), id="accepted over better source"),
    ],
)
def test_the_better_member_stays(better: Rival, worse: Rival) -> None:
    rows = found(("a", ASKED, SAID), ("b", ASKED, SAID), rivals={"a": worse, "b": better})
    assert [row.instruction for row in rows.duplicates if row.kept] == ["b"]


def test_of_equals_the_longer_stays() -> None:
    rows = found(("a", ASKED, SAID.removesuffix("正常。")), ("b", ASKED, SAID))
    assert [row.instruction for row in rows.duplicates if row.kept] == ["b"]


def test_sources_rank_by_tier_then_licence_then_kind() -> None:
    def source(**values: object) -> Source:
        plain = {"id": "s", "kind": "textbook", "title": "s", "license": "CC0-1.0", "tier": "open", "declared": True}
        return Source.model_validate(plain | values)

    ranked = [
        source(kind=SourceKind.GUIDELINE),
        source(),
        source(kind=SourceKind.DATASET),
        source(license="unknown"),
        source(tier=Tier.CONTROLLED, kind=SourceKind.GUIDELINE),
        source(tier=Tier.INTERNAL),
        None,
    ]
    ranks = [source_rank(each) for each in ranked]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize("text", ["", " ", "\u3000\n"], ids=["empty", "space", "wide space"])
def test_blank_rows_are_no_duplicates(text: str) -> None:
    blank = found(("a", text, text), ("b", text, text), ("c", text, text))
    assert (blank.duplicates, blank.alike) == ([], [])


@pytest.mark.parametrize("pair", [("发热", "咳嗽"), ("😀", "😢"), ("𠀀", "𠀁"), ("？？", "！！")], ids="-".join)
def test_short_texts_that_differ_stay(pair: tuple[str, str]) -> None:
    apart = found(("a", pair[0], pair[0]), ("b", pair[1], pair[1]))
    assert (apart.duplicates, apart.alike) == ([], [])


def test_only_changed_memberships_are_written() -> None:
    row = Duplicate(instruction="a", cluster="b", kept=False, method="exact@1", similarity=1.0)
    assert changed_memberships([row], {"a": row}) == []
    (freed,) = changed_memberships([], {"a": row})
    assert (freed.cluster, freed.kept) == ("a", True)
    assert changed_memberships([], {"a": freed}) == []
