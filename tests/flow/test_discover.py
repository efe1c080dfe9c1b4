from pathlib import Path

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.flow.discover import Work, find_works
from pedcorpus.records import SourceKind, Tier


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("热性惊厥。\n", encoding="utf-8")


def declare(folder: Path, **keys: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f'{key} = "{value}"' for key, value in keys.items()]
    (folder / "source.toml").write_text("\n".join(lines), encoding="utf-8")


def summary(works: list[Work]) -> list[tuple[str, SourceKind, list[str]]]:
    return [
        (work.declaration.source.id, work.declaration.source.kind, [found.path for found in work.files])
        for work in works
    ]


def test_an_undeclared_folder_is_a_work_of_unknown_licence(tmp_path: Path) -> None:
    write(tmp_path, "textbooks/b.md", "textbooks/a.md")
    (work,), _ = find_works([tmp_path / "textbooks"], kind=None)
    source = work.declaration.source
    assert (source.license, source.tier, source.declared) == ("unknown", Tier.INTERNAL, False)
    assert [found.path for found in work.files] == ["a.md", "b.md"]


def test_a_declared_folder_takes_its_subfolders_along(tmp_path: Path) -> None:
    declare(tmp_path / "shelf/book", title="样例", kind="textbook")
    write(tmp_path, "shelf/book/one/a.md", "shelf/book/b.md")
    works, _ = find_works([tmp_path / "shelf"], kind=None)
    assert summary(works) == [("book", SourceKind.TEXTBOOK, ["b.md", "one/a.md"])]


def test_kind_comes_from_the_nearest_telling_folder(tmp_path: Path) -> None:
    write(tmp_path, "shelf/guidelines/2024/a.md", "shelf/misc/b.md")
    works, _ = find_works([tmp_path / "shelf"], kind=None)
    assert summary(works) == [
        ("shelf-guidelines-2024", SourceKind.GUIDELINE, ["a.md"]),
        ("shelf-misc", SourceKind.TEXTBOOK, ["b.md"]),
    ]


def test_tables_alone_are_a_graph(tmp_path: Path) -> None:
    write(tmp_path, "shelf/diseases.tsv", "mixed/a.csv", "mixed/a.md")
    works, _ = find_works([tmp_path / "shelf", tmp_path / "mixed", tmp_path / "shelf" / "diseases.tsv"], kind=None)
    kinds = [work.declaration.source.kind for work in works]
    assert kinds == [SourceKind.GRAPH, SourceKind.TEXTBOOK, SourceKind.GRAPH]


def test_files_that_only_their_contents_tell_apart_are_looked_into(tmp_path: Path) -> None:
    write(tmp_path, "a/rows.jsonl", "b/rows.csv", "c/rows.json", "c/dataset_info.json", "c/notes.txt")
    (tmp_path / "a/rows.jsonl").write_text('{"instruction": "写诗", "input": "", "output": "好"}\n')
    (tmp_path / "b/rows.csv").write_text("department,ask,answer\n儿科,发热,多喝水\n")
    (tmp_path / "c/rows.json").write_text('[{"name": "麻疹", "症状": ["发热"]}]')
    works, _ = find_works([tmp_path], kind=None)
    found = [(work.declaration.source.kind, work.kind_from, len(work.files)) for work in works]
    assert found == [
        (SourceKind.DATASET, "file contents", 1),
        (SourceKind.CONSULTATION, "file contents", 1),
        (SourceKind.TEXTBOOK, "default", 2),  # notes.txt may be a text, and dataset_info.json describes the others
    ]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        pytest.param(
            '{"department": "儿科", "ask": "发热", "answer": "多喝水"}', SourceKind.CONSULTATION, id="a clinic's"
        ),
        pytest.param(
            '{"conversations": [{"from": "human", "value": "写诗"}, {"from": "gpt", "value": "好"}]}',
            SourceKind.DATASET,
            id="an assistant's",
        ),
    ],
)
def test_a_folder_of_conversations_is_what_its_rows_are(tmp_path: Path, row: str, kind: SourceKind) -> None:
    write(tmp_path, "conversations/a.jsonl")
    (tmp_path / "conversations/a.jsonl").write_text(row + "\n", encoding="utf-8")
    works, _ = find_works([tmp_path / "conversations"], kind=None)
    assert (works[0].declaration.source.kind, works[0].kind_from) == (kind, "file contents")


def test_a_given_kind_counts_over_the_folders_name(tmp_path: Path) -> None:
    write(tmp_path, "guidelines/a.md")
    works, _ = find_works([tmp_path / "guidelines"], kind=SourceKind.GRAPH)
    assert works[0].declaration.source.kind is SourceKind.GRAPH


def test_a_broken_declaration_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "shelf/broken").mkdir(parents=True)
    (tmp_path / "shelf/broken/source.toml").write_text("title = = 1")
    write(tmp_path, "shelf/good/a.md", "shelf/broken/b.md")
    works, failures = find_works([tmp_path / "shelf"], kind=None)
    assert [work.declaration.source.id for work in works] == ["shelf-good"]
    assert [failure.reason for failure in failures] == ["invalid_declaration"]


def test_licences_readmes_and_hidden_files_are_no_texts(tmp_path: Path) -> None:
    write(tmp_path, "book/a.md", "book/LICENSE", "book/README.md", "book/.hidden.md", "book/~$a.docx")
    works, _ = find_works([tmp_path / "book"], kind=None)
    assert [found.path for found in works[0].files] == ["a.md"]


def test_a_single_file_is_a_work(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    works, _ = find_works([tmp_path / "a.md"], kind=None)
    assert summary(works) == [("a", SourceKind.TEXTBOOK, ["a.md"])]


@pytest.mark.parametrize("place", ["missing", "empty"])
def test_a_place_without_files_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=place):
        find_works([tmp_path / place], kind=None)
