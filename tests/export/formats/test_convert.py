from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pedcorpus.errors import ExportError, UsageError
from pedcorpus.export import Export
from pedcorpus.export.formats import ORIGIN_FILE, Converted, convert_export, format_names, format_of
from tests.export.formats.handmade import TABLES, answer, handmade_export, messages


def lines(root: Path, path: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (root / path).read_bytes().split(b"\n") if line]


def test_jsonl_is_row_for_row_what_parquet_holds(converted: dict[str, Converted]) -> None:
    for (view, split), rows in TABLES.items():
        assert lines(converted["jsonl"].root, f"{view}/{split}.jsonl") == list(rows)


SCRIPT = """
import sys
from pathlib import Path
from pedcorpus.export import open_export
from pedcorpus.export.formats import convert_export, format_names, format_of
root, out = map(Path, sys.argv[1:])
for name in format_names():
    convert_export(open_export(root), format_of(name), out / name)
"""


def test_another_home_locale_zone_and_hash_seed_give_the_same_bytes(
    talks: Export, converted: dict[str, Converted], tmp_path: Path
) -> None:
    strange = {"HOME": str(tmp_path), "LC_ALL": "tr_TR.ISO-8859-9", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", SCRIPT, str(talks.root), str(tmp_path / "out")]
    subprocess.run(command, env={**os.environ, "PYTHONUTF8": "0", **strange}, check=True)
    for name, made in converted.items():
        assert (tmp_path / "out" / name / ORIGIN_FILE).read_bytes() == (made.root / ORIGIN_FILE).read_bytes()


@pytest.mark.parametrize("name", ["alpaca", "jsonl", "llamafactory", "openai", "sharegpt", "swift"])
def test_every_row_is_written_or_counted_as_left_out(name: str, converted: dict[str, Converted]) -> None:
    made = converted[name]
    for (view, split), rows in TABLES.items():
        if view in format_of(name).views:
            written = sum(file.rows for file in made.files if (file.view, file.split) == (view, split))
            assert written + sum(made.origin.rows_left_out.get(f"{view}/{split}", {}).values()) == len(rows)


def test_what_a_format_cannot_carry_is_told(converted: dict[str, Converted]) -> None:
    origin = converted["sharegpt"].origin
    assert origin.views_left_out == ("cpt",)
    assert origin.rows_left_out["sft/train"] == {"speakers_do_not_alternate": 2}
    assert converted["swift"].origin.rows_left_out == {"dfpo/train": {"rejected_is_chosen": 1}}


def test_a_converted_folder_says_what_it_was_made_from(talks: Export, converted: dict[str, Converted]) -> None:
    for made in converted.values():
        said = json.loads((made.root / ORIGIN_FILE).read_bytes())
        assert said["manifest_sha256"] == hashlib.sha256((talks.root / "manifest.json").read_bytes()).hexdigest()
        assert talks.sha256 in (made.root / "README.md").read_text("utf-8")


def test_every_file_is_listed_with_its_hash_and_rows(converted: dict[str, Converted]) -> None:
    for made in converted.values():
        found = {path.relative_to(made.root).as_posix(): path for path in made.root.rglob("*") if path.is_file()}
        del found[ORIGIN_FILE]
        assert set(made.origin.files) == set(found)
        for name, entry in made.origin.files.items():
            data = found[name].read_bytes()
            assert (entry.sha256, entry.bytes) == (hashlib.sha256(data).hexdigest(), len(data))
            assert entry.rows == (data.count(b"\n") if name.endswith(".jsonl") else None)


def test_the_same_version_gives_the_same_bytes(talks: Export, converted: dict[str, Converted], tmp_path: Path) -> None:
    for name in format_names():
        again = convert_export(talks, format_of(name), tmp_path / name)
        assert again.origin == converted[name].origin


def test_each_task_has_files_of_its_own_where_a_line_has_no_label(converted: dict[str, Converted]) -> None:
    paths = {file.path for file in converted["openai"].files if file.view == "mue"}
    assert paths == {f"mue/{task}/train.jsonl" for task in ("medkqa", "evidiag", "trerecom")}


def test_only_the_views_asked_for_are_written(talks: Export, tmp_path: Path) -> None:
    made = convert_export(talks, format_of("alpaca"), tmp_path / "out", views=["dfpo"])
    assert {file.view for file in made.files} == {"dfpo"}
    assert made.origin.views_left_out == ()


def test_licences_go_along(sample_export: Export, tmp_path: Path) -> None:
    made = convert_export(sample_export, format_of("openai"), tmp_path / "out", views=["sft"])
    original = sample_export.root / "reports" / "licences.json"
    assert (made.root / "licences.json").read_bytes() == original.read_bytes()


def test_a_format_that_carries_none_of_it_is_refused(talks: Export, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no rows of cpt that format sharegpt can carry; it carries sft, dfpo, mue"):
        convert_export(talks, format_of("sharegpt"), tmp_path / "out", views=["cpt"])
    assert not list(tmp_path.iterdir())


def test_a_place_that_is_taken_is_left_alone(talks: Export, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(UsageError, match="out exists; remove it, or choose another place with --out"):
        convert_export(talks, format_of("jsonl"), tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())


def test_a_folder_half_written_is_never_seen(talks: Export, tmp_path: Path) -> None:
    def fail(rows: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="No space left on device"):
        convert_export(talks, format_of("jsonl"), tmp_path / "out", advance=fail)
    assert not list(tmp_path.iterdir())


def test_progress_counts_every_row(talks: Export, tmp_path: Path) -> None:
    told: list[int] = []
    made = convert_export(talks, format_of("jsonl"), tmp_path / "out", advance=told.append)
    assert sum(told) == sum(file.rows for file in made.files)


def test_a_line_is_a_line_for_every_reader(converted: dict[str, Converted]) -> None:
    text = (converted["jsonl"].root / "cpt" / "train.jsonl").read_text("utf-8")
    assert len(text.splitlines()) == len(TABLES["cpt", "train"])
    assert json.loads(text.splitlines()[0])["text"] == "第0段\u2028下一行"


def test_the_line_that_shows_every_type_stands_first(tmp_path: Path) -> None:
    row = {"prompt": messages("u:一"), "completion": answer("二")}
    longer = {"prompt": messages("u:一", "a:甲", "u:三"), "completion": answer("四")}
    export = handmade_export(tmp_path / "v1", {("sft", "train"): [row, row, longer, row]})
    made = convert_export(export, format_of("alpaca"), tmp_path / "out")
    outputs = [line["output"] for line in lines(made.root, "sft/train.jsonl")]
    assert outputs == ["四", "二", "二", "二"]
