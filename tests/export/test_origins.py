"""A version holds what its rows are from, no more, and `verify` finds what does not go together."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pedcorpus.export import (
    Export,
    Release,
    audit_export,
    documents_of,
    open_export,
    origin_record,
    origin_tables,
    pairs_of,
    sources_of,
    write_export,
)
from pedcorpus.export.held import PrivacyRecord
from pedcorpus.export.origin_columns import ORIGIN_KINDS, OriginKind
from pedcorpus.export.origins import has_origins
from pedcorpus.export.read import SPLITS
from pedcorpus.records import Address, Box, Dialogue, Evidence, IdentifierKind, Tier, Turn
from tests.export.sample import DISEASES, cause_question, release_row, sample_release, sample_rows
from tests.export.test_audit import resealed, rewritten

SURE = Box(page=1, x0=72.125, y0=100.5, x1=520.0, y1=116.0, start=0, end=5, confidence=0.8125)
DIALOGUE = Dialogue(
    document="b" * 64,
    turns=(
        Turn(role="patient", content="发热三天了"),
        Turn(role="doctor", content="多喝水，体温超过38.5℃再用退热药。"),
    ),
    attributes={"b": "2", "a": "1"},
    domain_score=0.5,
    address=Address(row=3, boxes=(SURE,)),
)


def spoken_release() -> Release:
    """The sample with a row that quotes a dialogue; of it, an identifier was replaced."""
    said = Evidence(
        source="book",
        document=DIALOGUE.document,
        origin="turn",
        origin_id=DIALOGUE.id,
        address=DIALOGUE.address.model_copy(update={"turn": 1}),
        quote=DIALOGUE.turns[1].content,
    )
    row = release_row(cause_question(DISEASES[0]).model_copy(update={"question": "怎么办？", "evidence": (said,)}))
    return sample_release(
        rows=(*sample_rows(), row),
        dialogues=(DIALOGUE,),
        replies={row.instruction.id: ("k" * 8, "small-model")},
        privacy=PrivacyRecord(replaced={DIALOGUE.id: {IdentifierKind.PHONE: 1}}),
    )


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Export:
    return write_export(spoken_release(), tmp_path_factory.mktemp("spoken") / "v1")


def ids(export: Export, kind: OriginKind) -> list[str]:
    return [name for table in origin_tables(export, kind) for name in table.column("id").to_pylist()]


def cited(export: Export) -> set[str]:
    rows = (row for split in SPLITS for row in export.rows("instructions", split))
    return {evidence["origin_id"] for row in rows for evidence in row["evidence"]}


def test_it_holds_what_its_rows_cite_and_nothing_else(spoken: Export) -> None:
    held = [name for kind in ORIGIN_KINDS for name in ids(spoken, kind)]
    assert sorted(held) == sorted(cited(spoken))
    assert all(ids(spoken, kind) == sorted(ids(spoken, kind)) != [] for kind in ORIGIN_KINDS)


def test_every_row_is_the_record_that_it_was_made_of(spoken: Export) -> None:
    for kind in ORIGIN_KINDS:
        for table in origin_tables(spoken, kind):
            assert [origin_record(kind, row).id for row in table.to_pylist()] == table.column("id").to_pylist()


def test_a_dialogue_tells_how_much_was_replaced_in_it(spoken: Export) -> None:
    (table,) = origin_tables(spoken, "dialogues")
    (row,) = table.to_pylist()
    assert (origin_record("dialogues", row), json.loads(row["replaced"])) == (DIALOGUE, {"phone": 1})


def test_pairs_are_told_whole_beside_their_view(sample_export: Export) -> None:
    whole = {pair.id: pair for pair in sample_release().preferences}
    told = dict(pairs_of(sample_export))
    assert told == {name: whole[name] for name in told} != {}


def test_a_version_without_them_opens_and_is_sound_as_before(sample_export: Export, tmp_path: Path) -> None:
    root = shutil.copytree(sample_export.root, tmp_path / "v1")
    shutil.rmtree(root / "origins")
    unlisted(root)
    assert not has_origins(open_export(root))
    assert list(audit_export(root)) == []


def unlisted(root: Path) -> None:
    """The manifest without what is gone."""
    manifest = json.loads((root / "manifest.json").read_bytes())
    manifest["files"] = {name: entry for name, entry in manifest["files"].items() if (root / name).exists()}
    (root / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    resealed(root)


@pytest.mark.parametrize("changes", [{"tier": Tier.OPEN}, {"withdrawn": frozenset({"graph"})}])
def test_no_text_of_a_stricter_or_withdrawn_work_goes_in(tmp_path: Path, changes: dict[str, Any]) -> None:
    export = write_export(sample_release(**changes), tmp_path / "v1")
    assert ids(export, "triples") == []
    assert (
        {document.source for document in documents_of(export)}
        == {source.id for source in sources_of(export)}
        == {"book"}
    )
    assert "样图" not in (export.root / "origins" / "sources.json").read_text(encoding="utf-8")
    assert list(audit_export(export.root)) == []


def test_how_sure_ocr_was_of_a_quote_travels_with_it(tmp_path: Path) -> None:
    row = sample_rows()[0]
    seen = row.instruction.evidence[0]
    address = seen.address.model_copy(update={"boxes": (SURE,)})
    unsure = row.instruction.model_copy(update={"evidence": (seen.model_copy(update={"address": address}),)})
    export = write_export(sample_release(rows=(release_row(unsure),)), tmp_path / "v1")
    assert list(audit_export(export.root)) == []


def edit_origins(kind: str, change: Callable[[list[dict[str, Any]]], object]) -> Callable[[Path], None]:
    return lambda root: rewritten(root / f"origins/{kind}.parquet", change)


def edit_json(name: str, change: Callable[[Any], object]) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        told = json.loads((root / f"origins/{name}.json").read_bytes())
        change(told)
        (root / f"origins/{name}.json").write_text(json.dumps(told), encoding="utf-8")

    return edit


def move_the_quote(root: Path) -> None:
    def move(rows: list[dict[str, Any]]) -> None:
        address = rows[0]["evidence"][0]["address"]
        address.update(start=address["start"] + 1, end=address["end"] + 1)

    rewritten(root / "instructions/train.parquet", move)


CHANGES: list[tuple[str, Callable[[Path], None], str]] = [
    ("another text", edit_origins("passages", lambda rows: rows[0].update(text="别的话。")), "what it says has the id"),
    ("another turn", edit_origins("dialogues", lambda rows: rows[0]["turns"].pop(0)), "what it says has the id"),
    ("another fact", edit_origins("triples", lambda rows: rows[0].update(tail="别的病")), "what it says has the id"),
    ("no record", edit_origins("triples", lambda rows: rows[0].update(head="")), "at least 1 character"),
    ("a text less", edit_origins("passages", lambda rows: rows.pop()), "which is not among the origins"),
    ("a text twice", edit_origins("passages", lambda rows: rows.append(rows[-1])), "is not sorted by id, each once"),
    (
        "a text that nobody cites",
        edit_origins("passages", lambda rows: rows.append(rows[-1] | {"id": "f" * 20})),
        "f: no row cites it",
    ),
    ("a moved quote", move_the_quote, "its quote does not stand at characters"),
    ("a file less", edit_json("documents", lambda told: told.pop()), "which rows cite"),
    (
        "a file that nobody cites",
        edit_json("documents", lambda told: told.append(told[0] | {"id": "c" * 64})),
        "which no row cites",
    ),
    ("a work less", edit_json("sources", lambda told: told.pop()), "holds other works than reports/licences.json"),
    ("no work", edit_json("sources", lambda told: told[0].update(kind="novel")), r"sources\.json: cannot be read"),
    (
        "another pair",
        edit_origins("preferences", lambda rows: rows[0].update(topic="别的病")),
        "what it says has the id",
    ),
    (
        "another model",
        edit_origins("replies", lambda rows: rows[0].update(model="another")),
        "than the manifest counts",
    ),
    (
        "another reply",
        edit_origins("replies", lambda rows: rows[0].update(key="0")),
        "than those that the manifest binds",
    ),
    ("a pair less", edit_origins("preferences", lambda rows: rows.pop()), "pairs; the view dfpo holds"),
]


@pytest.mark.parametrize(("change", "words"), [each[1:] for each in CHANGES], ids=[each[0] for each in CHANGES])
def test_what_was_changed_with_the_manifest_is_found(
    spoken: Export, tmp_path: Path, change: Callable[[Path], None], words: str
) -> None:
    root = Path(shutil.copytree(spoken.root, tmp_path / "v1"))
    change(root)
    resealed(root)
    assert any(words.replace("\\", "") in problem for problem in audit_export(root))


def test_nothing_is_wrong_with_what_was_not_changed(spoken: Export) -> None:
    assert list(audit_export(spoken.root)) == []


def test_in_parts_it_finds_the_same(spoken: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pedcorpus.export.origins.check._HELD", 30)
    assert list(audit_export(spoken.root)) == []
