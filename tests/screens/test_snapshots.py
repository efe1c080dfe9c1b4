"""How the screens look; `pytest tests/screens/test_snapshots.py --snapshot-update` takes new pictures to look at."""

from __future__ import annotations

import pytest

from pedcorpus.records import Verdict
from pedcorpus.screens import ReviewApp
from pedcorpus.screens.edit_form import FieldBox
from tests.screens import fake_desk
from tests.screens.fake_desk import FakeDesk
from tests.screens.settling import settled


async def unblinking(pilot):
    """The desk has answered, and no cursor blinks."""
    await settled(pilot)
    for field in pilot.app.screen.query("Input, TextArea"):
        field.cursor_blink = False
    await settled(pilot)


def pressing(*keys):
    async def press(pilot):
        await unblinking(pilot)
        for key in keys:
            await pilot.press(key)
            await unblinking(pilot)

    return press


async def write_a_flag(pilot):
    """A colleague is chosen; the note is being written."""
    await pressing("f", *"zh", "enter", *"请核对剂量")(pilot)


async def change_the_order(pilot):
    """Edit a weight and a ceiling, then ask for the changes."""
    await pressing("e")(pilot)
    boxes = {box.field.path: box for box in pilot.app.screen.query(FieldBox)}
    boxes["patient.weight_kg"].query_one("Input").value = "10"
    boxes["drugs.0.maximum_text"].query_one("FieldEditor").text = "单次最大量10 mg"
    boxes["cautions.0.text"].query_one("FieldEditor").text = "注意监测呼吸抑制"
    await pressing("ctrl+s")(pilot)


def still(*, desk=None, language="zh"):
    """The app with a clock that stands."""
    return ReviewApp(desk or FakeDesk(), language=language, clock=lambda: 0.0)


WIDE, NARROW = (120, 36), (80, 24)


@pytest.mark.parametrize(
    ("language", "size", "before"),
    [
        pytest.param("zh", WIDE, pressing(), id="wide"),
        pytest.param("zh", NARROW, pressing(), id="narrow"),
        pytest.param("zh", NARROW, pressing("left_square_bracket"), id="narrow-with-queue"),
        pytest.param("zh", WIDE, pressing("a", "down"), id="after-a-decision"),
        pytest.param("zh", WIDE, pressing("r"), id="reasons"),
        pytest.param("zh", WIDE, pressing("e"), id="edit"),
        pytest.param("zh", WIDE, change_the_order, id="changes"),
        pytest.param("zh", WIDE, pressing("p"), id="page"),
        pytest.param("zh", WIDE, pressing("p", *["minus"] * 10), id="whole-page"),
        pytest.param("zh", WIDE, pressing("T"), id="light"),
        pytest.param("zh", NARROW, pressing("question_mark"), id="help"),
        pytest.param("en", WIDE, pressing(), id="english"),
        pytest.param("en", NARROW, pressing("p"), id="english-page"),
        pytest.param("en", NARROW, pressing("r"), id="english-reasons"),
        pytest.param("en", NARROW, pressing(), id="english-narrow"),
        pytest.param("en", NARROW, pressing("question_mark"), id="english-help"),
        pytest.param("en", WIDE, pressing("T"), id="english-light"),
        pytest.param("zh", NARROW, pressing("T"), id="narrow-light"),
        pytest.param("zh", NARROW, write_a_flag, id="flag"),
        pytest.param("en", NARROW, pressing("f"), id="english-flag"),
        pytest.param("zh", WIDE, pressing("s"), id="filter"),
        pytest.param("en", NARROW, pressing("s", "tab"), id="english-filter"),
        pytest.param("zh", (60, 20), pressing(), id="too-small"),
    ],
)
def test_the_review_looks_as_agreed(snap_compare, language, size, before):
    assert snap_compare(still(language=language), terminal_size=size, run_before=before)


def test_what_a_colleague_flagged_looks_as_agreed(snap_compare):
    desk = FakeDesk(reviewer="li", sample=4)
    desk.decide(desk.items[0][0].id, Verdict.FLAG, note="单次上限没有写，请核对", colleague="wang")
    desk.reviewer = "wang"
    assert snap_compare(still(desk=desk), terminal_size=WIDE, run_before=pressing("end"))


def test_an_empty_queue_looks_as_agreed(snap_compare):
    assert snap_compare(still(desk=FakeDesk([])), terminal_size=NARROW, run_before=pressing())


def test_hostile_text_looks_as_agreed(snap_compare):
    desk = FakeDesk([(fake_desk.hostile(), ())])
    assert snap_compare(still(desk=desk), terminal_size=WIDE, run_before=pressing())


def test_a_failure_to_save_looks_as_agreed(snap_compare):
    desk = FakeDesk()

    async def fail(pilot):
        await unblinking(pilot)
        desk.fail_next = fake_desk.busy()
        await pressing("a")(pilot)

    assert snap_compare(still(desk=desk), terminal_size=NARROW, run_before=fail)
