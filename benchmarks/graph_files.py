"""Generated graphs of any size, as a table of triples or of entities with several values a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

__all__ = ["ENTITIES", "TRIPLES", "save_graph"]

_RELATIONS = ("症状", "检查", "药物", "并发症", "就诊科室")
_OF_ONE_DISEASE = 20
_TAILS = 50_021
"""A prime: tails come back now and then, and in no order."""


def _triples() -> Iterator[str]:
    yield "head,relation,tail,来源"
    number = 0
    while True:
        disease, relation = number // _OF_ONE_DISEASE, _RELATIONS[number % len(_RELATIONS)]
        yield f"疾病{disease},{relation},名称{number * 7919 % _TAILS}甲,第{number % 900}页"
        number += 1


def _entities() -> Iterator[str]:
    yield "name,症状,检查,药物"
    number = 0
    while True:
        symptoms, exams, drugs = (
            [f"{kind}{(number * 7919 + each) % _TAILS}甲" for each in range(4)] for kind in ("症", "查", "药")
        )
        yield f'疾病{number},{"、".join(symptoms)},"{"，".join(exams)}",{" ".join(drugs)}'
        number += 1


Rows = Callable[[], Iterator[str]]
TRIPLES: Rows = _triples
ENTITIES: Rows = _entities


def save_graph(file: Path, rows: Rows, count: int) -> Path:
    """`file`, written with a header and `count` rows."""
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{row}\n" for row in islice(rows(), count + 1))
    return file
