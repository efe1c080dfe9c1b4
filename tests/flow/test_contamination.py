import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.corpus import Corpus
from pedcorpus.errors import UsageError
from pedcorpus.flow.contamination import judge_contamination, load_evaluation
from pedcorpus.flow.progress import Stage
from pedcorpus.records import Status
from pedcorpus.settings import EvaluationSetSettings, Workspace
from tests.chapter import copied

DECLARED = """
[[curate.contamination.sets]]
name = "cmb"
path = "sets/cmb.json"
"""


@pytest.fixture
def built(built: Workspace, tmp_path: Path) -> Workspace:
    """A copy of one's own of the workspace of one chapter."""
    return copied(built, tmp_path / "ward")


def questions(ward: Workspace) -> list[tuple[str, str, str]]:
    """Id, question and answer of every answer in words."""
    with duckdb.connect(str(ward.corpus_path), read_only=True) as connection:
        rows = connection.execute(
            "SELECT id, json_extract_string(body, '$.question'), json_extract_string(body, '$.answer') "
            "FROM instruction WHERE task = 'medkqa' ORDER BY id"
        ).fetchall()
    return [(str(name), str(asked), str(told)) for name, asked, told in rows]


def declare(ward: Workspace, rows: Sequence[dict[str, str]]) -> Workspace:
    """The ward with `rows` as its declared set."""
    (ward.root / "sets").mkdir(exist_ok=True)
    (ward.root / "sets" / "cmb.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    (ward.root / "pedcorpus.toml").write_text(DECLARED, encoding="utf-8")
    return Workspace(ward.root)


def planted(ward: Workspace) -> tuple[Workspace, str]:
    """A ward whose set holds the longest answer of its own, and the question of that answer."""
    _, asked, told = max(questions(ward), key=lambda row: len(row[2]))
    return declare(ward, [{"id": "41", "question": f"另有一问与此无关乎：{asked}", "answer": told}]), told


def standing(ward: Workspace) -> list[tuple[str, str, str]]:
    with Corpus(ward.corpus_path).unit(read_only=True) as unit:
        query = 'SELECT "check", severity, reason FROM current_finding WHERE "check" LIKE \'contamination@%\''
        return unit.execute(query).fetchall()


def test_without_a_set_nothing_is_judged(built: Workspace) -> None:
    assert flow.curate(built).judged == 0
    assert standing(built) == []


def test_a_declared_set_is_held_against_every_instruction_once(built: Workspace) -> None:
    ward, _ = planted(built)
    report = flow.curate(ward)
    assert report.judged == len(standing(ward)) > 1
    assert {("error", "in_evaluation_set"), ("pass", "")} <= {each[1:] for each in standing(ward)}
    assert flow.curate(ward).judged == 0


class JudgedByAnother:
    """Another run does it all, as soon as this one knows what is to be judged."""

    def __init__(self, ward: Workspace) -> None:
        self.ward = ward

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Stage]:
        judge_contamination(self.ward, Corpus(self.ward.corpus_path))
        with flow.NO_PROGRESS.stage(name, total) as stage:
            yield stage


def test_what_another_run_judges_meanwhile_is_stored_once(built: Workspace) -> None:
    ward, _ = planted(built)
    _, said = judge_contamination(ward, Corpus(ward.corpus_path), progress=JudgedByAnother(ward))
    assert said == {}
    with Corpus(ward.corpus_path).unit(read_only=True) as unit:
        judged = unit.execute("SELECT instruction FROM finding WHERE \"check\" LIKE 'contamination@%'").fetchall()
    assert len(judged) == len(set(judged)) > 1


def test_a_changed_set_judges_anew_and_a_gone_one_takes_its_findings_back(built: Workspace) -> None:
    ward, _ = planted(built)
    flow.curate(ward)
    other = declare(ward, [{"question": "新生儿黄疸的常见原因不包括下列哪一项"}])
    assert flow.curate(other).judged > 0
    assert {severity for _, severity, _ in standing(other)} == {"pass"}
    again, _ = planted(other)
    flow.curate(again)
    (again.root / "pedcorpus.toml").unlink()
    gone = Workspace(again.root)
    flow.curate(gone)
    assert {(check, severity) for check, severity, _ in standing(gone)} == {("contamination@1:none", "pass")}
    assert flow.curate(gone).judged == 0


def test_a_disabled_check_judges_nothing(built: Workspace) -> None:
    ward, _ = planted(built)
    settings = (ward.root / "pedcorpus.toml").read_text("utf-8")
    (ward.root / "pedcorpus.toml").write_text('[curate]\ndisabled_checks = ["contamination"]\n' + settings, "utf-8")
    flow.curate(Workspace(ward.root))
    assert standing(ward) == []


def test_the_report_names_both_sides(built: Workspace) -> None:
    ward, told = planted(built)
    report = flow.contamination(ward)
    pair = max(report["overlaps"], key=lambda each: each["score"])
    assert (pair["set"], pair["item"], pair["told"], pair["score"]) == ("cmb", "41", "answer", 1.0)
    assert pair["row"] in {name for name, _, _ in questions(ward)}
    assert pair["item_text"] == pair["row_text"] == told[: len(pair["row_text"])]
    assert len(standing(ward)) == report["checked"]["rows"]


def test_a_set_named_by_its_path_is_reported_and_not_stored(built: Workspace, tmp_path: Path) -> None:
    told = max((told for _, _, told in questions(built)), key=len)
    (tmp_path / "own.csv").write_bytes(f"题目,答案\n与此无关的另一个问题在这里,{told}\n".encode("gb18030"))
    sets = [EvaluationSetSettings(name="own", path=str(tmp_path / "own.csv"))]
    assert flow.contamination(built, sets)["by_set"]["own"]["rows"] >= 1
    assert standing(built) == []


def test_with_no_set_at_all_it_says_how_to_name_one(built: Workspace) -> None:
    with pytest.raises(UsageError, match=r"CMExam\.csv.*\[\[curate\.contamination\.sets\]\]"):
        flow.contamination(built)


def test_a_name_may_be_taken_once(built: Workspace) -> None:
    ward, _ = planted(built)
    (ward.root / "pedcorpus.toml").write_text(DECLARED * 2, encoding="utf-8")
    with pytest.raises(UsageError, match="the name cmb is taken twice"):
        flow.contamination(Workspace(ward.root))


def test_an_export_reports_its_training_rows(built: Workspace) -> None:
    ward, _ = planted(built)
    flow.accept_all(ward, "wang")
    made = flow.export(ward, "v1", status=Status.CANDIDATE)
    report = json.loads((made.root / "reports" / "contamination.json").read_bytes())
    trained = {row["id"] for row in made.rows("instructions", "train")}
    assert report["sets"][0]["name"] == "cmb"
    assert report["checked"]["rows"] == len(trained)
    assert {each["row"] for each in report["overlaps"] if each["task"] != "cpt"} <= trained


def exported(ward: Workspace, test: Sequence[str]) -> None:
    """The corpus remembers a version that held out `test`."""
    with Corpus(ward.corpus_path).unit() as unit:
        row = "INSERT INTO export (version, tier, status, manifest_sha256) VALUES ('v0', 'internal', 'accepted', '0')"
        unit.execute(row)
        for name in test:
            unit.execute("INSERT INTO export_item (version, instruction, split) VALUES ('v0', ?, 'test')", [name])


def test_the_test_split_of_the_last_version_is_a_set(built: Workspace) -> None:
    names = [name for name, _, _ in questions(built)]
    exported(built, names[:1])
    with Corpus(built.corpus_path).unit(read_only=True) as unit:
        current = load_evaluation(built, unit)
        for_export = load_evaluation(built, unit, version="v1")
    assert [(each.name, each.file, each.items) for each in current.sets] == [("own-test", "v0", 1)]
    assert current.digest == for_export.digest
    (item,) = for_export.index.items
    assert (item.id, item.topic) == (names[0], "")
    assert names[0] in item.kin


def test_rows_of_the_held_out_topic_are_not_held_against_it(built: Workspace) -> None:
    exported(built, [questions(built)[0][0]])
    assert flow.contamination(built)["overlaps"] == []
