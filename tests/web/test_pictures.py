from __future__ import annotations

from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.settings import Workspace
from pedcorpus.shipped import shipped_folder
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_review_screen import opened


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample chapter that is a PDF."""
    place = Workspace(tmp_path_factory.mktemp("shelf"))
    flow.build(place, [shipped_folder("sources") / "textbook-neuro-resp"], jobs=1)
    return place


@pytest.fixture(scope="module")
def instruction(shelf: Workspace) -> str:
    return flow.open_desk(shelf, "wang").queue().entries[0].id


@pytest.fixture
def no_accounts(shelf: Workspace) -> None:
    shelf.accounts_path.unlink(missing_ok=True)


@pytest.mark.usefixtures("no_accounts")
async def test_the_page_of_a_quote_is_a_picture(ward, shelf: Workspace, instruction: str) -> None:
    async with ward(workspace=shelf) as at, at.browser.get(f"{at.url}page/{instruction}/1") as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")
        assert (await answer.read()).startswith(b"\x89PNG")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.usefixtures("no_accounts")
@pytest.mark.parametrize(
    "asked", ["{}/99", "{}/0", "{}/x", "nothing/1", "{}/1/..", "..%2f..%2faccounts.json/1", "{}%00/1"]
)
async def test_what_this_corpus_does_not_quote_is_not_drawn(
    ward, shelf: Workspace, instruction: str, asked: str
) -> None:
    async with ward(workspace=shelf) as at:
        assert await at.status(f"page/{asked.format(instruction)}") == 404


async def test_who_is_not_logged_in_sees_no_page(ward, shelf: Workspace, instruction: str) -> None:
    flow.add_account(shelf, f"wang {instruction}")
    async with ward(workspace=shelf) as at:
        assert await at.status(f"page/{instruction}/1") == 401


@pytest.mark.usefixtures("no_accounts")
async def test_an_original_that_is_gone_is_told(
    ward, shelf: Workspace, instruction: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pedcorpus.flow.originals._candidates", lambda *_: iter([Path("/nowhere")]))
    async with ward(workspace=shelf) as at:
        async with at.browser.get(f"{at.url}page/{instruction}/1", headers={"Accept-Language": "en"}) as answer:
            assert answer.status == 404
            assert "the original is gone" in await answer.text()
        assert "neither kept" in at.log[-1]


@pytest.mark.parametrize("is_web", [True, False])
async def test_in_a_browser_a_key_opens_the_page_itself(monkeypatch: pytest.MonkeyPatch, is_web: bool) -> None:
    monkeypatch.setattr("textual.app.App.is_web", is_web)
    desk, urls = FakeDesk(), []
    async with opened(desk) as (press, app, _):
        monkeypatch.setattr(app, "open_url", urls.append)
        await press("P", "p", "2", "P")
    expected = [f"/page/{desk.items[0][0].id}/{number}" for number in (1, 2)]
    assert urls == (expected if is_web else [])
