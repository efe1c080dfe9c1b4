import threading
import time

import pytest

from pedcorpus.inference import Generation
from pedcorpus.inference.batching import Ending, EngineStopped, QueueFull
from tests.inference.batching.asking import ask
from tests.inference.batching.echo import BREAKS, NO_NUMBER, UNREADABLE, echoing, ids

LONG = Generation(max_new_tokens=50, repetition_penalty=1.0)


@pytest.fixture
def engine_and_decoder():
    engine, decoder = echoing()
    yield engine, decoder
    decoder.let()
    engine.stop()


@pytest.fixture
def engine(engine_and_decoder):
    return engine_and_decoder[0]


def until(condition):
    for _ in range(500):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come to that")


def test_each_hears_its_own_reply(engine):
    _, first = ask(engine, ids("abc"))
    _, second = ask(engine, ids("defgh"))
    assert (first.text, second.text) == ("abc", "defgh")
    assert first.last.ending is Ending.STOP
    assert first.last.tokens == 4  # the one that ended it too


def test_a_request_joins_while_another_is_answered(engine_and_decoder):
    engine, decoder = engine_and_decoder
    decoder.hold()
    _, first = ask(engine, ids("abcdef"))
    until(lambda: engine.load.running == 1)
    decoder.let(2)
    _, second = ask(engine, ids("xy"))
    decoder.let()
    assert (first.text, second.text) == ("abcdef", "xy")
    assert decoder.most == 2


def test_a_reply_ends_with_as_many_tokens_as_were_asked_for(engine):
    _, heard = ask(engine, ids("abcdef"), Generation(max_new_tokens=3))
    assert heard.text == "abc"
    assert heard.last.ending is Ending.LENGTH


def test_nothing_is_told_from_a_stop_string_on(engine):
    _, heard = ask(engine, ids("abcdef"), stop=("x", "cd"))
    assert heard.text == "ab"
    assert heard.last.ending is Ending.STOP
    assert heard.last.tokens == 4


def test_too_many_waiting_requests_are_refused(engine_and_decoder):
    engine, decoder = engine_and_decoder
    decoder.hold()
    heard = [ask(engine, ids("ab"))[1] for _ in range(4)]
    until(lambda: engine.load == (2, 2))
    with pytest.raises(QueueFull):
        ask(engine, ids("ab"))
    decoder.let()
    assert [each.text for each in heard] == ["ab"] * 4


def test_who_leaves_makes_room(engine_and_decoder):
    engine, decoder = engine_and_decoder
    decoder.hold()
    (first, heard), *_ = [ask(engine, ids("abc"), LONG) for _ in range(2)]
    waiting, never = ask(engine, ids("def"))
    until(lambda: engine.load == (2, 1))
    first.leave()
    waiting.leave()
    decoder.let()
    assert heard.last.ending is Ending.LEFT
    assert never.last.ending is Ending.LEFT
    assert never.text == ""
    until(lambda: engine.load == (0, 0))


def test_a_prompt_that_cannot_be_read_fails_alone(engine_and_decoder):
    engine, decoder = engine_and_decoder
    decoder.hold()
    busy = [ask(engine, ids("ab"))[1] for _ in range(2)]
    until(lambda: engine.load.running == 2)
    good, bad = ask(engine, ids("cd"))[1], ask(engine, [UNREADABLE])[1]
    decoder.let()
    assert bad.last.ending is Ending.FAILED
    assert bad.last.error == "cannot be read"
    assert [each.text for each in (*busy, good)] == ["ab", "ab", "cd"]


def test_an_error_of_the_model_ends_the_replies_in_work_and_the_engine_goes_on(engine):
    _, heard = ask(engine, [*ids("ab"), BREAKS])
    assert heard.text == "ab"
    assert heard.last.ending is Ending.FAILED
    assert heard.last.error == "out of memory"
    assert ask(engine, ids("cd"))[1].text == "cd"


def test_scores_that_are_no_numbers_fail_one_reply(engine):
    _, bad = ask(engine, [*ids("a"), NO_NUMBER])
    _, good = ask(engine, ids("cdef"))
    assert bad.last.ending is Ending.FAILED
    assert good.text == "cdef"


def test_a_stopped_engine_lets_replies_end(engine_and_decoder):
    engine, _ = engine_and_decoder
    _, heard = ask(engine, ids("abc"))
    engine.stop(grace_s=20)
    assert heard.text == "abc"
    with pytest.raises(EngineStopped):
        ask(engine, ids("d"))


def test_a_stopped_engine_cuts_what_lasts_too_long(engine_and_decoder):
    engine, decoder = engine_and_decoder
    decoder.hold()
    heard = [ask(engine, ids("abc"))[1] for _ in range(3)]
    until(lambda: engine.load == (2, 1))
    decoder.let(1)
    until(lambda: heard[0].pieces)
    stopping = threading.Thread(target=engine.stop)
    stopping.start()
    until(lambda: engine.stops)
    decoder.let()
    stopping.join()
    assert [each.last.ending for each in heard] == [Ending.CUT] * 3


def test_short_prompts_join_together_and_long_ones_alone():
    engine, decoder = echoing(rows=4, queue=8, piece=2048)
    decoder.context = 4096
    decoder.hold()
    ask(engine, ids("a"))
    until(lambda: engine.load.running == 1)
    rest = [ask(engine, ids("b" * size), Generation(max_new_tokens=1))[1] for size in (2, 3, 1500)]
    decoder.let()
    assert {each.last.ending for each in rest} == {Ending.LENGTH}
    assert decoder.joined_together == [1, 2, 1]
    engine.stop()


@pytest.fixture
def read_while_another_is_answered(engine_and_decoder):
    """An engine that reads a long prompt, eight tokens a step, while it answers a short one."""
    engine, decoder = engine_and_decoder
    decoder.hold()
    short = ask(engine, ids("abcdefghi"))[1]
    until(lambda: engine.load.running == 1)
    long, heard = ask(engine, ids("x" * 25), LONG)
    decoder.let(2)
    until(lambda: len(decoder.pieces) == 2)
    return engine, decoder, short, long, heard


def test_a_running_reply_gets_a_token_after_each_piece_of_a_long_prompt(read_while_another_is_answered):
    _, decoder, short, _, heard = read_while_another_is_answered
    decoder.let()
    assert (short.text, heard.text) == ("abcdefghi", "x" * 25)
    assert [size for size, _ in decoder.pieces] == [8, 8]  # and the last eight as it joins
    assert decoder.pieces[1][1] - decoder.pieces[0][1] == 1


def test_who_leaves_while_his_prompt_is_read_makes_room(read_while_another_is_answered):
    engine, decoder, short, long, heard = read_while_another_is_answered
    long.leave()
    after = ask(engine, ids("y" * 20))[1]
    decoder.let()
    assert heard.last.ending is Ending.LEFT
    assert (short.text, after.text) == ("abcdefghi", "y" * 20)


def test_a_prompt_of_which_a_piece_cannot_be_read_fails_alone(engine_and_decoder):
    engine, decoder = engine_and_decoder
    decoder.hold()
    short = ask(engine, ids("abcdefghi"))[1]
    until(lambda: engine.load.running == 1)
    bad, good = ask(engine, [*ids("x" * 12), UNREADABLE, *ids("x" * 12)])[1], ask(engine, ids("y"))[1]
    decoder.let()
    assert (bad.last.ending, bad.last.error) == (Ending.FAILED, "cannot be read")
    assert (short.text, good.text) == ("abcdefghi", "y")


def test_a_prompt_half_read_when_the_model_fails_is_read_anew(engine_and_decoder):
    engine, decoder = engine_and_decoder
    decoder.hold()
    failing = ask(engine, [*ids("ab"), BREAKS])[1]
    until(lambda: engine.load.running == 1)
    long = ask(engine, ids("x" * 20), LONG)[1]
    decoder.let(2)
    until(lambda: len(decoder.pieces) == 2)
    decoder.let()
    assert failing.last.ending is Ending.FAILED
    assert long.text == "x" * 20
