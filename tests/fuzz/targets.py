"""What is fuzzed: one target a format, with a seed, how its bytes become a file, and what no reader may do.

The fuzzer mutates bytes for some minutes; what it finds is kept in `found/` and read again by the tests.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, Parsed, parse_original
from pedcorpus.parse.grades import find_gradings
from pedcorpus.parse.recommendations import read_recommendation
from pedcorpus.records import Source, SourceKind
from tests.parse.graphs import OBO, OBOGRAPHS, OWL, TURTLE
from tests.parse.office_files import docx, epub, paragraph, run
from tests.parse.test_cypher import EXPORT
from tests.parse.test_graphml import GRAPH

__all__ = ["TARGETS", "Target", "check"]

_TALK = (
    '[{"ask": "孩子发热", "answer": "多喝水", "department": "儿科"},'
    '{"conversations": [{"from": "human", "value": "问"}, {"from": "gpt", "value": "答"}]},'
    '{"history": [["问", "答"]], "instruction": "a", "input": "nan", "output": ["b"], "rejected": "c"}]'
)


@dataclass(frozen=True)
class Target:
    """One format that is fuzzed."""

    name: str
    """Of the file, for its ending."""
    kind: SourceKind
    seed: bytes
    wrap: Callable[[bytes], bytes] = bytes
    """From mutated bytes to the bytes of the file: an archive around them, or nothing."""

    def original(self, data: bytes) -> Original:
        """A file that holds `data`."""
        return Original(Source(id="fuzz", kind=self.kind, title="书"), self.name, self.wrap(data))


def _in_word(data: bytes) -> bytes:
    return docx(paragraph(run(data.decode("utf-8", "ignore"))))


def _in_book(data: bytes) -> bytes:
    return epub({"1.xhtml": data})


_GUIDELINE, _GRAPH, _DATASET = SourceKind.GUIDELINE, SourceKind.GRAPH, SourceKind.DATASET
TARGETS = {
    "html": Target(
        "a.html",
        _GUIDELINE,
        "<main><h1>章</h1><table><tr><td rowspan=2>a<td>b<tr><td>c</table><sup>2</sup>&lt;&#0;</main>".encode(),
    ),
    "md": Target(
        "a.md",
        _GUIDELINE,
        b"# a\n\n$1 0 ^ { 9 } / \\mathrm { L }$ **b**  \nc<sup>2</sup>\n\n<table><tr><td>a</table>\n\n|a|\n|-|\n",
    ),
    "txt": Target("a.txt", _GUIDELINE, "<篇名>某书\n属性：甲。\n第一章 总论\n    正文，\n续行。\n".encode("gb18030")),
    "json": Target(
        "a.json",
        _GUIDELINE,
        b'[{"type":"text","text":"$5 \\\\%$","text_level":1,"page_idx":0,"bbox":[1,2,3,4]},{"type":"text","text":"a"}]',
    ),
    "docx": Target(
        "a.docx",
        _GUIDELINE,
        b"</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p><w:r><w:t>a",
        _in_word,
    ),
    "epub": Target(
        "a.epub",
        _GUIDELINE,
        b"<h1>a</h1><math><msup><mi>m</mi><mn>2</mn></msup></math><aside epub:type='footnote'>n",
        _in_book,
    ),
    "docx-bytes": Target("a.docx", _GUIDELINE, docx(paragraph(run("第一章")))),
    "epub-bytes": Target("a.epub", _GUIDELINE, epub({"1.xhtml": b"<h1>a</h1><p>b</p>"})),
    "grades": Target(
        "a.txt",
        _GUIDELINE,
        "推荐意见1：不推荐常规使用（证据等级：B；推荐级别：强推荐）。\n【推荐2】建议(1B)；可用，GPS。\n推荐：强\n".encode(),
    ),
    "talk-json": Target("a.json", _DATASET, _TALK.encode()),
    "talk-jsonl": Target("a.jsonl", _DATASET, b'{"ask": "a", "answer": "b"}\n{"messages": [{"role": "user"}]}\n'),
    "talk-csv": Target("a.csv", _DATASET, 'department,title,ask,answer\n儿科,发热,"问\n题",答\n'.encode("gb18030")),
    "talk-literal": Target("a.json", _DATASET, b"{'ask': 'a', 'answer': ('b', None)}\n[{'ask': \"x\", 'answer': 'y'}]"),
    "obo": Target("a.obo", _GRAPH, OBO.encode()),
    "owl": Target("a.owl", _GRAPH, OWL.encode()),
    "ttl": Target("a.ttl", _GRAPH, TURTLE.encode()),
    "cypher": Target("a.cypher", _GRAPH, EXPORT.encode()),
    "graphml": Target("a.graphml", _GRAPH, GRAPH.encode()),
    "obographs": Target("a.json", _GRAPH, OBOGRAPHS.encode()),
    "entities": Target("a.json", _GRAPH, '[{"name": "肺炎", "symptom": ["发热"], "desc": "肺炎。"}]'.encode()),
    "graph-csv": Target("a.csv", _GRAPH, 'name,症状,desc\n肺炎,"发热、咳嗽 [详细]",肺炎是……\n'.encode()),
    "neo4j": Target("a.json", _GRAPH, b'{"type":"node","id":"1","labels":["A"],"properties":{"name":"a","b":[1]}}\n'),
}


def check(target: str, data: bytes) -> None:
    """Raise where a reader does what no reader may."""
    parsed = refused = None
    try:
        parsed = parse_original(TARGETS[target].original(data))
    except InputError as error:
        refused = error
    if refused is not None:
        assert "\n" not in str(refused), "a message of several lines"
        if refused.__cause__ is not None and "could not read it" in refused.detail:
            raise refused.__cause__ from refused
    if parsed is not None:
        _check_records(parsed)


def _check_records(parsed: Parsed) -> None:
    _check_passages(parsed)
    for dialogue in parsed.dialogues:
        assert all(turn.content.strip() for turn in dialogue.turns), "a turn without words"
        assert "\ufffd" not in dialogue.model_dump_json(), "a lost character in a dialogue"
    for triple in parsed.triples:
        assert "\ufffd" not in triple.model_dump_json(), "a lost character in a statement"
    json.dumps([one.model_dump(mode="json") for one in parsed.failures]).encode()


def _check_passages(parsed: Parsed) -> None:
    for passage in parsed.passages:
        said = passage.model_dump_json()
        assert "\ufffd" not in said, "a lost character in a passage"
        start, end = passage.address.start, passage.address.end
        assert start is None or end is None or start < end, "a span without characters"
        for found in find_gradings(passage.text):
            assert 0 <= found.start < found.end <= len(passage.text), "a grading outside its text"
        read = read_recommendation(passage.text) or {}
        words = (value for name, value in read.items() if not name.startswith("polarity"))
        assert all(value in passage.text for value in words), "a grade that the text does not hold"
