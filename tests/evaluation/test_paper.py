from __future__ import annotations

from pedcorpus.evaluation import Paper, Side
from pedcorpus.records import Dimension

FIRST, SECOND, THIRD = Dimension
ALL: dict[Dimension, Side] = dict.fromkeys(Dimension, "left")


def test_a_paper_opens_at_the_first_pair_and_row_that_are_not_judged() -> None:
    paper = Paper.of(["1", "2", "3"], {"1": ALL, "2": {FIRST: "tie"}})
    assert (paper.place, paper.row, paper.judged, paper.first_open) == (1, SECOND, 1, 1)


def test_a_paper_that_is_judged_opens_at_its_last_pair() -> None:
    paper = Paper.of(["1", "2"], {"1": ALL, "2": ALL})
    assert (paper.place, paper.is_last, paper.judged, paper.first_open) == (1, True, 2, None)


def test_after_a_row_comes_the_next_that_is_not_judged_round_and_round() -> None:
    paper = Paper.of(["1"], {}).row_moved(1).marked({SECOND: "left"})
    assert paper.row is THIRD
    assert paper.marked({THIRD: "tie"}).row is FIRST


def test_after_the_last_row_the_pointer_stays() -> None:
    paper = Paper.of(["1"], {"1": ALL}).row_moved(1).marked({SECOND: "right"})
    assert (paper.row, paper.here) == (SECOND, {**ALL, SECOND: "right"})


def test_places_and_rows_end_where_the_paper_ends() -> None:
    paper = Paper.of(["1", "2"], {})
    assert (paper.at(-5).place, paper.at(9).place) == (0, 1)
    assert (paper.row_moved(-4).row, paper.row_moved(9).row) == (FIRST, THIRD)


def test_marking_leaves_the_paper_before_as_it_was() -> None:
    paper = Paper.of(["1"], {})
    paper.marked(ALL)
    assert paper.here == {}
