"""How the screens look; `pytest tests/screens/test_snapshots.py --snapshot-update` takes new pictures to look at."""

from __future__ import annotations

import pytest

from pedcorpus.screens import ReviewApp
from pedcorpus.screens.edit_form import FieldBox
from tests.screens import fake_desk
from tests.screens.fake_desk import FakeDesk


async def settled(pilot):
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def pressing(*keys):
    async def press(pilot):
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return press


async def open_the_fields(pilot):
    """Edit, with a cursor that does not blink."""
    await pressing("e")(pilot)
    pilot.app.focused.cursor_blink = False
    await settled(pilot)


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
        pytest.param("zh", WIDE, open_the_fields, id="edit"),
        pytest.param("zh", WIDE, change_the_order, id="changes"),
        pytest.param("zh", WIDE, pressing("p"), id="page"),
        pytest.param("zh", WIDE, pressing("p", *["minus"] * 10), id="whole-page"),
        pytest.param("zh", WIDE, pressing("T"), id="light"),
        pytest.param("zh", NARROW, pressing("question_mark"), id="help"),
        pytest.param("en", WIDE, pressing(), id="english"),
        pytest.param("en", NARROW, pressing("p"), id="english-page"),
        pytest.param("en", NARROW, pressing("r"), id="english-reasons"),
    ],
)
def test_the_review_looks_as_agreed(snap_compare, language, size, before):
    assert snap_compare(still(language=language), terminal_size=size, run_before=before)


def test_an_empty_queue_looks_as_agreed(snap_compare):
    assert snap_compare(still(desk=FakeDesk([])), terminal_size=NARROW, run_before=pressing())


def test_hostile_text_looks_as_agreed(snap_compare):
    desk = FakeDesk([(fake_desk.hostile(), ())])
    assert snap_compare(still(desk=desk), terminal_size=WIDE, run_before=pressing())


def test_a_failure_to_save_looks_as_agreed(snap_compare):
    desk = FakeDesk()

    async def fail(pilot):
        await settled(pilot)
        desk.fail_next = fake_desk.busy()
        await pressing("a")(pilot)

    assert snap_compare(still(desk=desk), terminal_size=NARROW, run_before=fail)
