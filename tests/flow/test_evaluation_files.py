import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pedcorpus.errors import UsageError
from pedcorpus.flow.evaluation_files import LoadedSet, read_set
from pedcorpus.settings import EvaluationSetSettings

ROWS = [
    {"question": "小儿惊厥首选药物是", "option": {"A": "地西泮", "B": "苯巴比妥"}, "answer": "A"},
    {"question": "𠮷野家😀的孩子发热三天，怎么办", "option": {"A": "退热", "B": "补液"}, "answer": "B"},
]
TABLE = '题干,选项,答案\n小儿惊厥首选药物是,"A 地西泮\nB 苯巴比妥",A\n'


def read(folder: Path, name: str, data: bytes | str, **declared: object) -> LoadedSet:
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return read_set(EvaluationSetSettings(name="set", path=name, **declared), root=folder)


LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("set.json", json.dumps(ROWS, ensure_ascii=False).encode()),
        ("set.json", json.dumps({"data": ROWS}).encode()),
        ("set.jsonl", LINES.encode()),
        ("set.jsonl", b"\xef\xbb\xbf" + LINES.replace("\n", "\r\n").encode()),
        ("set.json", LINES.encode("utf-16")),
    ],
    ids=["array", "wrapped", "lines", "byte-order mark", "UTF-16"],
)
def test_json_is_read_as(tmp_path: Path, name: str, data: bytes) -> None:
    loaded = read(tmp_path, name, data)
    assert [item.question for item in loaded.items] == [row["question"] for row in ROWS]
    assert [(item.id, item.answer) for item in loaded.items] == [("row 1", "地西泮"), ("row 2", "补液")]
    assert (loaded.described.items, loaded.described.file) == (2, name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_in_(tmp_path: Path, encoding: str) -> None:
    (item,) = read(tmp_path, "CMExam.csv", TABLE.encode(encoding)).items
    assert (item.question, item.options, item.answer) == ("小儿惊厥首选药物是", ("地西泮", "苯巴比妥"), "地西泮")


def test_parquet_is_read(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "set.parquet")
    loaded = read_set(EvaluationSetSettings(name="set", path="set.parquet"), root=tmp_path)
    assert [item.options for item in loaded.items] == [("地西泮", "苯巴比妥"), ("退热", "补液")]


def test_webmedqa_has_no_header_and_answers_to_other_questions(tmp_path: Path) -> None:
    text = "12\t1\t儿科\t孩子发热怎么办\t多饮水\n12\t0\t外科\t孩子发热怎么办\t换药\n"
    (item,) = read(tmp_path, "medQA.test.txt", text).items
    assert (item.id, item.question, item.answer) == ("12", "孩子发热怎么办", "多饮水")


def test_rows_without_a_question_are_counted(tmp_path: Path) -> None:
    data = json.dumps([*ROWS, {"question": " "}, {"question": None}, {}], ensure_ascii=False)
    described = read(tmp_path, "set.json", data).described
    assert (described.items, described.empty) == (2, 3)


def test_declared_columns_are_read(tmp_path: Path) -> None:
    data = json.dumps([{"stem": "小儿惊厥首选药物是", "a1": "地西泮", "a2": "苯巴比妥", "key": "地西泮", "nr": 5}])
    (item,) = read(tmp_path, "own.json", data, question="stem", options=("a1", "a2"), answer="key", id="nr").items
    assert (item.id, item.options, item.answer) == ("5", ("地西泮", "苯巴比妥"), "地西泮")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("set.json", '[{"stem": "x"}]', r"set\.json: no column of questions is known among: stem; declare it"),
        ("set.csv", "stem,key\nx,y\n", r"among: stem, key; declare it .* question = "),
        ("set.jsonl", '{"question": "x"}\n{"question": \n', r"set\.jsonl:2: .*correct or delete the line"),
        ("set.csv", 'question,answer\n"x,y\n', r"set\.csv:2: .*correct the line"),
        ("set.csv", "question,answer\nx,y,z\n", r"set\.csv:2: has 3 cells, expected 2"),
        ("set.json", '[{"question": ""}]', r"none of 1 rows has a question in column 'question'"),
        ("set.csv", "", r"holds no text"),
        ("set.csv", b"question\n\xff\xfe\xff\x80\x81", r"set\.csv"),
        ("set.parquet", "PAR1 not so", r"set\.parquet: no set can be read"),
    ],
    ids=range(9),
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, data: str | bytes, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read(tmp_path, name, data)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.json: cannot be read .*correct the path"):
        read_set(EvaluationSetSettings(name="set", path="nowhere.json"), root=tmp_path)
