"""Round trips: records go to another tool, are answered there as the tool writes it, and the decisions come back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pedcorpus import flow
from pedcorpus.errors import UsageError
from pedcorpus.flow import CorpusDesk, DecisionFormat
from pedcorpus.records import Instruction, Verdict
from pedcorpus.review import edited_instruction
from pedcorpus.settings import Workspace
from tests.chapter import copied
from tests.flow.argilla_server import serve

WANG, LI = "5f0c5b7e-94be-4a0c-b0b1-0d7f0a3f6f5c", "0d7f0a3f-94be-4a0c-b0b1-5f0c5b7e6f5c"
"""Accounts of Argilla's."""
NEW_QUESTION = "请问这种情况怎么办？<script>alert('[x]')</script>"

Answers = dict[str, str]
Export = Callable[..., Path]


@pytest.fixture
def away(tmp_path: Path, built: Workspace) -> Workspace:
    """The corpus whose records are answered in another tool."""
    return copied(built, tmp_path / "away")


@pytest.fixture
def here(tmp_path: Path, built: Workspace) -> CorpusDesk:
    """A desk at the same corpus, where the same is decided by hand."""
    return flow.open_desk(copied(built, tmp_path / "here"), "wang")


def edited(original: Instruction) -> Instruction:
    return edited_instruction(original, {"question": NEW_QUESTION})


def answers_of(records: list[dict[str, str]]) -> list[Answers]:
    """What a reviewer answers to the first five of `records`: one of every verdict."""
    plan: list[Answers] = [
        {"verdict": "accept"},
        {"verdict": "reject", "reason": "wrong_fact", "note": "剂量见第3页"},
        {"verdict": "edit", "edited": with_new_question(records[2]["edited"])},
        {"verdict": "flag", "note": "请看 <b>剂量</b>"},
        {"verdict": "defer"},
    ]
    return [{"edited": record["edited"], **answers} for record, answers in zip(records, plan, strict=False)]


def with_new_question(text: str) -> str:
    """The edited text after a browser's text area: other line ends, a new question."""
    head, _, rest = text.partition("\n\n")
    assert head.startswith("[question]\n")
    return f"[question]\n{NEW_QUESTION}\n\n{rest}\n".replace("\n", "\r\n")


def decide_here(desk: CorpusDesk, ids: list[str]) -> None:
    desk.decide(ids[0], Verdict.ACCEPT)
    desk.decide(ids[1], Verdict.REJECT, reason="wrong_fact", note="剂量见第3页")
    desk.decide(ids[2], Verdict.EDIT, edited=edited(desk.item(ids[2]).instruction))
    desk.decide(ids[3], Verdict.FLAG, note="请看 <b>剂量</b>")
    desk.decide(ids[4], Verdict.DEFER)


def said(desk: CorpusDesk, ids: list[str]) -> list[tuple[object, ...]]:
    """Everything decided on `ids` but for when and how fast, and where they stand."""
    items = [desk.item(identifier) for identifier in ids]
    words = ("instruction", "reviewer", "verdict", "reason", "note", "edited", "acceptance")
    return [(item.status, [[getattr(each, name) for name in words] for each in item.decisions]) for item in items]


# as Argilla writes them


def argilla_answered(folder: Path, account: str = WANG) -> list[str]:
    """Answer five of the records in `folder`, as `Dataset.to_disk` writes them; their ids."""
    path = folder / "records.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    texts = [{"edited": record["suggestions"]["edited"]["value"]} for record in records]
    for record, answers in zip(records, answers_of(texts), strict=False):
        record["status"] = "completed"
        record["responses"] = {name: [{"value": text, "user_id": account}] for name, text in answers.items()}
    path.write_text(json.dumps(records), encoding="utf-8")
    return [record["id"] for record in records[:5]]


@pytest.fixture
def argilla_folder(away: Workspace, tmp_path: Path) -> Path:
    flow.export_decisions(away, tmp_path / "to-review", form=DecisionFormat.ARGILLA, waiting=True)
    return tmp_path / "to-review"


def test_answers_given_in_argilla_are_the_decisions_of_reviewing_here(
    away: Workspace, here: CorpusDesk, argilla_folder: Path
) -> None:
    ids = argilla_answered(argilla_folder)
    report = flow.import_decisions(away, argilla_folder, reviewers=["wang"])
    decide_here(here, ids)
    assert (report.format, report.refused, report.read) == (DecisionFormat.ARGILLA, [], 5)
    assert said(flow.open_desk(away, "li"), ids) == said(here, ids)


def test_the_same_answers_again_add_nothing(away: Workspace, argilla_folder: Path) -> None:
    ids = argilla_answered(argilla_folder)
    flow.import_decisions(away, argilla_folder, reviewers=[f"{WANG}=wang"])
    before = said(flow.open_desk(away, "li"), ids)
    report = flow.import_decisions(away, argilla_folder, reviewers=[f"{WANG}=wang"])
    assert (report.repeated, report.refused) == (5, [])
    assert said(flow.open_desk(away, "li"), ids) == before


def test_a_changed_mind_is_a_new_decision(away: Workspace, argilla_folder: Path) -> None:
    (first, *_) = argilla_answered(argilla_folder)
    flow.import_decisions(away, argilla_folder, reviewers=["wang"])
    path = argilla_folder / "records.json"
    path.write_text(path.read_text("utf-8").replace('"value": "accept"', '"value": "defer"', 1), encoding="utf-8")
    assert flow.import_decisions(away, path, reviewers=["wang"]).taken == {"defer": 1}
    assert [each.verdict for each in flow.open_desk(away, "li").item(first).decisions] == ["accept", "defer"]


def test_what_was_taken_back_here_does_not_come_back_by_the_same_file(away: Workspace, argilla_folder: Path) -> None:
    records = json.loads((argilla_folder / "records.json").read_text("utf-8"))
    desk = flow.open_desk(away, WANG)
    desk.decide(records[0]["id"], Verdict.ACCEPT)
    desk.undo()
    argilla_answered(argilla_folder)
    assert flow.import_decisions(away, argilla_folder, reviewers=[WANG]).repeated == 1


def test_an_account_without_a_name_is_told_from_a_name(away: Workspace, argilla_folder: Path) -> None:
    (first, *_) = argilla_answered(argilla_folder)
    flow.import_decisions(away, argilla_folder)
    assert [each.reviewer for each in flow.open_desk(away, "li").item(first).decisions] == [f"argilla:{WANG}"]


def test_one_name_is_not_given_to_two_accounts(away: Workspace, argilla_folder: Path) -> None:
    argilla_answered(argilla_folder)
    path = argilla_folder / "records.json"
    first, *others = json.loads(path.read_text("utf-8"))
    first = json.loads(json.dumps(first).replace(WANG, LI))
    path.write_text(json.dumps([first, *others]), encoding="utf-8")
    report = flow.import_decisions(away, path, reviewers=["li"])
    assert {each.code for each in report.refused} == {"another_reviewer"}
    assert (report.taken.total(), len(report.refused)) == (1, 4)


def test_decided_records_go_along_with_what_was_said(away: Workspace, tmp_path: Path) -> None:
    desk = flow.open_desk(away, "wang")
    first, second = (entry.id for entry in desk.queue().entries[:2])
    desk.decide(first, Verdict.REJECT, reason="privacy")
    made = edited(desk.item(second).instruction)
    desk.decide(second, Verdict.EDIT, edited=made)
    flow.export_decisions(away, tmp_path / "all", form=DecisionFormat.ARGILLA)
    records = {each["id"]: each for each in json.loads((tmp_path / "all" / "records.json").read_text("utf-8"))}
    assert records[first]["suggestions"]["reason"] == {"value": "privacy", "score": None, "agent": "wang"}
    assert records[made.id]["suggestions"]["verdict"]["value"] == "accept"
    assert second not in records


@pytest.mark.filterwarnings("ignore")  # the library's own
def test_the_library_itself_carries_records_there_and_answers_back(
    away: Workspace, here: CorpusDesk, argilla_folder: Path, tmp_path: Path
) -> None:
    library = pytest.importorskip("argilla", reason="argilla is not installed; pip install argilla to try against it")
    with serve() as server:
        client = library.Argilla(api_url=server.url, api_key="key", retries=0)
        dataset = library.Dataset.from_disk(str(argilla_folder), workspace="ward", client=client)
        texts = [{"edited": record["suggestions"][0]["value"]} for record in server.records]
        for record, answers in zip(server.records, answers_of(texts), strict=False):
            server.respond(record, **answers)
        (tmp_path / "reviewed").mkdir()
        dataset.to_disk(str(tmp_path / "reviewed"))
    ids = [record["external_id"] for record in server.records[:5]]
    assert flow.import_decisions(away, tmp_path / "reviewed", reviewers=["wang"]).refused == []
    decide_here(here, ids)
    assert said(flow.open_desk(away, "li"), ids) == said(here, ids)


# as Label Studio writes them


def label_studio_answered(path: Path) -> list[str]:
    """Annotate five of the tasks in `path`, as the export `JSON` of Label Studio writes them; their ids."""
    tasks = json.loads(path.read_text(encoding="utf-8"))
    answered = answers_of([task["data"] for task in tasks])
    for number, (task, answers) in enumerate(zip(tasks, answered, strict=False), 1):
        task |= {"id": number, "annotations": [annotation(number, answers)], "drafts": [], "meta": {}}
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return [task["data"]["instruction"] for task in tasks[:5]]


def annotation(number: int, answers: Answers) -> dict[str, Any]:
    results = []
    for name, text in answers.items():
        is_choice = name in ("verdict", "reason")
        value: dict[str, Any] = {"choices": [text]} if is_choice else {"text": [text]}
        kind = "choices" if is_choice else "textarea"
        results.append(
            {"id": f"x{number}{name}", "from_name": name, "to_name": "question", "type": kind, "value": value}
        )
    return {
        "id": 100 + number,
        "completed_by": 1,
        "result": results,
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": f"2026-03-01T12:00:{number:02}.728353Z",
        "updated_at": f"2026-03-01T12:01:{number:02}.728378Z",
        "lead_time": 4.25,
        "task": number,
    }


@pytest.fixture
def tasks(away: Workspace, tmp_path: Path) -> Path:
    flow.export_decisions(away, tmp_path / "tasks.json", form=DecisionFormat.LABEL_STUDIO, waiting=True)
    return tmp_path / "tasks.json"


def test_annotations_of_label_studio_are_the_decisions_of_reviewing_here(
    away: Workspace, here: CorpusDesk, tasks: Path
) -> None:
    ids = label_studio_answered(tasks)
    report = flow.import_decisions(away, tasks, reviewers=["1=wang"])
    decide_here(here, ids)
    assert (report.format, report.refused, report.read) == (DecisionFormat.LABEL_STUDIO, [], 5)
    assert said(flow.open_desk(away, "li"), ids) == said(here, ids)
    first = flow.open_desk(away, "li").item(ids[0]).decisions[0]
    assert (first.at.isoformat(), first.seconds) == ("2026-03-01T12:01:01.728378+00:00", 4.25)


def test_the_same_annotations_again_add_nothing(away: Workspace, tasks: Path) -> None:
    label_studio_answered(tasks)
    flow.import_decisions(away, tasks)
    report = flow.import_decisions(away, tasks)
    assert (report.repeated, report.taken.total(), report.refused) == (5, 0, [])


def test_a_truncated_file_gives_what_stands_before_the_break(away: Workspace, tasks: Path) -> None:
    label_studio_answered(tasks)
    text = tasks.read_text("utf-8")
    tasks.write_text(text[: text.index('"id": 3,')], encoding="utf-8")
    report = flow.import_decisions(away, tasks)
    assert report.taken.total() == 2
    assert [(each.place, each.code) for each in report.refused] == [("record 3", "damaged")]


def test_a_text_that_was_changed_there_is_not_what_was_decided_on(away: Workspace, tasks: Path) -> None:
    label_studio_answered(tasks)
    rows = json.loads(tasks.read_text("utf-8"))
    rows[0]["data"]["answer"] += "！"
    tasks.write_text(json.dumps(rows), encoding="utf-8")
    assert [each.code for each in flow.import_decisions(away, tasks).refused] == ["changed"]


def test_other_files_there_are_kept_unless_asked(away: Workspace, tasks: Path) -> None:
    with pytest.raises(UsageError, match="--overwrite"):
        flow.export_decisions(away, tasks, form=DecisionFormat.LABEL_STUDIO)
    again = flow.export_decisions(away, tasks, form=DecisionFormat.LABEL_STUDIO, overwrite=True)
    assert again.rows == len(json.loads(tasks.read_text("utf-8")))


def test_what_waits_has_no_decisions(away: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--waiting"):
        flow.export_decisions(away, tmp_path / "x.jsonl", waiting=True)


@pytest.mark.parametrize("text", ["[]", "[1]", '[{"fields": {}, "data": {}}]', "[{"])
def test_an_array_of_something_else_is_told(away: Workspace, tmp_path: Path, text: str) -> None:
    (tmp_path / "other.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="--format"):
        flow.import_decisions(away, tmp_path / "other.json")
