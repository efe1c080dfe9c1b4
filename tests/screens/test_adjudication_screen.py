"""An adjudicator at work, by keys alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pedcorpus.records import Verdict
from pedcorpus.review import Reading, ReviewItem, edited_instruction
from tests.screens import fake_desk
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_review_screen import opened, screen_text, sheet, status

ITEM = fake_desk.simple_seizure()
EDITED = edited_instruction(ITEM, {"question": "请问，单纯型热性惊厥持续多久？"})
REJECTS = Reading(Verdict.REJECT, "wrong_fact", "时间不对", None, "")
EDITS = Reading(Verdict.EDIT, "", "", EDITED, "")


@dataclass
class Disputed(FakeDesk):
    """A desk whose one item readers disagree on."""

    readings: tuple[Reading, ...] = (REJECTS, EDITS)

    def _item(self, instruction_id: str) -> ReviewItem:
        return replace(super()._item(instruction_id), decisions=(), readings=self.readings)


def disputed(*readings: Reading) -> Disputed:
    return Disputed(items=[(ITEM, ())], adjudicates=True, readings=readings or (REJECTS, EDITS))


async def test_readings_stand_above_the_question_with_numbers_and_without_names():
    async with opened(disputed()) as (_, app, _):
        text = sheet(app)
        assert text.index("读者意见不一") < text.index("1  退回") < text.index("2  修改") < text.index(ITEM.question)
        assert "时间不对" in text
        assert "wang" not in text


async def test_what_an_edit_changed_is_shown_as_a_diff():
    async with opened(disputed()) as (_, app, _):
        assert "+ 请问" in sheet(app)


async def test_a_steward_sees_whose_reading_it_is():
    async with opened(disputed(replace(REJECTS, reader="li"), EDITS)) as (_, app, _):
        assert "1  li：退回" in sheet(app)


async def test_one_key_adopts_a_rejection_with_its_reason():
    desk = disputed()
    async with opened(desk) as (press, app, _):
        await press("1")
        (taken,) = desk.decisions
        assert (taken.verdict, taken.reason) == (Verdict.REJECT, "wrong_fact")
        assert "已保存" in status(app)


async def test_one_key_adopts_the_record_that_an_edit_made():
    desk = disputed()
    async with opened(desk) as (press, _, _):
        await press("2")
        assert desk.decisions[0].edited == EDITED.id


async def test_a_number_without_a_reading_does_nothing():
    desk = disputed()
    async with opened(desk) as (press, _, _):
        await press("3")
        assert desk.decisions == []


async def test_an_adjudicator_may_decide_otherwise():
    desk = disputed()
    async with opened(desk) as (press, _, _):
        await press("a")
        assert desk.decisions[0].verdict is Verdict.ACCEPT


async def test_while_reasons_stand_open_a_number_is_a_reason():
    desk = disputed()
    async with opened(desk) as (press, _, _):
        await press("r", "2")
        assert [each.verdict for each in desk.decisions] == [Verdict.REJECT]
        assert desk.decisions[0].reason != "wrong_fact"


async def test_on_an_open_page_a_number_is_a_quote():
    desk = disputed()
    async with opened(desk) as (press, _, _):
        await press("p", "1")
        assert desk.decisions == []
        await press("p", "1")
        assert len(desk.decisions) == 1


async def test_it_can_be_read_at_80_columns_in_english():
    async with opened(disputed(), size=(80, 24), language="en") as (_, app, _):
        assert "Readers disagree: 1/2 adopts one" in screen_text(app)
