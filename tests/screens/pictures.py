"""The pictures in docs/pictures: a sample textbook under review; `python -m tests.screens.pictures` makes them anew."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pedcorpus import flow
from pedcorpus.records import Verdict
from pedcorpus.review import QueueFilter
from pedcorpus.screens import ReviewApp
from pedcorpus.settings import Workspace
from tests.screens.picture import picture_of
from tests.screens.settling import settled

__all__ = ["FOLDER", "main", "pictures", "words_of"]

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
SHELF = ROOT / "sources" / "textbook-neuro-resp"


@dataclass(frozen=True)
class Scene:
    """What is on screen when its picture is taken."""

    name: str
    keys: Sequence[str]
    language: str = "zh"
    size: tuple[int, int] = (120, 30)


SCENES = (
    Scene("review", ["down", "a", "k"]),
    Scene("review-page", ["p"]),
    Scene("review-changes", ["e", "tab", "tab", "tab", *"15", "ctrl+s"]),
    Scene("review-light-english", ["T"], language="en"),
    Scene("review-help", ["question_mark"], size=(80, 24)),
)


def pictures() -> dict[str, str]:
    """Every picture by its name, made on a fresh corpus of one sample textbook."""
    with TemporaryDirectory() as folder:
        place = Workspace(Path(folder) / "ward")
        flow.build(place, [SHELF])
        flag(place)
        return {scene.name: asyncio.run(taken(place, scene)) for scene in SCENES}


def flag(place: Workspace) -> None:
    """A colleague asks for a look at a dose."""
    desk = flow.open_desk(place, "li")
    entry = desk.queue(QueueFilter(text="地西泮", task="trerecom", topic="热性惊厥")).entries[0]
    desk.decide(entry.id, Verdict.FLAG, note="单次最大量要不要按年龄分开写？", colleague="wang")
    desk.close()


async def taken(place: Workspace, scene: Scene) -> str:
    """The picture of one scene."""
    desk = flow.open_desk(place, "wang")
    app = ReviewApp(desk, language=scene.language, clock=lambda: 0.0)
    async with app.run_test(size=scene.size) as pilot:
        for key in (*scene.keys, None):
            await settled(pilot)
            if key:
                await pilot.press(key)
        picture = picture_of(app)
    desk.close()
    return picture


def words_of(picture: str) -> list[str]:
    """Every stretch of letters with its place: what a picture says, whatever colours and pages look like."""
    return re.findall(r'<text (x="\d+" y="\d+") textLength="\d+"[^>]*>([^<]*)</text>', picture)


def main(folder: Path = FOLDER) -> None:
    """Write every picture into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures().items():
        (folder / f"{name}.svg").write_text(picture, "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
