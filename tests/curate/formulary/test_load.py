from pathlib import Path

import pytest

from pedcorpus.curate.formulary import load_formulary, parse_formulary, shipped_formulary
from pedcorpus.errors import SettingsError

HEAD = 'version = 1\nnotice = "n"\n[sources]\nX = { tier = "A", title = "t" }\n'
DOSE = '{ low = 5, high = 10, unit = "mg/kg", per = "dose", sources = ["X"] }'


def table(dose: str = DOSE, *, more: str = "") -> str:
    return f'{HEAD}[[drug]]\nzh = "布洛芬"\nen = "ibuprofen"\ndoses = [\n{dose},\n]\n{more}'


def problems(text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        parse_formulary(text, place="own.toml")
    return str(caught.value)


def test_the_shipped_table_knows_at_least_80_drugs_with_doses_or_ages() -> None:
    drugs = shipped_formulary().table.drug
    assert sum(bool(drug.doses or drug.ages) for drug in drugs) >= 80


def test_the_shipped_table_says_that_it_is_not_for_care() -> None:
    assert "not for care" in shipped_formulary().table.notice


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(table(DOSE.replace("high = 10", "high = 1")), "inverted range", id="low above high"),
        pytest.param(table(f"{DOSE},\n{DOSE.replace('5', '6')}"), "overlapping ranges", id="two ranges for one use"),
        pytest.param(table(DOSE.replace("mg/kg", "grain")), "unknown unit 'grain'", id="unknown unit"),
        pytest.param(table(DOSE.replace('["X"]', '["Y"]')), "unknown source 'Y'", id="unknown source"),
        pytest.param(table(DOSE.replace(" }", ', max_single = "much" }')), "no amount", id="ceiling without a number"),
        pytest.param(table(DOSE.replace(" }", ", from_months = 6, to_months = 3 }")), "inverted ages", id="ages"),
        pytest.param(table(DOSE.replace("low = 5, ", "")), "doses.0.low: Field required", id="missing bound"),
        pytest.param(table(DOSE.replace("low", "lowest")), "lowest", id="unknown key"),
    ],
)
def test_a_problem_names_its_entry(text: str, said: str) -> None:
    shown = problems(text)
    assert shown.startswith("own.toml: drug '布洛芬'")
    assert said in shown


def test_two_drugs_of_one_name_are_a_problem() -> None:
    twice = table(more='[[drug]]\nzh = "美林"\nen = "x"\naliases = ["Ibuprofen"]\n')
    assert "drug '美林': the name 'ibuprofen' stands for '布洛芬' too" in problems(twice)


def test_text_that_is_not_toml_is_a_problem() -> None:
    assert "not valid TOML" in problems("[[drug")


def test_every_problem_is_told_at_once() -> None:
    shown = problems(table(DOSE.replace("high = 10", "high = 1").replace('["X"]', '["Y"]')))
    assert shown.count("own.toml:") == 2


def test_a_missing_file_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"curate\.formulary"):
        load_formulary(tmp_path / "none.toml")


def test_neighbouring_ages_do_not_overlap() -> None:
    young, old = (DOSE.replace(" }", f", {ages} }}") for ages in ("to_months = 12", "from_months = 12"))
    assert parse_formulary(table(f"{young},\n{old}"), place="own.toml").drug_in("服布洛芬混悬液")


def test_a_changed_table_has_another_digest() -> None:
    one, other = (parse_formulary(text, place="own.toml") for text in (table(), table(DOSE.replace("10", "11"))))
    assert one.digest != other.digest
