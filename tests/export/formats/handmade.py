"""Finished versions of any rows, written straight to Parquet, for tests that need what the sample does not hold.

It has conversations of several turns and with system prompts, and some that not every format can carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.export import Export, FileEntry, Manifest, Split, View, open_export
from pedcorpus.export.manifest import MANIFEST_FILE, manifest_bytes
from pedcorpus.export.tables import SCHEMAS
from pedcorpus.export.verify import file_sha256
from pedcorpus.records import Tier

__all__ = ["TABLES", "answer", "handmade_export", "messages"]

Row = dict[str, Any]


def messages(*said: str) -> list[Row]:
    """`s:`, `u:` and `a:` begin what system, user and assistant say."""
    roles = {"s": "system", "u": "user", "a": "assistant"}
    return [{"role": roles[text[0]], "content": text[2:]} for text in said]


def answer(text: str) -> list[Row]:
    return messages(f"a:{text}")


PROMPTS = (
    messages("u:孩子发热怎么办？"),
    messages("s:你是儿科医生。", "u:咳嗽几天了要去医院？"),
    messages("u:孩子吐了。", "a:吐了几次？\n有没有血？", 'u:三次，没有"血"。'),
    messages("s:你是儿科医生。", "u:你好", "a:您好", "u:腹泻吃什么？"),
    messages("a:您好，我是医生。", "u:皮疹要紧吗？"),
    messages("u:在吗？", "u:孩子头疼。"),
)
"""The last two are for formats that let speakers come as they like."""

_SFT = [{"prompt": prompt, "completion": answer(f"答{number}")} for number, prompt in enumerate(PROMPTS)]
_TASKS = ("medkqa", "evidiag", "trerecom")

TABLES: Mapping[tuple[View, Split], Sequence[Row]] = {
    ("cpt", "train"): [{"text": f"第{n}段\u2028下一行", "kind": "passage", "source": "book"} for n in range(3)],
    ("sft", "train"): _SFT,
    ("sft", "test"): _SFT[:1],
    ("dfpo", "train"): [
        *({"prompt": row["prompt"], "chosen": row["completion"], "rejected": answer("不知道")} for row in _SFT),
        {"prompt": PROMPTS[0], "chosen": answer("同"), "rejected": answer("同")},
    ],
    ("mue", "train"): [{**row, "task": _TASKS[number % 3]} for number, row in enumerate(_SFT)],
}


def handmade_export(root: Path, tables: Mapping[tuple[View, Split], Iterable[Row]] = TABLES) -> Export:
    """A version called as the folder `root`, with these tables and nothing else."""
    files: dict[str, FileEntry] = {}
    for (view, split), rows in tables.items():
        table = pa.Table.from_pylist(list(rows), schema=SCHEMAS[view])
        path = root / view / f"{split}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path)
        entry = FileEntry(sha256=file_sha256(path), rows=table.num_rows, bytes=path.stat().st_size)
        files[f"{view}/{split}.parquet"] = entry
    none = "0" * 64
    manifest = Manifest(
        version=root.name,
        tier=Tier.OPEN,
        status="accepted",
        code_version="0",
        writer="by hand",
        sources_sha256=none,
        settings_sha256=none,
        decisions_sha256=none,
        files=files,
    )
    (root / MANIFEST_FILE).write_bytes(manifest_bytes(manifest))
    return open_export(root)
