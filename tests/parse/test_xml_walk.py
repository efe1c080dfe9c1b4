"""XML is walked with its places, and only so far as is safe."""

from __future__ import annotations

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse.limits import Limits, limited
from pedcorpus.parse.xml_walk import as_utf8, walk_xml


def test_an_element_ends_with_its_text_and_its_span() -> None:
    data = as_utf8('<?xml version="1.0" encoding="gb2312"?>\n<图 甲="a>b">\n 文<空/></图>')
    ends = [
        (event.local, event.text, event.line, data[event.start : event.end].decode())
        for event in walk_xml(data, "a")
        if event.kind == "end"
    ]
    assert ends == [("空", "", 3, "<空/>"), ("图", "\n 文", 2, '<图 甲="a>b">\n 文<空/></图>')]


def test_a_declared_abbreviation_is_filled_in() -> None:
    data = b'<!DOCTYPE a [<!ENTITY obo "http://x/">]><a b="&obo;1"/>'
    assert next(walk_xml(data, "a")).attributes == {"b": "http://x/1"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<a>" * 200, "too_deep"),
        ("<a><b></a>", "invalid_xml"),
        ("", "invalid_xml"),
        ("<a>" + "x" * 2_000 + "</a>", "too_large"),
        ('<!DOCTYPE a [<!ENTITY e "' + "x" * 400 + '">]><a>&e;</a>', "xml_entities"),
        ("<!DOCTYPE a [" + "".join(f'<!ENTITY e{n} "x">' for n in range(300)) + "]><a/>", "xml_entities"),
        ('<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a>&e;</a>', "xml_entities"),
    ],
    ids=["deep", "crossed", "nothing", "long-text", "long-entity", "many-entities", "unknown-entity"],
)
def test_what_could_run_away_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        limited(Limits(cell_chars=1_000)).run(list, walk_xml(text.encode(), "a.xml"))
    assert refused.value.reason == reason
