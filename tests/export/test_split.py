from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.export.split import assign_splits, bonded, hashed_split
from pedcorpus.records import ReleaseRow
from pedcorpus.settings import ExportSettings
from tests.export.sample import DISEASES, cause_question

SETTINGS = ExportSettings(validation_share=0.1, test_share=0.1)
TEMPLATE = cause_question(DISEASES[0])


def row(number: int, *, topic: str, group: str, cluster: str = "") -> ReleaseRow:
    instruction = TEMPLATE.model_copy(update={"topic": topic, "question": f"问题{number}？"})
    cluster = cluster or instruction.id
    return ReleaseRow(instruction=instruction, acceptance="reviewed", cluster=cluster, group=group)


def many_rows(count: int) -> list[ReleaseRow]:
    return [row(number, topic=f"病{number}", group=f"节{number}") for number in range(count)]


small = st.integers(0, 6)
any_rows = st.lists(st.tuples(small, small, small), min_size=1, max_size=30).map(
    lambda keys: [
        row(number, topic=f"病{topic}", group=f"节{group}", cluster=f"簇{number if cluster > 2 else -cluster}")
        for number, (topic, group, cluster) in enumerate(keys)
    ]
)
any_settings = st.builds(
    ExportSettings, validation_share=st.floats(0, 0.49), test_share=st.floats(0, 0.49), split_seed=st.text(max_size=3)
)


@given(rows=any_rows, settings=any_settings)
def test_no_section_and_no_cluster_is_torn(rows: list[ReleaseRow], settings: ExportSettings) -> None:
    splits = assign_splits(rows, settings)
    for key in ("group", "cluster"):
        seen = {(getattr(item, key), splits[item.instruction.id]) for item in rows}
        assert len(seen) == len({value for value, _ in seen})


@given(rows=any_rows, settings=any_settings)
def test_no_topic_of_the_test_split_is_anywhere_else(rows: list[ReleaseRow], settings: ExportSettings) -> None:
    splits = assign_splits(rows, settings)
    tested = {item.instruction.topic for item in rows if splits[item.instruction.id] == "test"}
    assert not tested & {item.instruction.topic for item in rows if splits[item.instruction.id] != "test"}


@given(rows=any_rows, settings=any_settings, seed=st.integers())
def test_the_order_of_rows_does_not_matter(rows: list[ReleaseRow], settings: ExportSettings, seed: int) -> None:
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert assign_splits(shuffled, settings) == assign_splits(rows, settings)


@given(rows=any_rows, settings=any_settings)
def test_there_is_always_something_to_train_on(rows: list[ReleaseRow], settings: ExportSettings) -> None:
    assert "train" in assign_splits(rows, settings).values()


@given(old=st.integers(50, 120), new=st.integers(0, 60))
def test_rows_added_later_move_no_other(old: int, new: int) -> None:
    rows = many_rows(old)
    later = assign_splits([*rows, *many_rows(old + new)[old:]], SETTINGS)
    assert {name: later[name] for name in assign_splits(rows, SETTINGS)} == assign_splits(rows, SETTINGS)


def test_a_new_section_on_a_known_topic_moves_no_row_of_the_old_one_to_or_from_test() -> None:
    rows = many_rows(200)
    added = [row(1000 + number, topic=f"病{number}", group=f"新节{number}") for number in range(200)]
    before, after = assign_splits(rows, SETTINGS), assign_splits([*rows, *added], SETTINGS)
    assert {name: after[name] for name in before} == before


def test_shares_are_kept_within_chance() -> None:
    counts = Counter(assign_splits(many_rows(3000), SETTINGS).values())
    assert 240 < counts["validation"] < 360
    assert 240 < counts["test"] < 360


def test_nothing_is_held_out_where_the_shares_are_zero() -> None:
    settings = ExportSettings(validation_share=0, test_share=0)
    assert set(assign_splits(many_rows(100), settings).values()) == {"train"}
    assert {hashed_split(f"节{number}", settings) for number in range(100)} == {"train"}


def test_another_seed_makes_another_split() -> None:
    rows = many_rows(100)
    assert assign_splits(rows, SETTINGS) != assign_splits(rows, ExportSettings(split_seed="other"))


def test_sections_of_one_cluster_go_together() -> None:
    rows = many_rows(300)
    bound = [row(900, topic="病0", group="节0", cluster="簇"), row(901, topic="病1", group="节1", cluster="簇")]
    splits = assign_splits([*rows, *bound], SETTINGS)
    assert len({splits[item.instruction.id] for item in (rows[0], rows[1], *bound)}) == 1


def test_clusters_of_any_level_that_share_a_row_are_one() -> None:
    copies = {"b": "a", "c": "c"}
    questions = {"b": "f", "e": "f", "h": "g"}
    assert bonded(copies, questions) == dict.fromkeys("abef", "a") | {"c": "c", "g": "g", "h": "g"}
    assert bonded(questions, copies) == bonded(copies, questions)
    assert bonded() == {}
