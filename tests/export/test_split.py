from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pedcorpus.export import SPLITS, Split, bonded
from pedcorpus.export.split import LEFT_OUT, assign_splits, hashed_split
from pedcorpus.records import content_id
from pedcorpus.settings import ExportSettings

SETTINGS = ExportSettings(validation_share=0.1, test_share=0.1)


@dataclass(frozen=True)
class Row:
    id: str
    topic: str
    group: str
    cluster: str


def row(number: int, *, topic: str, group: str, cluster: str = "") -> Row:
    name = content_id("instruction", str(number))
    return Row(name, topic, group, cluster or name)


def many_rows(count: int) -> list[Row]:
    return [row(number, topic=f"病{number}", group=f"节{number}") for number in range(count)]


def split_rows(
    rows: Sequence[Row], settings: ExportSettings, earlier: Mapping[str, Split] | None = None
) -> dict[str, Split]:
    """The split of each row that goes in."""
    columns = {name: [getattr(each, name) for each in rows] for name in ("id", "topic", "group", "cluster")}
    before = [(earlier or {}).get(each.id) for each in rows]
    codes = assign_splits(pa.table(columns | {"earlier": pa.array(before, pa.string())}), settings)
    return {each.id: SPLITS[code] for each, code in zip(rows, codes.tolist(), strict=True) if code != LEFT_OUT}


small = st.integers(0, 6)
any_rows = st.lists(st.tuples(small, small, small), min_size=1, max_size=30).map(
    lambda keys: [
        row(number, topic=f"病{topic}", group=f"节{group}", cluster=f"簇{number if cluster > 2 else -cluster}")
        for number, (topic, group, cluster) in enumerate(keys)
    ]
)
joins = st.lists(st.tuples(small, small, small), max_size=20)
any_settings = st.builds(
    ExportSettings, validation_share=st.floats(0, 0.49), test_share=st.floats(0, 0.49), split_seed=st.text(max_size=3)
)


@examples(deadline=None)
@given(rows=any_rows, settings=any_settings)
def test_no_section_and_no_cluster_is_torn(rows: list[Row], settings: ExportSettings) -> None:
    splits = split_rows(rows, settings)
    for key in ("group", "cluster"):
        seen = {(getattr(item, key), splits[item.id]) for item in rows}
        assert len(seen) == len({value for value, _ in seen})


@examples(deadline=None)
@given(rows=any_rows, settings=any_settings)
def test_no_topic_of_the_test_split_is_anywhere_else(rows: list[Row], settings: ExportSettings) -> None:
    splits = split_rows(rows, settings)
    tested = {item.topic for item in rows if splits[item.id] == "test"}
    assert not tested & {item.topic for item in rows if splits[item.id] != "test"}


@examples(deadline=None)
@given(rows=any_rows, settings=any_settings, seed=st.integers())
def test_the_order_of_rows_does_not_matter(rows: list[Row], settings: ExportSettings, seed: int) -> None:
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert split_rows(shuffled, settings) == split_rows(rows, settings)


@examples(deadline=None)
@given(rows=any_rows, settings=any_settings)
def test_there_is_always_something_to_train_on(rows: list[Row], settings: ExportSettings) -> None:
    assert "train" in split_rows(rows, settings).values()


@given(old=st.integers(50, 120), new=st.integers(0, 60))
def test_rows_added_later_move_no_other(old: int, new: int) -> None:
    rows = many_rows(old)
    later = split_rows([*rows, *many_rows(old + new)[old:]], SETTINGS)
    assert {name: later[name] for name in split_rows(rows, SETTINGS)} == split_rows(rows, SETTINGS)


def test_a_new_section_on_a_known_topic_moves_no_row_of_the_old_one_to_or_from_test() -> None:
    rows = many_rows(200)
    added = [row(1000 + number, topic=f"病{number}", group=f"新节{number}") for number in range(200)]
    before, after = split_rows(rows, SETTINGS), split_rows([*rows, *added], SETTINGS)
    assert {name: after[name] for name in before} == before


def test_shares_are_kept_within_chance() -> None:
    counts = Counter(split_rows(many_rows(3000), SETTINGS).values())
    assert 240 < counts["validation"] < 360
    assert 240 < counts["test"] < 360


def test_nothing_is_held_out_where_the_shares_are_zero() -> None:
    settings = ExportSettings(validation_share=0, test_share=0)
    assert set(split_rows(many_rows(100), settings).values()) == {"train"}
    assert {hashed_split(f"节{number}", settings) for number in range(100)} == {"train"}


def test_another_seed_makes_another_split() -> None:
    rows = many_rows(100)
    assert split_rows(rows, SETTINGS) != split_rows(rows, ExportSettings(split_seed="other"))


def test_sections_of_one_cluster_go_together() -> None:
    rows = many_rows(300)
    bound = [row(900, topic="病0", group="节0", cluster="簇"), row(901, topic="病1", group="节1", cluster="簇")]
    splits = split_rows([*rows, *bound], SETTINGS)
    assert len({splits[item.id] for item in (rows[0], rows[1], *bound)}) == 1


def test_clusters_of_any_level_that_share_a_row_are_one() -> None:
    copies = {"b": "a", "c": "c"}
    questions = {"b": "f", "e": "f", "h": "g"}
    assert bonded(copies, questions) == dict.fromkeys("abef", "a") | {"c": "c", "g": "g", "h": "g"}
    assert bonded(questions, copies) == bonded(copies, questions)
    assert bonded() == {}


def renamed(rows: list[Row], changed: list[tuple[int, int, int]]) -> list[Row]:
    """Some rows with another topic, section and cluster, as curation and a newer edition leave them."""
    keys = dict(enumerate(changed))
    return [
        Row(each.id, *(f"{kind}{key}" for kind, key in zip("病节簇", keys[number], strict=True)))
        if number in keys
        else each
        for number, each in enumerate(rows)
    ]


@examples(deadline=None)
@given(rows=any_rows, settings=any_settings, changed=joins, added=joins)
def test_no_row_of_an_earlier_version_changes_its_split(
    rows: list[Row], settings: ExportSettings, changed: list[tuple[int, int, int]], added: list[tuple[int, int, int]]
) -> None:
    first = split_rows(rows, settings)
    new = [row(1000 + n, topic=f"病{t}", group=f"节{g}", cluster=f"簇{c}") for n, (t, g, c) in enumerate(added)]
    second = split_rows([*renamed(rows, changed), *new], settings, first)
    assert {name: second[name] for name in first if name in second} == {
        name: split for name, split in first.items() if name in second
    }


@examples(deadline=None)
@given(rows=any_rows, settings=any_settings, changed=joins, added=joins)
def test_no_later_version_leaks_whatever_has_joined(
    rows: list[Row], settings: ExportSettings, changed: list[tuple[int, int, int]], added: list[tuple[int, int, int]]
) -> None:
    first = split_rows(rows, settings)
    new = [row(1000 + n, topic=f"病{t}", group=f"节{g}", cluster=f"簇{c}") for n, (t, g, c) in enumerate(added)]
    later = [*renamed(rows, changed), *new]
    splits = split_rows(later, settings, first)
    inside = [each for each in later if each.id in splits]
    for key in ("group", "cluster"):
        seen = {(getattr(each, key), splits[each.id]) for each in inside}
        assert len(seen) == len({value for value, _ in seen})
    tested = {each.topic for each in inside if splits[each.id] == "test"}
    assert not tested & {each.topic for each in inside if splits[each.id] != "test"}


@examples(deadline=None)
@given(rows=any_rows, settings=any_settings, added=joins)
def test_new_rows_leave_out_none_but_new_rows(
    rows: list[Row], settings: ExportSettings, added: list[tuple[int, int, int]]
) -> None:
    first = split_rows(rows, settings)
    new = [row(1000 + n, topic=f"病{t}", group=f"节{g}", cluster=f"簇{c}") for n, (t, g, c) in enumerate(added)]
    assert first.keys() <= split_rows([*rows, *new], settings, first).keys()


def test_a_new_row_that_joins_two_splits_is_left_out() -> None:
    rows = many_rows(300)
    first = split_rows(rows, SETTINGS)
    one, other = (next(each for each in rows if first[each.id] == split) for split in ("train", "test"))
    joining = row(1000, topic="新病", group=one.group, cluster=other.cluster)
    assert split_rows([*rows, joining], SETTINGS, first) == first


def test_of_earlier_rows_that_came_to_share_a_section_the_held_out_one_stays() -> None:
    rows = many_rows(300)
    first = split_rows(rows, SETTINGS)
    one, other = (next(each for each in rows if first[each.id] == split) for split in ("train", "test"))
    joined = [Row(each.id, each.topic, other.group, each.cluster) if each == one else each for each in rows]
    assert split_rows(joined, SETTINGS, first) == {name: split for name, split in first.items() if name != one.id}
    assert split_rows(rows, SETTINGS, first) == first
