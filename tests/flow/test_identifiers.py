"""Whose child it was stays in the corpus file: not a byte of an export, of a log or of any output tells it."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.records import Status
from pedcorpus.settings import Workspace
from tests.chapter import copied

NAME, PHONE, CARD, RECORD = "欧阳晓萌", "13812345678", "11010520160307821X", "住院号0098231"
SECRETS = (NAME, NAME[2:], PHONE, CARD, RECORD.removeprefix("住院号"))
ROWS = [
    {
        "instruction": f"我家孩子{NAME}发热三天，电话{PHONE}，身份证号{CARD}，需要输液吗？",
        "output": f"家长您好，{NAME}目前精神好，不需要输液。需要时致电{PHONE}，{RECORD}。",
    },
    {"instruction": "孩子发热三天，需要输液吗？", "output": "精神好、能喝水的孩子，不需要输液。"},
]
TALK = [{"ask": ROWS[0]["instruction"], "answer": ROWS[0]["output"], "department": "儿科"}]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A data set and a consultation that tell who the child is, read once."""
    place = tmp_path_factory.mktemp("identifiers")
    for name, rows in (("dataset", ROWS), ("consultation", TALK)):
        (place / name).mkdir()
        (place / name / f"{name}.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    workspace = Workspace(place / "ward")
    assert run(["ingest", str(place / "dataset"), str(place / "consultation"), "-w", str(workspace.root)]) == 0
    return workspace


@pytest.fixture
def ward(read: Workspace, workspace: Workspace) -> Workspace:
    """A copy of what was read of them."""
    return copied(read, workspace.root)


def told(data: bytes | str) -> list[str]:
    """Which secrets stand in `data`, as they are or escaped."""
    raw = data.encode() if isinstance(data, str) else data
    forms = {
        secret: (secret.encode(), json.dumps(secret)[1:-1].encode(), secret.encode("utf-16-le")) for secret in SECRETS
    }
    return [secret for secret, written in forms.items() if any(form in raw for form in written)]


def test_the_corpus_file_alone_keeps_the_originals(ward: Workspace) -> None:
    import duckdb

    with duckdb.connect(str(ward.corpus_path), read_only=True) as connection:
        kept = connection.execute("SELECT string_agg(body, '') FROM dialogue").fetchall()[0][0]
        seen = connection.execute("SELECT string_agg(body, '') FROM deidentified").fetchall()[0][0]
        drafts = connection.execute("SELECT string_agg(body, '') FROM instruction").fetchall()[0][0]
    assert set(told(kept)) == set(SECRETS)
    assert told(seen) == told(drafts) == []


def test_no_byte_of_an_export_tells_who_it_was(ward: Workspace) -> None:
    export = flow.export(ward, "v1", status=Status.CANDIDATE)
    files = [path for path in export.root.rglob("*") if path.is_file()]
    for path in files:
        assert told(path.read_bytes()) == [], path.name
        if path.suffix == ".parquet":  # its pages are compressed
            assert told(json.dumps(pq.read_table(path).to_pylist(), default=str, ensure_ascii=False)) == [], path.name
    report = json.loads((export.root / "reports" / "privacy.json").read_bytes())
    assert report["dialogues"]["with_identifiers_replaced"] >= 1
    assert report["identifiers_replaced"]["phone"] >= 1
    assert report["rows"]["checked"] == report["rows"]["rows"] > 0


@pytest.mark.parametrize(
    "command",
    [
        "curate --json",
        "status --json",
        "sources --json",
        "findings --json",
        "contradictions --json",
        "passages dataset",
    ],
)
def test_no_output_tells_who_it_was(command: str, ward: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    run([*command.split(), "-w", str(ward.root)])
    shown = capfd.readouterr()
    assert shown.out + shown.err
    assert told(shown.out) == told(shown.err) == []


def test_no_row_that_is_shown_tells_who_it_was(ward: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    ids = [item.id for item in flow.open_desk(ward, "wang").queue().entries]
    assert ids
    for name in ids:
        assert run(["show", name, "--json", "-w", str(ward.root)]) == 0
    assert told(capfd.readouterr().out) == []


def test_no_log_tells_who_it_was(
    workspace: Workspace, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dataset").mkdir()
    broken = json.dumps(ROWS[0], ensure_ascii=False) + "\n" + json.dumps(ROWS[0], ensure_ascii=False)[:-9] + "\n"
    (tmp_path / "dataset" / "rows.jsonl").write_text(broken, encoding="utf-8")
    with caplog.at_level(logging.DEBUG):
        run(["ingest", str(tmp_path / "dataset"), "-w", str(workspace.root)])
    shown = capfd.readouterr()
    assert told(caplog.text) == told(shown.out) == told(shown.err) == []
