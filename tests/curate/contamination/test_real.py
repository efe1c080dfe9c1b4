import json
from pathlib import Path

import pytest

from pedcorpus.curate.contamination import Item, ItemIndex, Row

SET = Path(__file__).parents[4] / "shared" / "data" / "instruct" / "huatuo_llama_data.head1500.jsonl"


def _reply(item: Item) -> str:
    """A short question counts with its answer only."""
    return "好的。" if len(item.question) > 16 else item.answer


@pytest.mark.real
@pytest.mark.skipif(not SET.exists(), reason="shared/data is not here")
def test_each_real_question_is_found_in_a_row_that_asks_it() -> None:
    records = [json.loads(line) for line in SET.read_text("utf-8").splitlines()]
    items = [
        Item("huatuo", str(n), each["instruction"] + each["input"], (), each["output"])
        for n, each in enumerate(records)
    ]
    index = ItemIndex(items)
    rows = [Row(item.id, f"请问：{item.question}谢谢！", _reply(item)) for item in index.items]
    found = {row.id: {match.item.id for match in matches} for row, matches in index.search(rows)}
    assert [row.id for row in rows if row.id not in found[row.id]] == []
    assert sum(len(items) > 1 for items in found.values()) < 0.05 * len(rows)
