import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import pedcorpus.generate
from pedcorpus.generate.phrasing import phrase
from pedcorpus.records import Asker

FOLDER = Path(pedcorpus.generate.__file__).parent
TABLES = {name: tomllib.loads((FOLDER / f"questions_{name}.toml").read_text("utf-8")) for name in ("zh", "en")}
TEXTS = [(key, asker, text) for key, table in TABLES["zh"].items() for asker, texts in table.items() for text in texts]


def test_phrasings_come_from_different_askers_first():
    asked = phrase("treatment", 3, language="zh", seed=0, d="热性惊厥")
    assert {item.asker for item in asked} == {Asker.PARENT, Asker.STUDENT, Asker.JUNIOR_DOCTOR}


def test_the_seed_changes_the_choice():
    choices = {phrase("cause", 1, language="zh", seed=seed, d="麻疹")[0].text for seed in range(20)}
    assert len(choices) > 5


def test_english_questions_open_with_a_capital():
    assert all(a.text[0].isupper() for a in phrase("manifestation", 8, language="en", seed=0, d="measles"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_phrasing_is_written_twice_under_one_key(language):
    for table in TABLES[language].values():
        counts = Counter(text for texts in table.values() for text in texts)
        assert max(counts.values()) == 1


def test_every_asker_is_known():
    assert {asker for _, asker, _ in TEXTS} <= {asker.value for asker in Asker}


def test_no_question_about_a_disease_opens_with_eight_fixed_characters():
    about = [text for key, _, text in TEXTS if not key.startswith("case")]
    assert [text for text in about if len(re.split(r"\{", text)[0]) >= 8] == []


@pytest.mark.parametrize("word", ["本节", "本章", "上文", "根据内容", "请问", "您好", "它"])
def test_questions_speak_of_no_section_and_use_no_fillers(word):
    assert [text for _, _, text in TEXTS if word in text] == []
