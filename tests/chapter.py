"""One chapter of a textbook, of which many tests make their corpus."""

from __future__ import annotations

import shutil
from pathlib import Path

from pedcorpus.settings import Workspace

__all__ = ["CHAPTER", "copied", "write_chapter", "write_two_chapters"]

CHAPTER = """\
# 第七章 神经系统疾病

## 第二节 热性惊厥

热性惊厥是指发热状态下出现的惊厥发作，首次发作多见于6个月至3岁。

【临床表现】

热性惊厥单纯型发作呈全面性，持续时间短于15分钟，24小时内仅发作1次，发作后意识恢复快。

【治疗】

热性惊厥多数发作在5分钟内自行缓解，不需药物止惊。
发作超过5分钟者，可静脉缓慢注射地西泮0.3～0.5 mg/kg，单次最大量10 mg，注意呼吸抑制。
"""


def write_chapter(place: Path) -> Path:
    """A folder `textbooks` in `place`, with the chapter as an undeclared work."""
    folder = place / "textbooks"
    folder.mkdir()
    (folder / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    return folder


def write_two_chapters(place: Path) -> Path:
    """A folder `textbooks` in `place`, with the chapter and the same of another disease."""
    folder = place / "textbooks"
    folder.mkdir()
    for disease in ("热性惊厥", "样例病"):
        (folder / f"{disease}.md").write_text(CHAPTER.replace("热性惊厥", disease), encoding="utf-8")
    return folder


def copied(made: Workspace, place: Path) -> Workspace:
    """A workspace of one's own, as `made` is."""
    return Workspace(Path(shutil.copytree(made.root, place, dirs_exist_ok=True)))
