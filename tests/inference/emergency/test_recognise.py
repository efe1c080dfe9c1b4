import time

import pytest

from pedcorpus.inference.emergency import emergency_in
from tests.inference.emergency.sentences import NAMED, QUIET, RECOGNISED


def said(*turns):
    """A conversation: the user's turns, and those of the assistant where a turn is in brackets."""
    return [{"role": "assistant" if turn.startswith("[") else "user", "content": turn.strip("[]")} for turn in turns]


def names(*turns):
    emergency = emergency_in(said(*turns))
    return {sign.flag.zh for sign in emergency.signs} if emergency else set()


@pytest.mark.parametrize(("text", "sign"), NAMED)
def test_a_sign_of_danger_is_named(text, sign):
    assert sign in names(text)


def test_no_sentence_of_danger_goes_without_advice():
    assert [text for text in RECOGNISED if not names(text)] == []


def test_what_only_sounds_dangerous_has_no_advice():
    assert {text: found for text in QUIET if (found := names(text))} == {}


@pytest.mark.parametrize(
    ("text", "is_danger"),
    [
        pytest.param("没有抽搐", False, id="denied"),
        pytest.param("没有出现抽搐、青紫和呼吸困难", False, id="a list denied"),
        pytest.param("no cyanosis, seizures or grunting", False, id="an English list denied"),
        pytest.param("有没有抽搐我没看清", True, id="a question is no denial"),
        pytest.param("是不是抽搐", True, id="nor is this one"),
        pytest.param("没有发热，但是抽搐了", True, id="denied before a turn"),
        pytest.param("不知道为什么突然抽搐", True, id="not known is not denied"),
        pytest.param("如果出现抽搐怎么办", True, id="supposed: the side of advice"),
        pytest.param("以前抽搐过", False, id="long past"),
        pytest.param("以前抽搐过，今天又抽搐了", True, id="past, and again"),
        pytest.param("惊厥的定义是什么", False, id="a textbook's question"),
        pytest.param("我家孩子惊厥的病因有哪些", True, id="the same about a child"),
        pytest.param("怎么预防抽搐", False, id="prevented"),
        pytest.param("ＦＥＶＥＲ，ｃｙａｎｏｓｉｓ", True, id="full width"),
        pytest.param("孩子 抽搐 了", True, id="spaces"),
        pytest.param("", False, id="nothing"),
        pytest.param("🤒" * 2000, False, id="nothing, at length"),
    ],
)
def test_doubt_counts_as_danger_and_a_denial_does_not(text, is_danger):
    assert bool(names(text)) is is_danger


@pytest.mark.parametrize(
    "age",
    [
        "2个月大",
        "满月",
        "45天的宝宝",
        "新生儿",
        "才两个月",
        "出生20天",
        "6周大",
        "一个多月的娃",
        "6-week-old",
        "2 months old",
    ],
)
def test_a_young_infants_fever_is_a_matter_of_age(age):
    assert "不足3个月的发热" in names(f"{age}，发烧38.5度")


@pytest.mark.parametrize("age", ["3岁", "8个月大", "发病45天", "咳嗽两个月", "a 2-year-old"])
def test_an_older_child_or_a_duration_is_no_young_infant(age):
    assert "不足3个月的发热" not in names(f"{age}，发烧38.5度")


def test_an_age_that_comes_later_makes_an_earlier_fever_an_emergency():
    assert names("孩子发烧39度", "[多久了？]") == set()
    assert names("孩子发烧39度", "[还有别的症状吗？]", "他才两个月") == {"不足3个月的发热"}


def test_a_bare_answer_to_how_old_is_an_age():
    assert names("发烧39度", "[孩子多大了？]", "45天") == {"不足3个月的发热"}
    assert names("发烧38度", "[烧了多久？]", "3天") == set()


def test_a_duration_that_comes_later_makes_a_fit_a_long_one():
    assert "惊厥超过5分钟" in names("孩子在抽搐", "[抽了多久？]", "有七八分钟了")
    assert names("孩子在抽搐", "[抽了多久？]", "一分钟") == set()


def test_what_was_advised_on_is_not_said_again_until_it_is_told_again():
    assert names("孩子抽搐了", "[……]", "谢谢") == set()
    assert names("孩子抽搐了", "[……]", "又抽搐了") != set()


def test_what_the_assistant_says_is_no_sign():
    assert names("孩子咳嗽", "[如果抽搐、青紫要去急诊]", "好的") == set()


@pytest.mark.parametrize("filling", ["今天精神还好，体温37度。", "1234567890", "抽", "no cough, ", "没有"])
def test_a_long_message_is_read_to_its_end_and_in_time(filling):
    start = time.process_time()
    assert "叫不醒、昏迷或嗜睡" in names(filling * (20_000 // len(filling)) + "。孩子叫不醒")
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("text", "is_danger"),
    [
        pytest.param("大便里没有血", False, id="denied within the words of the sign"),
        pytest.param("从床上摔下来，没有呕吐，但是昏睡", True, id="another sign after the one denied"),
        pytest.param("叫他没有反应", True, id="a denial that is part of the sign"),
        pytest.param("奶奶昏迷住院了", False, id="an adult's"),
        pytest.param("奶奶说孩子昏迷了", True, id="told by an adult"),
        pytest.param("奶奶昏迷了，孩子也叫不醒", True, id="an adult's and a child's"),
        pytest.param("孩子自己吞了电池", True, id="the child's own doing"),
        pytest.param("我老公出差了，抽了好几分钟还不停", True, id="an adult who is away"),
        pytest.param("我爸有心脏病，昨晚嘴唇发紫住院了", False, id="an ill adult's, a clause later"),
        pytest.param("说明书上说可能引起呼吸困难", False, id="a leaflet's"),
        pytest.param("说明书上没写，但孩子现在呼吸困难", True, id="a leaflet, and a child"),
        pytest.param("吃了药以后呼吸困难，说明书上说是副作用", True, id="a leaflet asked afterwards"),
        pytest.param("出生时青紫，现在半岁一切正常", False, id="at birth"),
        pytest.param("上周便血，现在已经好了", False, id="over for a week"),
        pytest.param("昨天抽搐了，现在好了", True, id="over since yesterday: to be seen"),
        pytest.param("如果孩子以后误服药怎么处理，想提前学一学", False, id="learnt ahead"),
        pytest.param("如果误服药怎么办", True, id="supposed, and perhaps so"),
        pytest.param("脑膜炎的孩子为什么会脖子硬", False, id="of all children"),
        pytest.param("我家孩子为什么会脖子硬", True, id="of one's own"),
        pytest.param("我怕他会抽", False, id="feared"),
        pytest.param("会不会是抽搐", True, id="wondered at now"),
    ],
)
def test_a_sign_counts_where_a_child_of_ones_own_may_have_it_now(text, is_danger):
    assert bool(names(text)) is is_danger


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("刚吐了几口鲜血", "呕血"),
        ("she is throwing up blood", "呕血"),
        ("手割破了，血一直止不住", "大量出血或流血不止"),
        ("鼻血流了四十分钟", "大量出血或流血不止"),
        ("the cut won't stop bleeding", "大量出血或流血不止"),
        ("把纽扣电池吞下去了", "误服腐蚀剂、汽油或电池"),
    ],
)
def test_bleeding_and_batteries_are_dangers(text, sign):
    assert sign in names(text)


@pytest.mark.parametrize("text", ["鼻子流了点血，两分钟就停了", "抽血化验", "牙龈刷牙时出一点血", "吐痰没有血"])
def test_a_little_blood_is_none(text):
    assert names(text) == set()


@pytest.mark.parametrize(
    "text", ["一整天没撒过尿", "昨晚到现在没解小便", "整晚尿布都是干的", "dry diapers since yesterday"]
)
def test_half_a_day_without_urine_is_told_without_a_number_too(text):
    assert "长时间无尿" in names(text)
