from pedcorpus.records import Verdict
from tests.by_hand import decision


def test_a_decision_that_no_plan_made_keeps_the_id_it_had_before_plans() -> None:
    assert decision("row", Verdict.ACCEPT).id == "a1f093887403bfdb7f9c"


def test_the_plan_is_part_of_who_a_decision_is() -> None:
    first, second = (decision("row", Verdict.ACCEPT, acceptance="plan", plan=name) for name in ("one", "two"))
    assert first.id != second.id
