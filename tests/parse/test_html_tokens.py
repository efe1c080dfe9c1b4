"""HTML cut into tags and text, each with its place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.parse.html_tokens import attributes_of, resolve_entities, tokens_of


def texts(source: str) -> list[str]:
    return [source[one.start : one.end] for one in tokens_of(source) if not one.name]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>甲</p>乙", ["甲", "乙"]),
        ("甲<!-- <p>注</p> -->乙", ["甲", "乙"]),
        ("<!DOCTYPE html><?xml version='1.0'?>甲", ["甲"]),
        ("体温<38、P<0.05、RNA<LLD", ["体温<38、P<0.05、RNA<LLD"]),  # a sign is no tag
        ('<a title="1>0">甲</a>', ["甲"]),
        ("<p class=a title='b'>甲", ["甲"]),
        ("<script>if (a<b) '</p>'</script>甲", ["if (a<b) '</p>'", "甲"]),
        ("<title>题<p>甲", ["题", "甲"]),  # never closed: the rest of the page is not its title
        ("<![CDATA[甲]]>乙", ["甲", "乙"]),
        ("甲<!-- 未完<p>乙</p>丙", ["甲", "乙", "丙"]),  # not closed: the rest of the page is no comment
        ("甲<!-->乙", ["甲", "乙"]),
        ("甲<p 乙", ["甲<p 乙"]),
    ],
)
def test_text_is_what_is_no_markup(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_tags_have_lower_case_names_without_prefix() -> None:
    found = [(one.name, one.is_close, one.is_empty) for one in tokens_of("<H1></H1><br/><m:mi>")]
    assert found == [("h1", False, False), ("h1", True, False), ("br", False, True), ("mi", False, False)]


def test_attributes_are_read_whatever_their_quotes() -> None:
    source = """<td ColSpan="2" rowspan='3' class=a&amp;b hidden colspan=9>"""
    (token,) = tokens_of(source)
    assert attributes_of(source, token) == {"colspan": "2", "rowspan": "3", "class": "a&b", "hidden": ""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("&lt;5&#x4E2D;&hellip;", "<5中…"), ("AT&T &nosuch; &amp", "AT&T &nosuch; &amp"), ("甲&#0;乙", "甲乙")],
)
def test_entities_become_what_they_mean(text: str, expected: str) -> None:
    found, origin = resolve_entities(text, range(len(text)))
    assert found == expected
    assert len(origin) == len(found)


MARKUP = st.sampled_from(
    ["<p>", "</p>", "<", ">", '"', "'", "=", "<!--", "-->", "<script>", "</script>", "<a b=", "甲", "&lt;", " ", "/"]
)


@given(st.lists(MARKUP, max_size=40).map("".join))
def test_tokens_are_in_order_and_apart(source: str) -> None:
    last = 0
    for token in tokens_of(source):
        assert last <= token.start <= token.end <= len(source)
        last = token.end


@pytest.mark.parametrize(
    "unit",
    ["<", "<!--", '<a b="', "<a b='<a b=\"", "<p ", "<title>", "<![CDATA[", "</", "<a =", '<a b="<a b=" c="', "&#"],
)
def test_hostile_markup_costs_time_in_proportion_to_its_length(unit: str) -> None:
    source = unit * (200_000 // len(unit)) + ">"
    began = time.process_time()
    resolve_entities(source, range(len(source)))
    assert sum(1 for _ in tokens_of(source)) >= 0
    assert time.process_time() - began < 5
