"""The report's page in a real browser: on a phone, in both languages, with what models wrote as text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pedcorpus.evaluation.report.page import page
from pedcorpus.evaluation.report.sections import comparison_sections
from tests.evaluation.evaluated_by_hand import compared, contestant
from tests.web.chromium import NEEDS_CHROMIUM, Page, open_browser

pytestmark = NEEDS_CHROMIUM

TITLE = {"zh": "评测", "en": "Evaluation"}
HOSTILE = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">补液"


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page on a screen of 390 pixels."""
    place = tmp_path_factory.mktemp("page")
    models = contestant("base", lambda _: "？"), contestant("a-model-with-a-long-name" * 3, lambda _: HOSTILE)
    sections = comparison_sections(compared(place, *models), (), "zh")
    (place / "report.html").write_text(page(TITLE, sections, "zh"), encoding="utf-8")
    with open_browser(place) as browser:
        metrics = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
        browser.command("Emulation.setDeviceMetricsOverride", **metrics)
        browser.open(f"file://{place / 'report.html'}")
        yield browser


def test_the_page_is_no_wider_than_a_phone(phone: Page) -> None:
    assert phone.run("return document.documentElement.scrollWidth") <= 390


def test_both_languages_are_there_and_one_is_shown(phone: Page) -> None:
    assert "胜例与负例" in phone.run("return document.body.innerText")
    phone.find("#en").click()
    shown = phone.run("return document.body.innerText")
    assert "Wins and losses" in shown
    assert "胜例与负例" not in shown


def test_what_a_model_wrote_is_shown_and_not_run(phone: Page) -> None:
    phone.run("for (const each of document.querySelectorAll('details')) each.open = true")
    assert HOSTILE in phone.run("return document.body.innerText")
    assert phone.run("return document.title") == "评测"
    assert phone.run("return document.images.length === 2 && [...document.images].every(each => each.naturalWidth)")
