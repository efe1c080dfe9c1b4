"""HTML pages: their own text with its place in the source, in whatever encoding they say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original, read_text
from pedcorpus.parse.html import charset_of, page_blocks

Make = Callable[..., Original]
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>站</title></head><body>
<header class="site-nav"><a href="/">首页</a></header>
<main><h1>热性惊厥</h1><h2>病因</h2><p>与遗传有关，体温&gt;38.5&nbsp;℃。</p>
<table><tr><th>药</th><th>量</th></tr><tr><td>地西泮</td><td>0.3 mg/kg</td></tr></table></main>
<footer>版权所有</footer></body></html>"""


def test_a_page_gives_its_own_text_under_its_headings(original: Make) -> None:
    made = original("a.html", PAGE.format(charset="utf-8"))
    found = parse_original(made).passages
    assert [one.text for one in found] == ["与遗传有关，体温>38.5 ℃。", "药 | 量\n地西泮 | 0.3 mg/kg"]
    assert {one.address.heading_path for one in found} == {("热性惊厥", "病因")}
    printed = read_text(made).text[found[0].address.start : found[0].address.end]
    assert printed == "与遗传有关，体温&gt;38.5&nbsp;℃。"


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gb18030"), ("big5", "big5"), ("utf-8", "utf-8"), ("shift_jis", "shift_jis")]
)
def test_a_page_is_read_in_the_encoding_that_it_names(original: Make, charset: str, encoding: str) -> None:
    text = PAGE.format(charset=charset).replace("热", "発" if charset == "shift_jis" else "熱")
    data = text.encode(encoding, "xmlcharrefreplace")
    parsed = parse_original(original("a.htm", data))
    assert parsed.document.encoding == encoding
    assert parsed.passages[-1].address.heading_path[0].endswith("性惊厥")


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b"<meta charset=gbk>", "gbk"),
        (b"<meta http-equiv=a content='text/html; charset=big5'>", "big5"),
        (b"<?xml version='1.0' encoding='utf-16'?>", "utf-16"),
        (b"<p>charset=x", None),
    ],
)
def test_a_page_names_its_encoding(head: bytes, charset: str | None) -> None:
    assert charset_of(head) == charset


def test_a_short_article_beside_long_text_is_a_teaser() -> None:
    page = "<article>短</article><p>" + "正文很长。" * 20 + "</p>"
    assert [block.text for block in page_blocks(page)][-1].startswith("正文")
    assert [block.text for block in page_blocks("<article>" + "正文。" * 20 + "</article><p>旁注</p>")] == [
        "正文。" * 20
    ]


def test_a_page_of_menus_alone_is_read_whole() -> None:
    assert [block.text for block in page_blocks("<nav><p>目录</p></nav>")] == ["目录"]


def test_a_damaged_paragraph_is_a_failure_and_the_rest_is_read(original: Make) -> None:
    data = ("<html><body>" + "<p>热性惊厥多见于婴幼儿。</p>\n" * 9).encode() + b"<p>\xe7\x83 5 mg</p>"
    parsed = parse_original(original("a.html", data))
    assert (len(parsed.passages), [one.reason for one in parsed.failures]) == (9, ["damaged_text"])


def test_a_page_without_text_is_refused(original: Make) -> None:
    with pytest.raises(InputError) as refused:
        parse_original(original("a.html", "<html><body><img src=a.png></body></html>"))
    assert refused.value.reason == "no_text"
