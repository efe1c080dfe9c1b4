"""The pictures in docs/pictures: the review of the sample shelf; `python -m tests.screens.pictures` makes them anew."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pedcorpus import flow
from pedcorpus.screens import ReviewApp
from pedcorpus.settings import Workspace
from tests.screens.picture import picture_of

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


SCENES = (Scene("review", ["slash", *"惊厥 地西泮", "enter"]),)


def pictures() -> dict[str, str]:
    """Every picture by its name, made on a fresh corpus of one sample textbook."""
    with TemporaryDirectory() as folder:
        place = Workspace(Path(folder) / "ward")
        flow.build(place, [SHELF])
        return {scene.name: asyncio.run(taken(place, scene)) for scene in SCENES}


async def taken(place: Workspace, scene: Scene) -> str:
    """The picture of one scene."""
    app = ReviewApp(flow.open_desk(place, "wang"), language=scene.language, clock=lambda: 0.0)
    async with app.run_test(size=scene.size) as pilot:
        for key in ("", *scene.keys):
            if key:
                await pilot.press(key)
            for _ in range(3):
                await app.workers.wait_for_complete()
                await pilot.pause()
        return picture_of(app)


def main(folder: Path = FOLDER) -> None:
    """Write every picture into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures().items():
        (folder / f"{name}.svg").write_text(picture, "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
