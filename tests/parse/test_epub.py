"""EPUB books: the order of the spine, addresses in its files, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original
from pedcorpus.records import PassageKind
from tests.parse.office_files import epub, epub_members, xhtml, zipped

Make = Callable[..., Original]
FIRST = xhtml("<h1>第一章 发热</h1><p>体温≥38&#x2103;。</p>")
SECOND = xhtml("<h1>第二章 腹泻</h1><p>补液。</p><aside epub:type='footnote'><p>1. 见附录。</p></aside>")
ENCRYPTION = (
    '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
    '<e:EncryptionMethod Algorithm="{}"/><e:CipherData><e:CipherReference URI="OEBPS/{}"/></e:CipherData>'
    "</e:EncryptedData></encryption>"
)


def test_chapters_are_read_in_the_order_of_the_spine(original: Make) -> None:
    found = parse_original(original("b.epub", epub({"z.xhtml": FIRST, "a b.xhtml": SECOND}))).passages
    assert [(one.text, one.address.heading_path[0], one.address.entity) for one in found] == [
        ("体温≥38℃。", "第一章 发热", "OEBPS/z.xhtml"),
        ("补液。", "第二章 腹泻", "OEBPS/a b.xhtml"),
        ("1. 见附录。", "第二章 腹泻", "OEBPS/a b.xhtml"),
    ]
    assert found[2].kind is PassageKind.FOOTNOTE


def test_spans_count_in_the_file_that_the_address_names(original: Make) -> None:
    chapters = {"1.xhtml": FIRST, "2.xhtml": SECOND}
    for one in parse_original(original("b.epub", epub(chapters))).passages:
        source = chapters[(one.address.entity or "").removeprefix("OEBPS/")]
        assert source[one.address.start : one.address.end].replace("&#x2103;", "℃") == one.text


def test_a_file_without_a_heading_has_its_title_from_the_contents(original: Make) -> None:
    plain = {"1.xhtml": xhtml("<p>甲。</p>"), "2.xhtml": xhtml("<p>第二章</p><p>乙。</p>")}
    contents = "<a href='1.xhtml#x'>第一章</a><a href='2.xhtml'>第二章</a>"
    found = parse_original(original("b.epub", epub(plain, contents=contents))).passages
    assert [(one.address.heading_path, one.text) for one in found] == [(("第一章",), "甲。"), (("第二章",), "乙。")]


def test_a_damaged_chapter_is_a_failure_and_the_others_are_read(original: Make) -> None:
    chapters = {"1.xhtml": b"<p>" + bytes(range(1, 9)) * 50, "2.xhtml": SECOND}
    parsed = parse_original(original("b.epub", epub(chapters)))
    assert [(one.reason, "1.xhtml" in one.where) for one in parsed.failures] == [("binary", True)]
    assert parsed.passages[0].text == "补液。"


def test_a_chapter_in_an_old_encoding_is_read(original: Make) -> None:
    page = "<?xml version='1.0' encoding='gb2312'?><html><body><p>呕吐与腹泻。</p></body></html>"
    (found,) = parse_original(original("b.epub", epub({"1.xhtml": page.encode("gb2312")}))).passages
    assert found.text == "呕吐与腹泻。"


BOMB = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><p>&b;</p>'
MEMBERS = epub_members({"1.xhtml": FIRST})


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        (MEMBERS | {"OEBPS/1.xhtml": BOMB}, "unsafe_archive"),
        (MEMBERS | {"OEBPS/content.opf": BOMB}, "unsafe_archive"),
        (MEMBERS | {"../1.xhtml": "x"}, "unsafe_archive"),
        (MEMBERS | {"OEBPS/1.xhtml": "甲" * 3_000_000}, "archive_bomb"),
        (MEMBERS | {"META-INF/encryption.xml": ENCRYPTION.format("aes256", "1.xhtml")}, "encrypted"),
        (MEMBERS | {"OEBPS/content.opf": "<package"}, "damaged_archive"),
        (MEMBERS | {"OEBPS/content.opf": "<package/>"}, "missing_part"),
        ({"META-INF/container.xml": "<container/>"}, "missing_part"),
        (MEMBERS | {"OEBPS/1.xhtml": xhtml("<img src='a.png'/>")}, "no_text"),
    ],
)
def test_a_book_that_is_not_read_says_why(original: Make, members: dict[str, str | bytes], reason: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_original(original("b.epub", zipped(members)))
    assert (refused.value.reason, "\n" in str(refused.value)) == (reason, False)


def test_garbled_fonts_are_no_copy_protection(original: Make) -> None:
    font = ENCRYPTION.format("http://www.idpf.org/2008/embedding", "a.otf")
    assert parse_original(original("b.epub", zipped(MEMBERS | {"META-INF/encryption.xml": font}))).passages


def test_an_epub_2_has_its_titles_from_the_ncx(original: Make) -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>第一章</text></navLabel>'
        '<content src="1.html"/></navPoint></navMap></ncx>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="1.html" media-type="text/html"/>'
        '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
        '<spine toc="n"><itemref idref="a"/></spine></package>'
    )
    members = MEMBERS | {"OEBPS/content.opf": package, "OEBPS/toc.ncx": ncx, "OEBPS/1.html": xhtml("<p>甲。</p>")}
    (found,) = parse_original(original("b.epub", zipped(members))).passages
    assert found.address.heading_path == ("第一章",)
