import subprocess
import sys

import pytest

from pedcorpus.export import open_export
from pedcorpus.inference.sources import open_sources, told


@pytest.fixture(scope="module")
def finder(released):
    return open_sources(open_export(released.exports / "v1", verify=False))


def ask(finder, *questions, reply="", most=3):
    return finder.near([{"role": "user", "content": text} for text in questions], reply, most=most)


def test_a_question_finds_the_passage_that_answers_it(finder):
    found = ask(finder, "热性惊厥发作超过5分钟时静脉注射地西泮吗？")
    assert any("地西泮" in each.passage.quote for each in found)
    assert found[0].passage.title
    assert found[0].passage.heading_path


def test_what_is_marked_stands_in_the_question_or_the_reply(finder):
    question = "热性惊厥发作超过5分钟时静脉注射地西泮吗？"
    for each in ask(finder, question):
        marked = [each.passage.quote[slice(*span)] for span in each.highlights]
        assert marked
        assert all(mark in question for mark in marked)


@pytest.mark.parametrize(
    "question",
    [
        "今天天气怎么样",
        "写一首关于春天的诗",
        "最近房价会不会跌",
        "你好",
        "",
        "？？？",
        "😀" * 50,
        "Python list sort",
        "医生",
        "怎么办",
    ],
)
def test_nothing_is_shown_where_nothing_is_near(finder, question):
    assert ask(finder, question) == []


def test_a_short_question_leans_on_the_one_before(finder):
    assert ask(finder, "剂量呢？") == []
    assert ask(finder, "热性惊厥发作超过5分钟时静脉注射地西泮吗？", "剂量呢？")


def test_a_reply_finds_what_its_question_does_not(finder):
    quote = ask(finder, "热性惊厥发作超过5分钟时静脉注射地西泮吗？")[0].passage.quote
    assert quote in [each.passage.quote for each in ask(finder, "然后呢", reply=quote)]


def test_no_passage_says_what_another_says(finder):
    quotes = [each.passage.quote for each in ask(finder, "热性惊厥的治疗", most=10)]
    assert len(quotes) == len(set(quotes))


def test_a_source_is_told_as_json(finder):
    one = told(ask(finder, "热性惊厥发作超过5分钟时静脉注射地西泮吗？")[0])
    assert {"title", "page", "heading_path", "license", "quote", "highlights"} <= one.keys()
    assert one["license"]


def test_no_database_is_opened():
    code = "import sys, pedcorpus.inference.sources; sys.exit('duckdb' in sys.modules or 'torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
