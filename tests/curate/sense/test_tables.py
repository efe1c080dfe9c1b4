from pathlib import Path

import pytest

from pedcorpus.curate.sense.flag_table import FlagTable
from pedcorpus.curate.sense.sex_words import SexTable
from pedcorpus.curate.sense.tables import Table, load_table, parse_table, shipped_table
from pedcorpus.curate.sense.vaccine_table import VaccineTable
from pedcorpus.curate.sense.vital_table import VitalTable
from pedcorpus.errors import SettingsError

HEAD = 'version = 1\nnotice = "n"\n'
SOURCE = '[sources]\nX = { tier = "A", title = "t" }\n'
SIGN = '[[sign]]\nname = "heart_rate"\nunit = "/min"\npossible = [0, 300]\n'
ROW = 'normal = [{ from_months = 0, to_months = 12, low = 90, high = 160, sources = ["X"] }]\n'
FLAG = '[[flag]]\nzh = "z"\nen = "e"\nwords = ["w"]\nsources = ["X"]\n'
VACCINE = '[[vaccine]]\ncode = "V"\nzh = "v"\nsources = ["X"]\n'
PLAN = '[[plan]]\nname = "p"\nsources = ["X"]\ndoses = [{ vaccine = "V", dose = 1, months = 2 }]\n'
TWIN = VACCINE.replace('"V"', '"U"')
ENDED = PLAN.replace("[[plan]]", '[[plan]]\nuntil = "2020-01-01"')
TURNED = PLAN.replace("}]", '}, { vaccine = "V", dose = 2, months = 1 }]')


def problems(model: type[Table], text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        parse_table(model, text, place="own.toml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (VitalTable, "vitals.toml"),
        (SexTable, "sexes.toml"),
        (VaccineTable, "vaccines.toml"),
        (FlagTable, "red_flags.toml"),
    ],
)
def test_the_shipped_tables_say_that_they_are_not_for_care(model: type[Table], name: str) -> None:
    assert "not for care" in shipped_table(model, name).table.notice


@pytest.mark.parametrize(
    ("model", "text", "said"),
    [
        pytest.param(VitalTable, SIGN + ROW.replace("160", "60"), "inverted range, 90 is above 60", id="low over high"),
        pytest.param(VitalTable, SIGN + ROW.replace("= 0,", "= 24,"), "months: inverted range", id="ages"),
        pytest.param(VitalTable, SIGN.replace("[0, 300]", "[300, 0]"), "possible: inverted range", id="possible"),
        pytest.param(VitalTable, SIGN + ROW.replace('"X"', '"Y"'), "unknown source 'Y'", id="unknown source"),
        pytest.param(VitalTable, SIGN + ROW.replace("low", "lowest"), "lowest", id="unknown key"),
        pytest.param(VitalTable, SIGN + SIGN, "'heart_rate' stands twice", id="doubled sign"),
        pytest.param(VitalTable, SIGN.replace("heart_rate", "mood"), "sign.0.name", id="unknown sign"),
        pytest.param(VitalTable, "[[sign", "not valid TOML", id="no TOML"),
        pytest.param(VaccineTable, VACCINE + PLAN.replace('"V"', '"W"'), "unknown vaccine 'W'", id="vaccine"),
        pytest.param(VaccineTable, VACCINE + PLAN.replace("= 2 }", "= 2, by = 1 }"), "inverted range, by 1", id="by"),
        pytest.param(VaccineTable, VACCINE + ENDED, "every plan has an end", id="no plan in force"),
        pytest.param(VaccineTable, VACCINE + TWIN + PLAN, "stands for 'V' too", id="doubled name"),
        pytest.param(VaccineTable, VACCINE + TURNED, "out of order", id="order"),
        pytest.param(FlagTable, 'advice = ["a"]\n' + FLAG.replace('"w"', '"w+"'), "an empty word", id="empty part"),
        pytest.param(SexTable, 'male = ["m"]\nfemale = ["m"]\n', "stands under both sexes", id="both sexes"),
    ],
)  # fmt: skip
def test_a_problem_is_told_with_its_entry(model: type[Table], text: str, said: str) -> None:
    head, _, tables = text.partition("[[")
    whole = HEAD + head + SOURCE + (f"[[{tables}" if tables else "")
    assert said in problems(model, whole)


def test_every_problem_is_told_at_once() -> None:
    text = HEAD + SOURCE + SIGN + ROW.replace("160", "60").replace('"X"', '"Y"')
    assert problems(VitalTable, text).count("own.toml:") == 2


def test_a_missing_folder_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"curate\.medical_tables"):
        load_table(VitalTable, "vitals.toml", str(tmp_path / "none"))


def test_a_folder_without_the_table_leaves_the_shipped_one(tmp_path: Path) -> None:
    shipped = shipped_table(VitalTable, "vitals.toml")
    assert load_table(VitalTable, "vitals.toml", str(tmp_path)) is shipped


def test_a_changed_table_has_another_setting() -> None:
    one, other = (
        parse_table(VitalTable, HEAD + SOURCE + SIGN + row, place="p") for row in (ROW, ROW.replace("90", "91"))
    )
    assert one.setting != other.setting
