import asyncio
import time

from pedcorpus.llm.pace import Pace


async def test_no_more_enter_than_are_allowed() -> None:
    pace = Pace(2)
    await pace.enter()
    await pace.enter()
    third = asyncio.create_task(pace.enter())
    await asyncio.sleep(0.01)
    assert not third.done()
    pace.leave()
    await asyncio.wait_for(third, 1)
    assert pace.inside == 2


async def test_too_much_at_once_counts_once_for_all_that_were_sent_together() -> None:
    pace = Pace(100)
    entered = [await pace.enter() for _ in range(10)]
    for at in entered:
        pace.too_much(at)
    assert pace.allowed == 70
    pace.too_much(await pace.enter())
    assert pace.allowed == 49


async def test_it_grows_again_by_about_one_a_round_up_to_the_most() -> None:
    pace = Pace(10)
    pace.too_much(await pace.enter())
    for _ in range(7):
        pace.went_well()
    assert pace.allowed == 7 or pace.allowed == 8
    for _ in range(100):
        pace.went_well()
    assert pace.allowed == 10


async def test_one_is_always_allowed() -> None:
    pace = Pace(1)
    for _ in range(20):
        pace.too_much(await pace.enter())
        pace.leave()
    assert pace.allowed == 1


async def test_nobody_enters_during_a_pause() -> None:
    pace = Pace(4)
    pace.pause(0.1)
    started = time.monotonic()
    await pace.enter()
    assert time.monotonic() - started >= 0.09


async def test_first_come_is_first_served() -> None:
    pace, order = Pace(1), []
    await pace.enter()

    async def come(name: str) -> None:
        await pace.enter()
        order.append(name)
        pace.leave()

    waiting = [asyncio.create_task(come(name)) for name in "abc"]
    await asyncio.sleep(0)
    pace.leave()
    await come("late")
    await asyncio.gather(*waiting)
    assert order == ["a", "b", "c", "late"]


async def test_one_that_gives_up_while_let_in_leaves_its_place() -> None:
    pace = Pace(1)
    await pace.enter()
    waiting = asyncio.create_task(pace.enter())
    await asyncio.sleep(0)
    pace.leave()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.wait_for(pace.enter(), 1)
