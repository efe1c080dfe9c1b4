import pytest

from pedcorpus.curate.contamination import Item, ItemIndex, Match, Row, Thresholds

CASE = "患儿，男，2岁，发热3天，咳嗽伴气促1天，双肺可闻及中细湿啰音，最可能的诊断是"
REPLY = "注意休息，多喝温水，体温超过38.5度时口服退热药，两天不退或精神差就来医院复诊查血常规"
ITEM = Item("cmb", "1", CASE, ("支气管肺炎", "急性喉炎", "毛细支气管炎"), "支气管肺炎")


def found(items: list[Item], asked: str, answered: str = "", **limits: float) -> list[Match]:
    ((_, matches),) = ItemIndex(items, Thresholds(**limits)).search([Row("r", asked, answered)])
    return matches


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        pytest.param(CASE, "", id="verbatim"),
        pytest.param(f"请问大夫：{CASE}什么？急，谢谢", "是支气管肺炎。", id="in other words"),
        pytest.param("怎么看？", f"例如{CASE}支气管肺炎。", id="in the answer"),
        pytest.param(CASE.replace("，", ",").replace("2", "２"), "", id="another width"),
        pytest.param(CASE.replace("3天", "4天"), "", id="a number changed"),
        pytest.param("x" * 1_000_000 + CASE + "y" * 1_000_000, "", id="among a million characters"),
        pytest.param(f"😀𠮷{CASE}𰻝", "", id="beside emoji and rare characters"),
    ],
)
def test_a_question_is_found_(asked: str, answered: str) -> None:
    (match,) = found([ITEM], asked, answered)
    assert (match.item.id, match.likeness.told) == ("1", "question")
    assert match.likeness.score > 0.9


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param(" \n", "\t", id="spaces"),
        pytest.param("患儿，女，5岁，发热3天，咳嗽伴气促1天，最可能的诊断是什么？", "急性喉炎", id="another case"),
        pytest.param("支气管肺炎怎么治？", "抗感染，止咳。", id="the same disease"),
    ],
)
def test_nothing_is_found_in_(asked: str, answered: str) -> None:
    assert found([ITEM], asked, answered) == []


def test_shares_and_runs_are_told_on_both_sides() -> None:
    item = Item("s", "1", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉")
    ((_, (match,)),) = ItemIndex([item]).search([Row("r", "问：乙丙丁戊己庚辛壬癸子丑寅卯辰巳、午未")])
    like = match.likeness
    assert (like.score, like.share, like.run) == (15 / 20, 3 / 8, 15)
    assert (like.where.start, like.where.side, like.where.place) == (1, 0, 2)


def test_a_long_answer_is_found_under_another_question() -> None:
    (match,) = found(
        [Item("web", "7", "孩子发烧怎么办才好啊医生救命", (), REPLY)], "感冒了吃什么？", f"您好！{REPLY}。"
    )
    assert (match.likeness.told, match.likeness.score) == ("answer", 1.0)


def test_options_together_are_found() -> None:
    options = ("出生体重不足二千五百克的新生儿", "胎龄不足三十七周的活产新生儿", "胎龄满四十二周的新生儿")
    (match,) = found([Item("cmb", "2", "早产儿", options, "")], "定义", "。".join(options))
    assert (match.likeness.told, match.likeness.score) == ("options", 1.0)


SHORT = Item("cmexam", "3", "小儿惊厥首选药物是", ("地西泮", "苯巴比妥", "水合氯醛"), "地西泮")


@pytest.mark.parametrize(
    ("asked", "answered", "score"),
    [
        pytest.param("请问小儿惊厥首选药物是什么？", "首选地西泮。", 1.0, id="question and answer"),
        pytest.param("小儿惊厥首选药物是？", "按指南选药。", 9 / 12, id="question alone"),
        pytest.param("小儿惊厥的首选药物是？", "首选地西泮。", 0, id="other words"),
        pytest.param("讲讲惊厥。", "小儿惊厥首选药物是地西泮。", 0, id="stated and not asked"),
    ],
)
def test_a_short_question_counts_as_a_whole_with_its_answer(asked: str, answered: str, score: float) -> None:
    assert [match.likeness.score for match in found([SHORT], asked, answered)] == ([score] if score else [])


@pytest.mark.parametrize(
    ("asked", "is_found"), [("小儿肺炎怎么办？", True), ("孩子咳了两周，去年也这样，小儿肺炎怎么办，要住院吗", False)]
)
def test_a_short_question_without_an_answer_has_to_be_most_of_what_is_asked(asked: str, is_found: bool) -> None:
    assert bool(found([Item("s", "1", "小儿肺炎怎么办")], asked)) is is_found


def test_a_short_question_with_another_long_answer_is_nobodys() -> None:
    assert found([Item("s", "1", "小儿肺炎怎么办", (), REPLY)], "小儿肺炎怎么办？", "抗感染治疗。") == []


def test_what_is_too_short_to_compare_matches_nothing() -> None:
    index = ItemIndex([Item("s", "1", "怎么办", (), "A")])
    assert index.not_comparable == {"s": 1}
    assert [matches for _, matches in index.search([Row("r", "怎么办", "a")])] == [[]]


def test_words_that_many_items_share_propose_none_yet_count() -> None:
    stem = "根据儿科学第九版教材的内容回答下面的问题"
    items = [Item("s", str(number), f"{stem}{chr(0x4E00 + number) * 13}") for number in range(100)]
    assert found(items, f"{stem}我的孩子怎么了") == []
    (match,) = found(items, items[41].question)
    assert (match.item.id, match.likeness.score) == ("41", 1.0)


def test_a_long_run_is_told_whatever_its_share() -> None:
    text = "".join(chr(0x4E00 + 3 * place) for place in range(400))
    (match,) = found([Item("s", "1", text)], text[100:160])
    assert (match.likeness.run, match.likeness.score) == (60, 60 / 400)
    assert found([Item("s", "1", text)], text[100:140]) == []


def test_items_that_say_the_same_are_found_once() -> None:
    index = ItemIndex([ITEM, Item("cmb", "9", CASE + "？", ITEM.options, ITEM.answer), ITEM])
    assert index.repeated == {"cmb": 1}
    ((_, matches),) = index.search([Row("r", CASE)])
    assert [match.item.id for match in matches] == ["1", "9"]


@pytest.mark.parametrize(
    ("row", "is_found"),
    [
        (Row("self", CASE), False),
        (Row("twin", CASE), False),
        (Row("r", CASE, topic="肺炎"), False),
        (Row("r", CASE, topic="喉炎"), True),
    ],
)
def test_an_own_item_is_not_held_against_itself_its_twins_or_its_topic(row: Row, is_found: bool) -> None:
    item = Item("own-test", "self", CASE, topic="肺炎", kin=frozenset({"self", "twin"}))
    ((_, matches),) = ItemIndex([item]).search([row])
    assert bool(matches) is is_found


def test_turns_of_phrase_that_two_cases_share_make_no_item() -> None:
    phrases = ["查体咽部充血扁桃体二度肿大", "家长自行给予口服退热药治疗", "以下检查中最有诊断意义的是"]
    wanted = "".join(
        f"{phrase}{filler}" for phrase, filler in zip(phrases, ("甲乙丙丁", "戊己庚辛", "壬癸"), strict=True)
    )
    asked = "".join(
        f"{phrase}{filler}" for phrase, filler in zip(phrases, ("金木水火", "日月星辰", "天地"), strict=True)
    )
    assert found([Item("exam", "1", wanted)], asked) == []


def test_an_own_question_counts_with_its_answer_only() -> None:
    item = Item("own-test", "x", CASE, (), REPLY, kin=frozenset({"x"}))
    assert found([item], CASE[:30], "别的回答") == []
    (match,) = found([item], CASE, REPLY[:20])
    assert match.likeness.told == "conversation"


def test_a_long_run_of_an_own_item_is_nothing_by_itself() -> None:
    text = "".join(chr(0x4E00 + 3 * place) for place in range(400))
    assert found([Item("own-test", "x", "问", (), text, kin=frozenset({"x"}))], "问", text[100:160]) == []


def test_the_order_of_rows_and_items_changes_nothing() -> None:
    items = [ITEM, SHORT, Item("web", "7", "孩子发烧怎么办才好啊医生救命", (), REPLY)]
    rows = [Row("a", CASE), Row("b", SHORT.question, REPLY), Row("c", "无关"), Row("d", REPLY, CASE)]
    told = {row.id: matches for row, matches in ItemIndex(items).search(rows)}
    assert {row.id: found for row, found in ItemIndex(items[::-1]).search(rows[::-1])} == told
    assert [match.item.set for match in told["d"]] == ["web", "cmb"]
