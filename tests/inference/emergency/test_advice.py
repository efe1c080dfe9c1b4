import pytest

from pedcorpus.errors import SettingsError
from pedcorpus.inference.emergency import emergency_in


def advice(*texts, **options):
    emergency = emergency_in([{"role": "user", "content": text} for text in texts], **options)
    assert emergency
    return emergency


def test_the_advice_names_what_was_told_and_sends_to_120():
    found = advice("宝宝抽了七八分钟了")
    assert "惊厥超过5分钟" in found.text
    assert "“七八分钟”" in found.text
    assert "120" in found.text
    assert "急诊" in found.text


def test_english_is_advised_in_english():
    text = advice("my baby's lips are blue").text
    assert "emergency services" in text
    assert not any("\u4e00" <= character <= "\u9fff" for character in text)


def test_the_most_urgent_sign_stands_first_and_decides():
    found = advice("烧了六天，今天叫不醒")
    assert found.act == "call"
    assert found.signs[0].flag.act == "call"
    assert advice("3岁发烧六天").act == "today"


def test_poison_brings_the_word_not_to_make_the_child_vomit():
    assert "不要催吐" in advice("孩子误服了降压药").text


def test_a_hospitals_own_table_is_used(tmp_path):
    (tmp_path / "red_flags.toml").write_text(
        'version = 1\nnotice = "x"\nadvice = ["120"]\n[sources]\nW = { tier = "A", title = "ward" }\n'
        '[[flag]]\nzh = "蛇咬"\nen = "snake bite"\nspoken = ["被.{0,3}蛇"]\nact = "call"\nsources = ["W"]\n',
        encoding="utf-8",
    )
    assert [sign.flag.zh for sign in advice("被毒蛇咬了", medical_tables=str(tmp_path)).signs] == ["蛇咬"]


def test_a_pattern_that_is_none_is_refused_with_its_place(tmp_path):
    (tmp_path / "red_flags.toml").write_text(
        'version = 1\nnotice = "x"\nadvice = ["120"]\n[sources]\nW = { tier = "A", title = "ward" }\n'
        '[[flag]]\nzh = "蛇咬"\nen = "snake bite"\nspoken = ["("]\nsources = ["W"]\n',
        encoding="utf-8",
    )
    with pytest.raises(SettingsError, match="is no regular expression"):
        advice("蛇", medical_tables=str(tmp_path))
