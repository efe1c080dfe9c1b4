import pickle

from pedcorpus.evaluation import Answer, Question, all_scores
from pedcorpus.evaluation.medical import MEDICAL_GRADES
from pedcorpus.records import Message
from pedcorpus.settings import CurateSettings
from tests.evaluation.medical.by_hand import case, knowledge


def score(**settings):
    return next(each for each in all_scores(CurateSettings(**settings)) if each.name == "medical")


def answer(record, reply):
    asked = (Message(role="user", content="?"),)
    return Answer(Question("q", asked, reference="…", record=record), reply)


def test_grades_are_measures_of_an_evaluation():
    assert [measure.name for measure in score().measures] == list(MEDICAL_GRADES)
    values = list(score().values([answer(case(), "诊断：热性惊厥"), answer(None, "诊断：热性惊厥")]))
    assert values == [{"diagnosis": 1, "grounded": 1, "answered": 1}, {}]


def test_what_is_sent_to_other_processes_knows_the_workspaces_tables(tmp_path):
    table = tmp_path / "red_flags.toml"
    table.write_text(
        'version = 1\nnotice = "n"\nadvice = ["就医"]\n[sources]\nS = { tier = "A", title = "t" }\n'
        '[[flag]]\nzh = "样例"\nen = "sample"\nwords = ["样例症"]\nsources = ["S"]\n',
        encoding="utf-8",
    )
    asked = answer(knowledge("就医。", question="孩子样例症怎么办？"), "立即就医。")
    own = pickle.loads(pickle.dumps(score(medical_tables=str(tmp_path))))
    assert next(own.values([asked]))["red_flag"] == 1
    assert "red_flag" not in next(score().values([asked]))


def test_no_reply_is_refused():
    records = [case(), knowledge("多喝水。")]
    replies = ["", "……", "\x00", "水" * 50_000, "<b>1.</b>" * 1000]
    answers = [answer(record, reply) for record in records for reply in replies]
    for values in score().values(answers):
        assert all(0 <= value <= 1 for value in values.values())
