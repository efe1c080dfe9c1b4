import pytest

from pedcorpus.records import Patient
from pedcorpus.tasks.scene import age_text, capitalised, number_text, patient_text


@pytest.mark.parametrize(
    ("months", "zh", "en"),
    [
        (0.1643, "5天", "5 days"),
        (1, "1个月", "1 month"),
        (18, "18个月", "18 months"),
        (24, "2岁", "2 years"),
        (30, "2岁6个月", "2 years 6 months"),
    ],
)
def test_ages_are_said_as_people_say_them(months, zh, en):
    assert (age_text(months, language="zh"), age_text(months, language="en")) == (zh, en)


def test_a_child_is_described_in_order():
    child = Patient(age_months=24, sex="female", weight_kg=12)
    assert patient_text(child, language="zh") == "女孩，2岁，体重12 kg"
    assert patient_text(Patient(), language="zh") == ""


def test_numbers_have_no_needless_fraction():
    assert (number_text(12.0), number_text(3.6)) == ("12", "3.6")


def test_sentences_open_with_a_capital():
    assert capitalised("fever in a girl") == "Fever in a girl"
