from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pedcorpus.errors import UsageError
from pedcorpus.evaluation import read_run
from tests.evaluation.votes_by_hand import row, write_run


def test_a_run_is_its_replies_by_id_with_their_lines(tmp_path: Path) -> None:
    run = read_run(
        write_run(tmp_path / "base.jsonl", [row("发热", "多喝水", model="base"), row("惊厥", "就医", model="base")])
    )
    assert {name: reply.reply for name, reply in run.replies.items()} == {"发热": "多喝水", "惊厥": "就医"}
    assert (run.model, run.places["惊厥"]) == ("base", "base.jsonl:2")


def test_neither_order_nor_other_fields_nor_the_format_change_which_run_it_is(tmp_path: Path) -> None:
    rows = [row("发热", "多喝水"), row("惊厥", "就医")]
    first = read_run(write_run(tmp_path / "a.jsonl", rows))
    turned = read_run(write_run(tmp_path / "b.jsonl", [{**each, "rouge": 0.5} for each in reversed(rows)]))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "c.parquet")
    changed = read_run(write_run(tmp_path / "d.jsonl", [row("发热", "多喝水"), row("惊厥", "就医。")]))
    assert first.id == turned.id == read_run(tmp_path / "c.parquet").id != changed.id


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"question": "发热怎么办？"}, id="a question"),
        pytest.param({"prompt": "发热怎么办？"}, id="a prompt"),
        pytest.param({"prompt": [{"role": "user", "content": "发热怎么办？"}]}, id="a prompt of turns"),
        pytest.param({"messages": [{"role": "user", "content": "发热怎么办？", "name": "x"}]}, id="messages"),
    ],
)
def test_what_was_asked_stands_in_any_of_three_fields(tmp_path: Path, asked: dict[str, object]) -> None:
    run = read_run(write_run(tmp_path / "run.jsonl", [{"id": 7, "reply": "多喝水", **asked}]))
    assert [(turn.role, turn.content) for turn in run.replies["7"].messages] == [("user", "发热怎么办？")]


def test_an_empty_reply_is_a_reply(tmp_path: Path) -> None:
    assert read_run(write_run(tmp_path / "run.jsonl", [row("发热", " \n"), row("惊厥", "就医")])).empty == ["发热"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("{oops", "run.jsonl:1: no JSON at column 2", id="broken JSON"),
        pytest.param("[1]", "run.jsonl:1: holds a list", id="no object"),
        pytest.param("[" * 100_000, "brackets lie too deep", id="deep brackets"),
        pytest.param('{"id": "1", "id": "2", "question": "q", "reply": "r"}', "'id' stands twice", id="a key twice"),
        pytest.param('{"id": "1", "question": "q", "answer": "r"}', "found the fields answer, id", id="no reply"),
        pytest.param('{"id": "1", "reply": "r"}', "none of question, prompt and messages", id="nothing asked"),
        pytest.param('{"id": true, "question": "q", "reply": "r"}', "id is true or false", id="no id"),
        pytest.param('{"id": "1", "question": "q", "reply": null}', "reply is missing", id="a null"),
        pytest.param('{"id": "1", "question": " ", "reply": "r"}', "does not end with what a user asks", id="blank"),
        pytest.param('{"id": "1", "messages": "q", "reply": "r"}', "expected a list of turns", id="text for turns"),
        pytest.param(
            '{"id": "1", "messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "r"}],'
            ' "reply": "r"}',
            "the reply stands in `reply` alone",
            id="the reply among the messages",
        ),
        pytest.param('{"id": "1", "messages": [{"role": "aide"}], "reply": "r"}', "messages[0] is no turn", id="role"),
        pytest.param('{"id": "1", "question": "q", "reply": "\\ud83d"}', "a lone surrogate", id="half a character"),
    ],
)
def test_a_row_that_is_no_reply_is_told_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_run(path)
    assert told in str(caught.value)


def test_every_bad_row_is_told_at_once_but_not_a_thousand(tmp_path: Path) -> None:
    rows = [row("发热", "多喝水"), *({"id": str(number)} for number in range(30))]
    with pytest.raises(UsageError) as caught:
        read_run(write_run(tmp_path / "run.jsonl", rows))
    lines = str(caught.value).split("\n")
    assert (len(lines), lines[1][:12], lines[-1]) == (22, "run.jsonl:2:", "… and 10 more")


def test_an_id_that_stands_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    path = write_run(tmp_path / "run.jsonl", [row("发热", "多喝水"), row("发热", "就医")])
    with pytest.raises(UsageError, match=r"run.jsonl:2: id '发热' stands at run.jsonl:1 already"):
        read_run(path)


def test_replies_of_two_models_are_no_run(tmp_path: Path) -> None:
    path = write_run(tmp_path / "run.jsonl", [row("发热", "多喝水", model="x"), row("惊厥", "就医", model="y")])
    with pytest.raises(UsageError, match="several models"):
        read_run(path)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        pytest.param("run.jsonl", b"", "holds no replies", id="empty"),
        pytest.param("run.jsonl", "问".encode("gb18030") + b"\n", "not UTF-8", id="another encoding"),
        pytest.param("run.parquet", b"PAR?", "no Parquet file", id="damaged Parquet"),
        pytest.param("nowhere/run.jsonl", None, "cannot be read", id="no such file"),
    ],
)
def test_a_file_that_is_no_run_is_wrong_usage(tmp_path: Path, name: str, data: bytes | None, told: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError, match=told):
        read_run(tmp_path / name)
