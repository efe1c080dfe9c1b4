from __future__ import annotations

from collections import Counter
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual.events import Key
from textual.widgets import Input, Select, Static

from pedcorpus.records import Verdict
from pedcorpus.review import standing_decisions
from pedcorpus.screens import ReviewApp
from pedcorpus.screens.edit_form import FieldBox
from pedcorpus.screens.queue_list import QueueList
from tests.screens import fake_desk
from tests.screens.fake_desk import FakeDesk
from tests.screens.settling import settled

NAMES = {"/": "slash", "?": "question_mark"}


@asynccontextmanager
async def opened(desk, *, size=(120, 36), language="zh"):
    """The app over `desk`; gives a function that presses keys and waits for the desk, and the app."""
    app = ReviewApp(desk, language=language, clock=lambda: 0.0)
    async with app.run_test(size=size) as pilot:

        async def settle():
            await settled(pilot)

        async def press(*keys):
            for key in keys:
                await pilot.press(key)
                await settle()
            await settle()

        await press()
        yield press, app, pilot


def type_at_once(app, *keys):
    """Keys that arrive together, as a quick typist's or a paste's do."""
    for key in keys:
        app.post_message(Key(NAMES.get(key, key), key))


def screen_text(app):
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def status(app):
    return str(app.screen.query_one("#status", Static).content)


def notice(app):
    return str(app.screen.query_one("#notice", Static).content)


def sheet(app):
    return app.screen.query_one("#sheet").text


def topics(app):
    return [entry.topic for entry in app.screen._worklist.shown]


def box(app, path):
    return next(box for box in app.screen.query(FieldBox) if box.field.path == path)


async def write(app, pilot, path, text):
    """Replace the text of a field and leave it."""
    editor = box(app, path).query_one("Input, FieldEditor")
    editor.focus()
    if isinstance(editor, Input):
        editor.value = text
    else:
        editor.text = text
    await pilot.press("tab")
    await pilot.pause()


async def test_accept_stores_the_decision_and_shows_the_next_item():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        assert "已持续6分钟未止" in sheet(app)
        await press("a")
        assert [decision.verdict for decision in desk.decisions] == [Verdict.ACCEPT]
        assert "川崎病有哪些主要表现" in sheet(app)
        assert "已保存 ✓ 通过 热性惊厥" in status(app)
        assert "审核员 wang" in screen_text(app)


async def test_r_3_rejects_with_the_third_reason_of_the_task():
    desk = FakeDesk()
    async with opened(desk) as (press, _, _):
        await press("r", "3")
        (decision,) = desk.decisions
        assert (decision.verdict, decision.reason) == (Verdict.REJECT, "missing_caution")


async def test_the_tenth_reason_is_0_and_escape_rejects_nothing():
    desk = FakeDesk()
    async with opened(desk) as (press, _, _):
        await press("r", "escape")
        assert desk.decisions == []
        await press("r", "0")
        assert desk.decisions[0].reason == "privacy"


async def test_a_reason_can_be_clicked():
    desk = FakeDesk()
    async with opened(desk) as (press, _, pilot):
        await press("r")
        await pilot.click("#reasons", offset=(8, 1))
        await press()
        assert desk.decisions[0].reason == "unsafe"


async def test_defer_puts_the_item_at_the_end():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        await press("d")
        assert topics(app)[0] == "川崎病"
        assert (topics(app)[-1], app.screen._worklist.shown[-1].deferred) == ("热性惊厥", True)


async def test_a_flag_carries_its_note():
    desk = FakeDesk()
    async with opened(desk) as (press, _, _):
        await press("f", "enter")
        assert desk.decisions == []
        await press("o", "k", "enter")
        (decision,) = desk.decisions
        assert (decision.verdict, decision.note, decision.colleague) == (Verdict.FLAG, "ok", "")


async def test_a_flag_goes_to_the_colleague_who_was_chosen():
    desk = FakeDesk()
    async with opened(desk) as (press, _, _):
        await press("f", *"zh", "enter", *"please look", "enter")
        (decision,) = desk.decisions
        assert (decision.colleague, decision.note) == ("zhang", "please look")


@pytest.mark.parametrize(
    ("colleague", "told"),
    [("wang", "li 转交给你：请核对剂量"), ("zhang", "li 转交给 zhang：请核对剂量"), ("", "li 转交：请核对剂量")],
)
async def test_a_flag_stands_above_the_question_with_its_sender_and_note(colleague, told):
    desk = FakeDesk([(fake_desk.rehydration(), ())], reviewer="li")
    desk.decide(fake_desk.rehydration().id, Verdict.FLAG, note="请核对剂量", colleague=colleague)
    desk.reviewer = "wang"
    async with opened(desk) as (_, app, _):
        assert sheet(app).startswith(f"→ {told}")


async def test_until_the_first_decision_the_screen_says_where_help_is():
    async with opened(FakeDesk()) as (press, app, _):
        assert "按 ? 看一屏帮助" in status(app)
        await press("a")
        assert "按 ?" not in status(app)
        await press("f5")
        assert "按 ?" not in status(app)


@pytest.mark.parametrize(
    ("key", "seen"), [("？", "一键即存"), ("、", "回车查找"), ("ｓ", "换一栏"), ("ｒ", "为什么退回")]
)
async def test_full_width_signs_of_a_chinese_input_method_are_the_keys_they_stand_for(key, seen):
    async with opened(FakeDesk()) as (press, app, _):
        await press(key)
        assert seen in screen_text(app)


async def test_the_queue_says_why_an_item_stands_where_it_does():
    desk = FakeDesk(flagged={fake_desk.rehydration().id}, drawn={fake_desk.from_graph().id})
    async with opened(desk) as (_, app, _):
        lines = {
            line.split()[0]: line for line in screen_text(app).splitlines() for line in [line[3:33]] if line.strip()
        }
        assert "转交" in lines["婴儿腹泻"]
        assert "抽样" in lines["手足口病"]
        assert "无引文" in lines["川崎病"]


async def test_a_long_word_of_the_status_leaves_the_reviewers_name_whole():
    desk = FakeDesk([(fake_desk.age_question(topic="维生素D缺乏性佝偻病合并手足搐搦症" * 3), ())])
    async with opened(desk, size=(80, 24)) as (press, app, _):
        await press("a")
        assert "已保存 ✓" in screen_text(app)
        assert "审核员 wang" in screen_text(app)


async def test_the_share_of_the_sample_that_is_read_is_shown():
    async with opened(FakeDesk(sample=4)) as (press, app, _):
        assert "抽样 0/4" in str(app.screen.query_one(QueueList).border_subtitle)
        await press("a")
        assert "抽样 1/4" in str(app.screen.query_one(QueueList).border_subtitle)


async def test_letters_that_are_keys_are_written_in_fields_and_in_the_search():
    async with opened(FakeDesk()) as (press, app, _):
        await press("e")
        app.focused.select_all()
        await press(*"aredfusp", "question_mark", "slash", "left_square_bracket", "T", "1", "plus")
        assert app.focused.text == "aredfusp?/[T1+"
        await press("escape", "slash", *"aredfusp", "question_mark")
        assert app.screen.query_one("#search", Input).value == "aredfusp?"


async def test_a_terminal_too_small_says_so_and_decides_nothing():
    desk = FakeDesk()
    async with opened(desk, size=(60, 20)) as (press, app, pilot):
        assert "窗口太小：60 × 20" in screen_text(app)
        await press("a", "r", "1")
        assert desk.decisions == []
        await pilot.resize_terminal(80, 24)
        await press("a")
        assert len(desk.decisions) == 1


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 40), (200, 60)])
async def test_what_is_written_in_a_field_stays_when_the_terminal_changes_its_size(size):
    async with opened(FakeDesk()) as (press, app, pilot):
        await press("e")
        await write(app, pilot, "diagnosis", "复杂型热性惊厥")
        await pilot.resize_terminal(*size)
        await press()
        await pilot.resize_terminal(120, 36)
        await press("ctrl+s")
        assert "复杂型热性惊厥" in screen_text(app)


async def test_reading_the_help_is_no_time_spent_on_the_item():
    desk, now = FakeDesk(), [0.0]
    app = ReviewApp(desk, clock=lambda: now[0])
    async with app.run_test() as pilot:
        for key, passed in (("question_mark", 5), ("escape", 600), ("a", 7)):
            await settled(pilot)
            now[0] += passed
            await pilot.press(key)
        await settled(pilot)
        assert desk.decisions[0].seconds == 12


async def test_undo_brings_back_item_after_item():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        await press("a", "r", "1")
        await press("u")
        assert "川崎病有哪些主要表现" in sheet(app)
        assert "已撤销 ✓ 退回 川崎病" in status(app)
        await press("u")
        assert "已撤销 ✓ 通过 热性惊厥" in status(app)
        assert "已持续6分钟未止" in sheet(app)
        assert len(topics(app)) == 6
        await press("u")
        assert "没有可撤销的决定" in status(app)


async def test_undo_shows_the_item_even_where_the_filter_hid_it():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        await press("a", "slash", *"EviDiag", "enter")
        await press("u")
        assert "已持续6分钟未止" in sheet(app)


async def test_what_could_not_be_saved_stays_and_says_why():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        desk.fail_next = fake_desk.busy()
        await press("a")
        assert desk.decisions == []
        assert "已持续6分钟未止" in sheet(app)
        assert "未保存：另一个程序一直占着语料库" in notice(app)
        await press("a")
        assert len(desk.decisions) == 1
        assert notice(app) == ""


async def test_a_vanished_corpus_is_said_and_f5_reads_again():
    desk = FakeDesk()
    desk.fail_next = fake_desk.gone()
    async with opened(desk) as (press, app, _):
        assert "读取失败：corpus.duckdb" in notice(app)
        await press("f5")
        assert "已持续6分钟未止" in sheet(app)
        assert notice(app) == ""


async def test_keys_pressed_while_a_decision_is_saved_decide_nothing():
    desk = fake_desk.SlowDesk()
    async with opened(desk) as (press, app, pilot):
        await pilot.press("a", "a", "a")
        await pilot.pause()
        assert "正在保存" in status(app)
        assert "已持续6分钟未止" in sheet(app)
        desk.may_go.set()
        await press()
        assert len(desk.decisions) == 1


async def test_quitting_waits_for_the_decision_that_is_being_saved():
    desk = fake_desk.SlowDesk()
    async with opened(desk) as (press, app, pilot):
        await pilot.press("a", "q")
        await pilot.pause()
        assert app.is_running
        desk.may_go.set()
        await press()
        assert app._exit
        assert len(desk.decisions) == 1


async def test_search_shows_what_matches_and_escape_all():
    async with opened(FakeDesk()) as (press, app, _):
        await press("slash", *"川崎", "enter")
        assert topics(app) == ["川崎病"]
        assert "川崎病有哪些主要表现" in sheet(app)
        await press("escape")
        assert len(topics(app)) == 6


async def test_a_search_without_a_match_says_so():
    async with opened(FakeDesk()) as (press, app, _):
        await press("slash", *"zzz", "enter")
        assert "没有符合筛选的条目" in sheet(app)
        await press("a")
        assert "没有符合筛选的条目" in sheet(app)


async def test_the_queue_is_filtered_by_one_thing_after_another():
    async with opened(FakeDesk()) as (press, app, _):
        await press("s", "down", "enter")
        assert topics(app) == ["热性惊厥"]
        assert "剂量" in str(app.screen.query_one(QueueList).border_subtitle)
        await press("escape", "s", "tab", *"热性", "enter")
        assert set(topics(app)) == {"热性惊厥"}
        await press("s", "tab", "tab", *"Evi", "enter")
        assert [(entry.topic, entry.task) for entry in app.screen._worklist.shown] == [("热性惊厥", "evidiag")]
        await press("s", "tab", "enter")
        assert [entry.task for entry in app.screen._worklist.shown] == ["evidiag"]


async def test_a_source_is_chosen_from_a_list_with_counts():
    async with opened(FakeDesk()) as (press, app, _):
        await press("s", "tab", "tab", "tab")
        assert "sample-graph" in screen_text(app)
        await press(*"graph", "enter")
        assert topics(app) == ["手足口病"]


async def test_arrows_move_and_a_click_picks():
    async with opened(FakeDesk()) as (press, app, pilot):
        await press("down", "n", "k")
        assert app.screen._worklist.cursor == 1
        await pilot.click(QueueList, offset=(5, 5))
        await press()
        assert "口服补液盐怎么喂" in sheet(app)


async def test_a_key_hint_can_be_clicked():
    desk = FakeDesk()
    async with opened(desk) as (press, _, pilot):
        await pilot.click("#review-keys KeyHint")
        await press()
        assert desk.decisions[0].verdict is Verdict.ACCEPT


async def test_an_edit_is_shown_before_it_is_taken_and_then_stored():
    desk = FakeDesk()
    async with opened(desk) as (press, app, pilot):
        await press("e")
        await write(app, pilot, "drugs.0.maximum_text", "单次最大量10 mg")
        await press("ctrl+s")
        assert desk.decisions == []
        assert "+ 单次最大量10 mg" in screen_text(app)
        await press("enter")
        (edited,) = desk.edits.values()
        assert edited.drugs[0].maximum_text == "单次最大量10 mg"
        assert "川崎病有哪些主要表现" in sheet(app)


async def test_what_the_checks_find_in_an_edit_is_shown_before_it_is_taken():
    desk = FakeDesk()
    desk.verdicts = (
        fake_desk.finding(
            fake_desk.age_question(), "error", "not_in_evidence", "这一句在引文中没有", path="plan.0.text"
        ),
    )
    async with opened(desk) as (press, app, pilot):
        await press("e")
        await write(app, pilot, "drugs.0.maximum_text", "单次最大量10 mg")
        await press("ctrl+s")
        assert "这一句在引文中没有" in screen_text(app)
        assert desk.decisions == []


async def test_leaving_a_field_with_an_invalid_value_says_so_and_is_not_taken():
    desk = FakeDesk()
    async with opened(desk) as (press, app, pilot):
        await press("e")
        await write(app, pilot, "patient.age_months", "999")
        problem = box(app, "patient.age_months").query_one(".field-problem", Static)
        assert "999 太大，应 ≤ 216" in str(problem.content)
        await press("ctrl+s")
        assert "还有 1 处不合格" in status(app)
        assert desk.decisions == []


async def test_a_new_weight_shows_the_dose_that_follows_from_it():
    async with opened(FakeDesk()) as (press, app, pilot):
        await press("e")
        await write(app, pilot, "patient.weight_kg", "10")
        await press("ctrl+s")
        assert "随之算得" in screen_text(app)
        assert "+ 3～5 mg" in screen_text(app)


async def test_an_edit_begins_at_the_field_of_the_finding():
    async with opened(FakeDesk()) as (press, app, pilot):
        await press("e")
        await pilot.pause()
        assert app.focused in box(app, "drugs.0.name").query("FieldEditor")
        assert "单次上限 10 mg 未写入方案" in str(box(app, "drugs.0.name").query_one(".field-finding", Static).content)


async def test_a_choice_is_taken_from_its_list():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        await press("e")
        box(app, "patient.sex").query_one(Select).value = "female"
        await press("ctrl+s", "enter")
        (edited,) = desk.edits.values()
        assert edited.patient.sex == "female"


@pytest.mark.parametrize(("key", "is_open"), [("ctrl+s", True), ("escape", False)])
async def test_the_keys_of_an_edit_act_beyond_its_last_field(key, is_open):
    async with opened(FakeDesk()) as (press, app, pilot):
        await press("e")
        await write(app, pilot, "topic", "惊厥")  # Tab has gone on to the source
        await press(key)
        assert app.screen.query("#diff") if is_open else not app.screen.is_editing


async def test_escape_leaves_the_edit_and_letters_do_not_decide_in_it():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        await press("e", "a", "r", "escape")
        assert desk.decisions == []
        assert not app.screen.is_editing
        assert "已持续6分钟未止" in sheet(app)


async def test_an_edit_that_could_not_be_saved_keeps_what_was_written():
    desk = FakeDesk()
    async with opened(desk) as (press, app, pilot):
        await press("e")
        await write(app, pilot, "diagnosis", "复杂型热性惊厥")
        await press("ctrl+s")
        desk.fail_next = fake_desk.busy()
        await press("enter")
        assert "未保存" in notice(app)
        assert box(app, "diagnosis").value == "复杂型热性惊厥"
        await press("ctrl+s", "enter")
        assert len(desk.edits) == 1


async def test_an_empty_queue_says_what_comes_next():
    async with opened(FakeDesk([])) as (press, app, _):
        assert "pedcorpus export" in sheet(app)
        await press("a", "r", "e", "d", "f")
        assert "pedcorpus export" in sheet(app)


async def test_the_last_decision_leads_to_what_comes_next():
    async with opened(FakeDesk([(fake_desk.rehydration(), ())])) as (press, app, _):
        await press("a")
        assert "pedcorpus export" in sheet(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_queue_folds_where_the_terminal_is_narrow(size):
    async with opened(FakeDesk(), size=size) as (press, app, _):
        is_narrow = size == (80, 24)
        queue, sheet_pane, source = (app.screen.query_one(name) for name in ("#queue", "#sheet", "#source"))
        assert bool(queue.size.width) is not is_narrow
        assert (source.region.y > sheet_pane.region.y) is is_narrow
        await press("left_square_bracket")
        assert bool(queue.size.width) is is_narrow


async def test_nothing_from_a_source_is_markup_or_a_control_code():
    desk = FakeDesk([(fake_desk.hostile(), ())])
    async with opened(desk) as (press, app, _):
        text = screen_text(app)
        assert "[red]警告[/red] [@click=app.quit]点我[/]" in sheet(app)
        assert "[@click=app.quit]" in text
        assert "[b]标记[/b]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        await press("e")
        assert "\x1b" not in screen_text(app)
        await press("escape", "a")
        assert "[b]标记[/b]" in status(app)


async def test_a_quote_that_is_not_in_its_source_is_said_so():
    async with opened(FakeDesk()) as (press, app, _):
        await press("down")
        source = app.screen.query_one("#source").text
        assert "在这段原文中找不到" in source.replace("\n", "")
        assert "川崎病以发热3天以上" in source


async def test_an_answer_of_20000_characters_is_shown_whole_and_quickly_scrolled():
    instruction = fake_desk.very_long()
    async with opened(FakeDesk([(instruction, ())])) as (press, app, _):
        assert len(instruction.answer) > 20_000
        assert sheet(app).count("呼吸道通畅") == 650
        app.screen.query_one("#sheet").focus()
        await press("pagedown", "pagedown")
        assert app.screen.query_one("#sheet").scroll_offset.y > 0


async def test_earlier_decisions_are_told_with_their_note():
    desk = FakeDesk([(fake_desk.rehydration(), ())])
    desk.decide(fake_desk.rehydration().id, Verdict.DEFER, note="等心内科")
    async with opened(desk) as (_, app, _):
        assert "此前 wang：稍后 等心内科" in sheet(app)


async def test_help_stands_on_one_screen_of_80_by_24():
    async with opened(FakeDesk(), size=(80, 24)) as (press, app, _):
        await press("question_mark")
        assert "安全句" in screen_text(app)
        assert "Esc 关闭" in screen_text(app)
        await press("q")
        assert "帮助 ──" not in screen_text(app)


async def test_the_theme_turns_light_and_dark():
    async with opened(FakeDesk()) as (press, app, _):
        before = app.current_theme.dark
        await press("T")
        assert app.current_theme.dark is not before


async def test_the_pace_is_shown_once_it_means_something():
    times = iter(range(0, 100_000, 100))
    app = ReviewApp(FakeDesk(), clock=lambda: float(next(times)))
    async with app.run_test(size=(120, 36)) as pilot:
        for _ in range(3):
            await settled(pilot)
            await pilot.press("a")
        await settled(pilot)
        assert "/h" in screen_text(app)


async def test_the_time_an_item_was_looked_at_is_handed_to_the_desk():
    desk = FakeDesk()
    times = iter(range(0, 100_000, 5))
    app = ReviewApp(desk, clock=lambda: float(next(times)))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("a")
        await settled(pilot)
        assert desk.decisions[0].seconds > 0


async def test_every_line_has_exactly_the_terminals_width():
    async with opened(FakeDesk(), size=(81, 25)) as (_, app, _):
        assert {cell_len(strip.text) for strip in app.screen._compositor.render_strips()} == {81}


async def test_keys_typed_faster_than_a_dialog_opens_reach_the_dialog():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        type_at_once(app, "r", "3")
        await press()
        assert [decision.reason for decision in desk.decisions] == ["missing_caution"]


@pytest.mark.parametrize("keys", ["/a", "fa", "ea", "?a", "ra"])
async def test_letters_typed_at_once_after_a_key_that_opens_something_decide_nothing(keys):
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        type_at_once(app, *keys)
        await press()
        assert desk.decisions == []


async def test_what_is_typed_at_once_after_e_is_written_in_the_field():
    async with opened(FakeDesk()) as (press, app, _):
        type_at_once(app, "e", *"aredfu")
        await press()
        assert app.focused.text == "地西泮aredfu"


async def test_a_search_may_be_typed_at_once():
    async with opened(FakeDesk()) as (press, app, _):
        type_at_once(app, "/", *"MCV", "川")
        await press()
        assert app.screen.query_one("#search", Input).value == "MCV川"


async def test_a_reason_chosen_for_an_item_that_is_gone_rejects_no_other():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        screen = app.screen
        await press("r")
        desk.decide(desk.items[0][0].id, Verdict.ACCEPT)  # a colleague was quicker
        screen.action_read_again()
        await press()  # the fresh queue is there before the reason is chosen
        await press("3")
        assert [decision.verdict for decision in desk.decisions] == [Verdict.ACCEPT]
        assert "刚刚变了" in status(app)


async def test_reading_the_queue_again_while_a_decision_is_saved_loses_nothing():
    desk = fake_desk.SlowDesk()
    async with opened(desk) as (press, app, pilot):
        await pilot.press("f5", "a", "f5")
        desk.may_go.set()
        await press()
        assert len(desk.decisions) == 1
        assert "川崎病有哪些主要表现" in sheet(app)


async def test_a_newcomer_reviews_twenty_items_with_the_keys_of_the_help():
    desk = FakeDesk([(fake_desk.age_question(question=f"第{n}问：第一次发作多见于几岁？"), ()) for n in range(22)])
    async with opened(desk) as (press, app, pilot):
        await press("question_mark", "escape")
        await press(*"aaaa", "r", "2", "a", "d", *"aaa")
        await press("f", "enter", *"look", "enter", "u", *"aaaa")
        await press("e")
        await write(app, pilot, "topic", "惊厥")
        await press("ctrl+s", "enter", *"aaa", "r", "0", "r", "1", "a", "a")
        said = Counter(decision.verdict for decision in standing_decisions(desk.decisions))
        assert said == {Verdict.ACCEPT: 17, Verdict.REJECT: 2, Verdict.EDIT: 1, Verdict.DEFER: 1}
        assert "本场 21" in screen_text(app)
