from pathlib import Path

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.records import SourceKind
from pedcorpus.settings import Workspace
from tests.chapter import CHAPTER

TABLES = (
    "source",
    "document",
    "passage",
    "triple",
    "dialogue",
    "instruction",
    "evidence",
    "failure",
    "finding",
    "duplicate",
    "generation",
)


def rows(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(workspace.corpus_path), read_only=True) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in TABLES}


def test_ingest_makes_the_workspace_and_says_so(workspace: Workspace, textbooks: Path) -> None:
    report = flow.ingest(workspace, [textbooks])
    assert [path.name for path in report.made] == ["pedcorpus.toml", "corpus.duckdb"]
    assert report.new_documents == 1
    assert report.passages > 0


def test_building_twice_changes_no_row(workspace: Workspace, textbooks: Path) -> None:
    flow.build(workspace, [textbooks])
    before = rows(workspace)
    report = flow.build(workspace, [textbooks])
    assert rows(workspace) == before
    assert report.ingested.unchanged_documents == 1


def test_a_chapter_becomes_all_three_tasks(workspace: Workspace, textbooks: Path) -> None:
    report = flow.build(workspace, [textbooks])
    assert set(report.generated.new_instructions) == {"evidiag", "medkqa", "trerecom"}
    assert flow.corpus_status(workspace).instructions["trerecom"]["candidate"] > 0


def test_a_changed_file_supersedes_what_was_made_of_it(workspace: Workspace, textbooks: Path) -> None:
    flow.build(workspace, [textbooks])
    (textbooks / "chapter.md").write_text(CHAPTER.replace("6个月至3岁", "6个月至5岁"), encoding="utf-8")
    flow.build(workspace, [textbooks])
    status = flow.corpus_status(workspace)
    assert status.totals["documents"] == 1
    assert status.superseded > 0


def test_a_work_of_another_kind_is_read_anew(workspace: Workspace, textbooks: Path) -> None:
    (textbooks / "chapter.md").write_text("# 发热\n\n推荐意见1：不推荐使用酒精擦浴降温（1C）。\n", encoding="utf-8")
    flow.ingest(workspace, [textbooks])
    report = flow.ingest(workspace, [textbooks], kind=SourceKind.GUIDELINE)
    assert report.new_documents == 1
    with duckdb.connect(str(workspace.corpus_path), read_only=True) as connection:
        found = connection.execute("SELECT kind FROM current_passage").fetchall()
    assert found == [("recommendation",)]


def test_an_edit_of_the_declaration_changes_rights_and_keeps_the_instructions(
    workspace: Workspace, textbooks: Path
) -> None:
    flow.build(workspace, [textbooks])
    before = rows(workspace)["instruction"]
    declaration = 'id = "textbooks"\ntitle = "样例"\nkind = "textbook"\nlicense = "CC0-1.0"\ntier = "open"\n'
    (textbooks / "source.toml").write_text(declaration, encoding="utf-8")
    flow.build(workspace, [textbooks])
    assert rows(workspace)["instruction"] == before
    ((source, _),) = flow.corpus_status(workspace).by_source
    assert source.license == "CC0-1.0"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("empty.md", b"", "empty", id="empty"),
        pytest.param("picture.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "wrong_format", id="a picture called .pdf"),
        pytest.param("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<", "truncated", id="a cut PDF"),
        pytest.param("notes.xyz", b"\x00\x01\x02\xff" * 40, "unknown_format", id="unknown"),
    ],
)
def test_a_bad_file_is_a_failure_row_and_the_rest_goes_on(
    workspace: Workspace, textbooks: Path, name: str, content: bytes, reason: str
) -> None:
    (textbooks / name).write_bytes(content)
    report = flow.build(workspace, [textbooks])
    assert [failure.reason for failure in report.failures] == [reason]
    assert report.ingested.new_documents == 1
    assert flow.corpus_status(workspace).totals["failures"] == 1


def test_a_repaired_file_clears_its_failure(workspace: Workspace, textbooks: Path) -> None:
    (textbooks / "second.md").write_bytes(b"")
    flow.build(workspace, [textbooks])
    (textbooks / "second.md").write_text("# 咳嗽\n\n咳嗽是常见症状。\n", encoding="utf-8")
    flow.build(workspace, [textbooks])
    assert flow.corpus_status(workspace).totals["failures"] == 0


def test_only_the_last_way_of_failing_counts(workspace: Workspace, textbooks: Path) -> None:
    (textbooks / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    (textbooks / "chapter.md").unlink()
    for kind in (SourceKind.TEXTBOOK, SourceKind.GRAPH, SourceKind.TEXTBOOK):
        flow.ingest(workspace, [textbooks], kind=kind)
        assert flow.corpus_status(workspace).totals["failures"] == 1
    assert [failure.reason for failure in flow.corpus_status(workspace).failures] == ["truncated"]


def test_an_undeclared_english_graph_is_asked_about_in_english(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    rows = "head,relation,tail\nmeasles,has_symptom,fever\nmeasles,has_symptom,rash\nmeasles,has_symptom,cough\n"
    (tmp_path / "graph" / "triples.csv").write_text(rows, encoding="utf-8")
    flow.build(workspace, [tmp_path / "graph"])
    desk = flow.open_desk(workspace, "wang")
    for entry in desk.queue().entries:
        assert desk.item(entry.id).instruction.question.isascii()


def test_a_file_over_the_limit_is_a_failure(workspace: Workspace, textbooks: Path) -> None:
    workspace.root.mkdir()
    workspace.settings_path.write_text("[ingest.limits]\nfile_mb = 1\n", encoding="utf-8")
    (textbooks / "large.txt").write_bytes("咳嗽。\n".encode() * 300_000)
    report = flow.ingest(workspace, [textbooks])
    assert [failure.reason for failure in report.failures] == ["too_large"]


def test_two_processes_read_the_same_as_one(workspace: Workspace, textbooks: Path, tmp_path: Path) -> None:
    for number in range(9):
        (textbooks / f"{number}.md").write_text(CHAPTER.replace("热性惊厥", f"样例病{number}"), encoding="utf-8")
    flow.build(workspace, [textbooks])
    other = Workspace(tmp_path / "other")
    other.root.mkdir()
    other.settings_path.write_text("[ingest]\njobs = 1\n", encoding="utf-8")
    flow.build(other, [textbooks])
    assert sorted(row[0] for row in rows(workspace)["instruction"]) == sorted(
        row[0] for row in rows(other)["instruction"]
    )


def test_another_paediatric_threshold_reads_dialogues_anew_and_nothing_else(
    workspace: Workspace, textbooks: Path, tmp_path: Path
) -> None:
    (tmp_path / "dialogues").mkdir()
    (tmp_path / "dialogues" / "a.csv").write_text("ask,answer\n我女儿咳嗽,多喝水\n", encoding="utf-8")
    flow.ingest(workspace, [textbooks, tmp_path / "dialogues"])
    before = rows(workspace)["dialogue"]
    workspace.settings_path.write_text("[ingest]\npaediatric_threshold = 0.9\n", encoding="utf-8")
    report = flow.ingest(Workspace(workspace.root), [textbooks, tmp_path / "dialogues"])
    assert (report.new_documents, report.unchanged_documents) == (1, 1)
    after = [row for row in rows(workspace)["dialogue"] if row not in before]
    assert [row[4] for row in (*before, *after)] == ["paediatric", "general_medical"]
    assert before[0][0] == after[0][0]  # the same dialogue
