"""Whatever the bytes, a graph's reader gives records or says why not; cases that broke one are kept below."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original
from pedcorpus.records import Source, SourceKind
from tests.parse.graphs import OBO, OBOGRAPHS, OWL, TURTLE
from tests.parse.test_cypher import EXPORT
from tests.parse.test_graphml import GRAPH

SEEDS = {
    "a.obo": OBO,
    "a.json": OBOGRAPHS,
    "a.owl": OWL,
    "a.ttl": TURTLE,
    "a.cypher": EXPORT,
    "a.graphml": GRAPH,
    "a.csv": 'name,症状,desc\n肺炎,"发热、咳嗽 [详细]",肺炎是……\n',
    "b.csv": "head,relation,tail\n肺炎,症状,发热\n",
    "b.tsv": "subject_id\tsource_label\ttranslation_value\nHP:1\tFever\t发热\n",
    "b.json": '[{"name": "肺炎", "症状": ["发热"], "desc": "肺炎。常见。"}]',
    "c.json": '{"nodes": [{"id": 1, "name": "a"}], "links": [{"source": 1, "target": 1, "label": "r"}]}',
    "d.json": '{"type": "node", "id": "1", "labels": ["A"], "properties": {"name": "a", "b": [1]}}\n',
}
SOURCE = Source(id="work", kind=SourceKind.GRAPH, title="graph")
PIECES = st.sampled_from(
    ['"', "'", "\n", "\x00", "{", "[", "}", "]", ",", ";", "&", "<", ">", "/", "\\", "\ufeff", "`", ":", "...", "…",
     "\\u", "-", "e9", "<!--", "]]>", "(", "@", "发", "\ud800", "\t", "=", "#"]
)  # fmt: skip


def read(name: str, text: str) -> None:
    """Parses, and looks at what comes out."""
    try:
        parsed = parse_original(Original(SOURCE, name, text.encode("utf-8", "surrogatepass")))
    except InputError as error:
        if error.reason == "unreadable":  # nobody expected it: a defect
            raise
        return
    assert len({one.id for one in parsed.triples}) == len(parsed.triples)
    assert all("\ufffd" not in one.head + one.tail for one in parsed.triples)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(SEEDS)), data=st.data())
def test_a_damaged_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    text = SEEDS[name]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 12))
        text = text[:start] + data.draw(PIECES) * data.draw(st.integers(0, 3)) + text[start + length :]
    read(name, text)


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(sorted(SEEDS)), text=st.text(max_size=60))
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    read(name, text)


@pytest.mark.parametrize("name", SEEDS)
def test_a_file_cut_anywhere_is_read_or_refused(name: str) -> None:
    text = SEEDS[name]
    for end in range(1, len(text), max(len(text) // 15, 1)):
        read(name, text[:end])
