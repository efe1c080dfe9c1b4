from pedcorpus.generate.choice import fraction, pick, ranked


def test_the_same_key_gives_the_same_order():
    assert ranked(["a", "b", "c"], 1, "x") == ranked(["c", "a", "b"], 1, "x")


def test_a_new_option_does_not_reorder_the_others():
    before = ranked(["a", "b", "c", "d"], "key")
    after = ranked(["a", "b", "c", "d", "e"], "key")
    assert [option for option in after if option != "e"] == before


def test_keys_spread_over_the_options():
    assert len({pick(["a", "b", "c"], number) for number in range(40)}) == 3


def test_fractions_lie_between_nought_and_one():
    found = [fraction("x", number) for number in range(200)]
    assert min(found) >= 0
    assert max(found) < 1
    assert 0.35 < sum(found) / len(found) < 0.65
