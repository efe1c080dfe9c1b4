import pytest

from pedcorpus.curate.sense.reference import sizes


def test_medians_are_the_references() -> None:
    from rcpchgrowth import measurement_from_sds

    (size,) = sizes("weight", ["male"], (24.0, 24.0))
    assert size.median == pytest.approx(measurement_from_sds("uk-who", 0.0, "weight", "male", 2.0))


def test_z_grows_without_levelling_off() -> None:
    (size,) = sizes("weight", ["male"], (84.0, 84.0))
    assert size.z(230) > 20
    assert size.at(size.z(230)) == pytest.approx(230)


def test_z_and_size_are_each_others_inverse_below_the_median() -> None:
    (size,) = sizes("height", ["female"], (36.0, 36.0))
    assert size.at(size.z(60.0)) == pytest.approx(60.0)


def test_ages_beyond_the_reference_take_its_ends() -> None:
    assert sizes("weight", ["female"], (-9.0, -9.0)) == sizes("weight", ["female"], (-4.0, -4.0))
