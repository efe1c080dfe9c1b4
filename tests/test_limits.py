"""Every limit can be set in `pedcorpus.toml`, holds wherever a file is read, and is in the handbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.limits import Limits
from pedcorpus.parse import Original, parse_original
from pedcorpus.records import Failure, Source, SourceKind
from pedcorpus.settings import Workspace

HANDBOOK = Path(__file__).parents[1] / "docs" / "limits.md"


@pytest.mark.parametrize("name", Limits.model_fields)
def test_each_limit_is_in_the_handbook_with_its_default(name: str) -> None:
    field = Limits.model_fields[name]
    said = " ".join((field.description or "").split())
    assert f"| `{name}` | {field.default:,} | {said} |" in HANDBOOK.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", Limits.model_fields)
def test_each_limit_is_read_somewhere(name: str) -> None:
    package = Path(__file__).parents[1] / "pedcorpus"
    readers = [file for room in ("parse", "flow") for file in (package / room).glob("*.py")]
    assert any(f".{name}" in file.read_text(encoding="utf-8") for file in readers)


@pytest.mark.parametrize(
    ("limit", "name", "text", "kind", "reason"),
    [
        ("name_chars", "a.csv", f"name,症状\n肺炎,{'咳' * 20}\n", "graph", "truncated_value"),
        ("cell_chars", "a.csv", f"name,症状\n肺炎,{'咳' * 20}\n", "graph", "bad_row"),
        ("row_failures", "a.csv", "name,症状\n肺炎,发热\n" + ",咳嗽\n" * 30, "graph", "more_bad_rows"),
        ("record_lines", "a.csv", 'name,症状\n肺炎,"发热\n' + "\n" * 20 + '咳嗽"\n', "graph", "bad_row"),
        ("statement_chars", "a.cypher", "MERGE (a:Disease {name: '肺炎'});", "graph", "bad_statement"),
    ],
    ids=lambda value: str(value)[:16],
)
def test_a_limit_set_in_the_workspace_holds_and_raises_no_other(
    tmp_path: Path, limit: str, name: str, text: str, kind: str, reason: str
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / name).write_text(text, encoding="utf-8")
    (shelf / "sound.csv").write_text("name,症状\n哮喘,喘息\n", encoding="utf-8")
    ward = Workspace(tmp_path / "ward")
    ward.root.mkdir()
    ward.settings_path.write_text(f"[ingest.limits]\n{limit} = 10\n", encoding="utf-8")
    report = flow.ingest(ward, [shelf], kind=SourceKind(kind))
    assert {one.reason for one in report.failures if one.path == name} >= {reason}
    assert not [one for one in report.failures if one.path == "sound.csv"]


def test_a_limit_of_one_file_is_none_of_the_next() -> None:
    def failures(limits: Limits) -> tuple[Failure, ...]:
        source = Source(id="work", kind=SourceKind.GRAPH, title="graph")
        text = f"name,症状\n肺炎,发热、{'咳' * 20}\n"
        return parse_original(Original(source, "a.csv", text.encode(), limits=limits)).failures

    assert failures(Limits(name_chars=10))
    assert failures(Limits()) == ()


def test_a_formula_and_a_table_keep_to_the_file_s_own_limits() -> None:
    source = Source(id="work", kind=SourceKind.TEXTBOOK, title="book")
    text = "# 章\n\n值 $5 \\%$ 和\n\n<table><tr><td colspan=3>甲<td>乙<tr><td>丙<td>丁</table>\n".encode()
    read = [
        [one.text for one in parse_original(Original(source, "a.md", text, limits=limits)).passages]
        for limits in (Limits(), Limits(formula_characters=2, table_span=1))
    ]
    assert read == [["值5%和", "甲 | 甲 | 甲 | 乙\n丙 | 丁"], ["值 $5 %$ 和", "甲 | 乙\n丙 | 丁"]]


def test_another_limit_on_parts_reads_a_file_anew_and_a_limit_on_files_does_not(tmp_path: Path) -> None:
    shelf, ward = tmp_path / "shelf", Workspace(tmp_path / "ward")
    shelf.mkdir()
    ward.root.mkdir()
    (shelf / "a.csv").write_text(f"name,症状\n肺炎,发热、{'咳' * 20}\n", encoding="utf-8")
    triples = []
    for line in ("name_chars = 10", "name_chars = 100", "name_chars = 100\nfile_seconds = 60"):
        ward.settings_path.write_text(f"[ingest.limits]\n{line}\n", encoding="utf-8")
        report = flow.ingest(Workspace(ward.root), [shelf], kind=SourceKind.GRAPH)
        triples.append((report.new_documents, report.triples))
    assert triples == [(1, 1), (1, 2), (0, 0)]
