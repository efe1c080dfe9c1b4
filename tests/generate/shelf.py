"""Materials for tests: by hand, from the sample shelf, and from real text beside the repository."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pedcorpus.errors import InputError
from pedcorpus.generate import Material
from pedcorpus.parse import Original, parse_original
from pedcorpus.records import Address, Document, Passage, PassageKind, Source, SourceKind, Triple
from pedcorpus.shipped import shipped_folder

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data"
ID = "0" * 64


def source(kind: str = "textbook", language: str = "zh") -> Source:
    return Source(id="sample", kind=SourceKind(kind), title="样例", license="CC0-1.0", tier="open", language=language)


def passage(text: str, *path: str, position: int = 0, kind: PassageKind = PassageKind.PARAGRAPH) -> Passage:
    return Passage(
        document=ID, position=position, kind=kind, text=text, address=Address(heading_path=path, start=0, end=len(text))
    )


def book(*rows: tuple[str, ...], kind: str = "textbook", language: str = "zh") -> Material:
    """A material of (text, heading, heading, …) rows in order of reading."""
    passages = tuple(passage(text, *path, position=index) for index, (text, *path) in enumerate(rows))
    document = Document(id=ID, source="sample", path="chapter.md", parser="markdown@1", bytes=1)
    return Material(source(kind, language), document, passages)


def graph(rows: Sequence[tuple[str, str, str]], language: str = "zh") -> Material:
    triples = tuple(
        Triple(document=ID, head=h, relation=r, tail=t, quote=f"{h},{r},{t}", address=Address(row=row))
        for row, (h, r, t) in enumerate(rows, 2)
    )
    document = Document(id=ID, source="sample", path="triples.csv", parser="table_graph@1", bytes=1)
    return Material(source("graph", language), document, (), triples)


@cache
def materials(folder: Path, kind: str, language: str = "zh") -> tuple[Material, ...]:
    """Every file of a folder that a parser reads."""
    work = Source(id=folder.name, kind=SourceKind(kind), title=folder.name, language=language)
    read = []
    for file in sorted(folder.iterdir()):
        if file.suffix not in {".md", ".pdf", ".csv", ".tsv"} or file.stem == "entities":
            continue
        try:
            parsed = parse_original(Original(work, file.name, file.read_bytes()))
        except InputError:  # an empty chapter is a failure of ingest, and no concern of these tests
            continue
        read.append(Material(work, parsed.document, parsed.passages, parsed.triples))
    return tuple(read)


@cache
def sample_shelf() -> tuple[Material, ...]:
    shelf = shipped_folder("sources")
    folders = (("textbook-digestive", "textbook"), ("textbook-neuro-resp", "textbook"))
    folders += (("guideline-febrile-child", "guideline"), ("graph-childhood-diseases", "graph"))
    return tuple(material for name, kind in folders for material in materials(shelf / name, kind))


FRAGMENT = book(
    (
        "热性惊厥首次发作多见于6个月至3岁，患病率为3%～5%。"
        "单纯型发作呈全面性，持续时间短于15分钟，24小时内仅发作1次，发作后意识恢复快，无神经系统异常。",
        "第七章 神经系统疾病",
        "第二节 热性惊厥",
        "临床表现",
    ),
    (
        "多数发作在5分钟内自行缓解，不需药物止惊。"
        "发作超过5分钟者，可静脉缓慢注射地西泮0.3～0.5 mg/kg，单次最大量10 mg，注意呼吸抑制。",
        "第七章 神经系统疾病",
        "第二节 热性惊厥",
        "治疗",
    ),
    ("热性惊厥是发热时发生的惊厥。", "第七章 神经系统疾病", "第二节 热性惊厥"),
)
"""The fragment that EXAMPLES describes, in a book's shape."""
