"""The review screen over a real corpus that something comes over: said in one line, nothing lost, and then on."""

from __future__ import annotations

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.corpus import Corpus
from pedcorpus.screens.words import Words
from tests.chapter import copied
from tests.corpus_troubles import CAUSES
from tests.failing_disks import small_disk
from tests.screens.test_review_screen import box, notice, opened, sheet, write


@pytest.fixture
def ward(built, tmp_path):
    """A workspace on a disk of its own, with something to review."""
    with small_disk(tmp_path / "disk", mebibytes=40) as disk:
        yield copied(built, disk / "ward")


@pytest.fixture
def desk(ward, monkeypatch):
    monkeypatch.setitem(Corpus.__init__.__kwdefaults__, "patience_s", 0.5)
    return flow.open_desk(ward, "wang")


def decisions(ward):
    with duckdb.connect(str(ward.corpus_path), read_only=True) as connection:
        return connection.execute("SELECT count(*) FROM decision").fetchall()[0][0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", CAUSES)
async def test_what_keeps_a_decision_from_being_stored_is_said_and_the_next_key_stores_it(ward, desk, name, language):
    async with opened(desk, language=language) as (press, app, _):
        shown = sheet(app)
        with CAUSES[name](ward):
            await press("a")
            assert Words(language)(f"trouble.{name.split()[-1]}") in notice(app)
            assert sheet(app) == shown
        await press("a")
        assert sheet(app) != shown
        await press("f5")  # a look ahead that was in vain meanwhile may have been told since
        assert notice(app) == ""
    assert decisions(ward) == 1


async def test_an_edit_that_cannot_be_checked_is_kept_and_taken_later(ward, desk):
    async with opened(desk, size=(140, 50)) as (press, app, pilot):
        await press("e")
        await write(app, pilot, "question", "首次发作多见于什么年龄的孩子？")
        with CAUSES["gone"](ward):
            await press("ctrl+s")
            assert "未检查" in notice(app)
            assert "不在了" in notice(app)
            assert box(app, "question").query_one("FieldEditor").text == "首次发作多见于什么年龄的孩子？"
        await press("ctrl+s", "enter")
    assert decisions(ward) == 1
