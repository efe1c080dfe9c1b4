"""The command, and what status says of it."""

from pedcorpus import flow
from pedcorpus.cli.main import run
from tests.chapter import copied

GOOD = flow.RatedExchange([("user", "孩子发热怎么办？")], "多喝水，多休息。", "up", "demo")
BAD = flow.RatedExchange([("user", "孩子发热怎么办？")], "捂汗。", "down", "demo")


def test_what_waits_is_told_by_status_and_taken_in_by_the_command(accepted, tmp_path, capsys):
    place = copied(accepted, tmp_path / "ward")
    for exchange in (GOOD, BAD):
        flow.keep_feedback(place, exchange)
    assert run(["status", "-w", str(place.root)]) == 0
    assert "2 rated exchanges of the chat wait" in capsys.readouterr().err
    assert run(["feedback", "-w", str(place.root)]) == 0
    told = "took in 2 rated exchanges: 1 drafts, 0 new pairs, 1 thumbs down without a correction"
    assert told in capsys.readouterr().err
    assert run(["status", "-w", str(place.root)]) == 0
    assert "of the chat wait" not in capsys.readouterr().err


def test_where_nothing_waits_no_corpus_is_needed(tmp_path, capsys):
    assert run(["feedback", "-w", str(tmp_path)]) == 0
    assert "took in 0 rated exchanges" in capsys.readouterr().err
