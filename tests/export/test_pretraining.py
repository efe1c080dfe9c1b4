from __future__ import annotations

import random
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pedcorpus.export.plain_text import PlainText
from pedcorpus.export.pretraining import InstructionTexts, Pretraining, as_text
from pedcorpus.export.read import SPLITS
from pedcorpus.export.tables import MESSAGES, SCHEMAS, TableWriters
from pedcorpus.records import content_id
from tests.export.sample import sample_release
from tests.export.written import streamed

Row = dict[str, str]
_USES = ("cpt-order", "cpt-draw")


def mixed(plain: list[PlainText], asked: list[str], share: float, *, split: str = "train") -> dict[str, list[Row]]:
    """The view of these texts and of instructions that ask `asked`, by split."""
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(1) as pool:
        folder = Path(place)
        tables, texts = TableWriters(folder, pool), Pretraining(folder / "waiting")
        rows = [{"messages": [{"role": "user", "content": text}]} for text in asked]
        tables.write("instructions", split, pa.Table.from_pylist(rows, schema=SCHEMAS["instructions"]))
        tables.close()
        key, draw = (np.array([bytes.fromhex(content_id(use, text)) for text in asked], "S10") for use in _USES)
        codes = np.full(len(asked), SPLITS.index(split), np.int8)  # type: ignore[arg-type]
        sources = np.zeros(len(asked), np.int32)
        offered = InstructionTexts(key, draw, codes, sources, ["a", "b", "s"])
        texts.gather(plain)
        texts.write(texts.choose(offered, instruction_share=share), offered, tables, folder)
        tables.close()
        return {
            name: pq.read_table(path).to_pylist() if (path := folder / f"cpt/{name}.parquet").exists() else []
            for name in SPLITS
        }


def texts(count: int, split: str = "train") -> list[PlainText]:
    return [PlainText(f"文{number}", "passage", "s", split) for number in range(count)]  # type: ignore[arg-type]


def questions(count: int) -> list[str]:
    return [f"问{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("plain", "instructions", "share", "expected"),
    [
        (70, 30, 0.3, (70, 30)),
        (70, 300, 0.3, (70, 30)),
        (700, 30, 0.3, (700, 30)),  # knowledge is never thrown away
        (10, 100, 0.3, (10, 4)),
        (50, 50, 0.0, (50, 0)),
        (0, 50, 0.0, (0, 50)),
        (0, 50, 0.3, (0, 50)),  # nothing to mix with
        (50, 0, 0.3, (50, 0)),
    ],
)
def test_instructions_are_drawn_down_to_the_share_and_plain_text_is_whole(plain, instructions, share, expected) -> None:
    kinds = [row["kind"] for row in mixed(texts(plain), questions(instructions), share)["train"]]
    assert (kinds.count("passage"), kinds.count("instruction")) == expected


@examples(max_examples=20, deadline=None)
@given(st.integers(0, 80), st.integers(0, 80), st.floats(0, 0.9), st.integers())
def test_each_text_comes_at_most_once_and_order_of_input_is_ignored(plain, instructions, share, seed) -> None:
    given_texts = texts(plain) + texts(plain // 2)
    rows = mixed(given_texts, questions(instructions), share)["train"]
    assert len({row["text"] for row in rows}) == len(rows)
    shuffled = random.Random(seed).sample(given_texts, len(given_texts))
    assert mixed(shuffled, questions(instructions), share)["train"] == rows


def test_kinds_are_interleaved() -> None:
    rows = mixed(texts(200), questions(100), 0.3)["train"]
    early = [row["kind"] for row in rows[: len(rows) // 2]].count("instruction")
    assert 25 < early < 60


def test_texts_come_in_the_order_of_their_hashes() -> None:
    rows = mixed(texts(200), questions(50), 0.3)["train"]
    order = [content_id("cpt-order", row["text"]) for row in rows]
    assert order == sorted(order)


def test_a_text_that_stands_in_two_splits_is_held_out() -> None:
    twice = [PlainText("文", "passage", "s", split) for split in ("train", "test", "train")]  # type: ignore[arg-type]
    assert {split: len(rows) for split, rows in mixed(twice, [], 0.3).items()} == {
        "train": 0,
        "validation": 0,
        "test": 1,
    }


def test_an_instruction_that_says_what_a_held_out_passage_says_stays_out() -> None:
    rows = mixed([PlainText("文", "passage", "s", "test"), *texts(10)], ["文"], 0.3)
    assert [row["kind"] for row in rows["test"]] == ["passage"]
    assert "文" not in [row["text"] for row in rows["train"]]


def test_which_of_two_like_texts_stays_does_not_depend_on_their_order() -> None:
    twice = [PlainText("文", "passage", name, "train") for name in ("b", "a")]
    assert mixed(twice, [], 0.3) == mixed(twice[::-1], [], 0.3)


def test_an_instruction_reads_as_text() -> None:
    said = [{"role": "user", "content": "问"}, {"role": "assistant", "content": "答"}]
    assert as_text(pa.array([said, said[1:]], MESSAGES).slice(0)).to_pylist() == ["问\n答", "答"]
    assert as_text(pa.array([said, said[1:]], MESSAGES).slice(1)).to_pylist() == ["答"]


def test_nothing_that_waited_is_left_behind(tmp_path: Path) -> None:
    streamed(sample_release(), tmp_path / "v1")
    left = sorted(path.name for path in (tmp_path / "v1").iterdir())
    assert left == ["cpt", "dfpo", "instructions", "mue", "origins", "sft"]
