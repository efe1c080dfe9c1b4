"""Bytes to text: the encodings that shelves hold, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.errors import InputError
from pedcorpus.parse.decode import decode

SIMPLIFIED = "热性惊厥是儿童最常见的惊厥，多见于6个月至3岁。"
TRADITIONAL = "熱性驚厥是兒童最常見的驚厥，多見於六個月至三歲，應當注意觀察體溫與呼吸。"


@pytest.mark.parametrize(
    ("encoding", "text", "named"),
    [
        ("utf-8", SIMPLIFIED, "utf-8"),
        ("utf-8-sig", SIMPLIFIED, "utf-8-sig"),
        ("utf-16", SIMPLIFIED, "utf-16"),
        ("gbk", SIMPLIFIED, "gb18030"),
        ("gbk", TRADITIONAL, "gb18030"),
        ("gb18030", SIMPLIFIED + "𫫇心，㿠白，𰻝。", "gb18030"),  # four-byte characters that GBK refuses
        ("big5", TRADITIONAL, "big5"),
        ("ascii", "Febrile seizures.", "utf-8"),
        ("utf-16-le", SIMPLIFIED, "utf-16-le"),  # without a mark, and without a zero byte but in digits
        ("utf-16-be", TRADITIONAL, "utf-16-be"),
        ("utf-16-le", "Febrile seizures.", "utf-16-le"),
    ],
)
def test_an_encoding_is_told_from_the_bytes(encoding: str, text: str, named: str) -> None:
    decoded = decode(text.encode(encoding), where="a.txt")
    assert (decoded.text, decoded.encoding) == (text, named)


def test_big_endian_utf16_with_a_mark_is_read() -> None:
    assert decode(b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), where="a.txt").text == SIMPLIFIED


def test_a_few_control_bytes_are_removed() -> None:
    assert decode((SIMPLIFIED + "\x00\x07第二行").encode(), where="a.txt").text == SIMPLIFIED + "第二行"


def test_newlines_become_line_feeds() -> None:
    assert decode("一\r\n二\r三\n".encode(), where="a.txt").text == "一\n二\n三\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"\xff\xff\xff\xff\xff\xff\xff", "unknown_encoding"),
        ((SIMPLIFIED * 5).encode()[:-1], "damaged_text"),  # cut in the middle of a character
        (b"\xff\xfe\x41", "damaged_text"),
        (b"\xef\xbb\xbf \n", "empty"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        decode(data, where="a.txt")
    assert refused.value.reason == reason
    assert "\n" not in str(refused.value)


LINE = SIMPLIFIED + "\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LINE.encode() + LINE.encode("gb18030") + LINE.encode(), "utf-8+gb18030"),
        ((LINE * 20).encode("gb18030") + LINE.encode(), "utf-8+gb18030"),
        ((TRADITIONAL + "\n").encode("big5") + (TRADITIONAL + "\n").encode(), "utf-8+big5"),
        (b"\xef\xbb\xbf" + LINE.encode() + LINE.encode("gb18030"), "utf-8-sig+gb18030"),
    ],
)
def test_lines_in_several_encodings_are_each_read_in_theirs(data: bytes, encoding: str) -> None:
    decoded = decode(data, where="a.txt")
    assert decoded.encoding == encoding
    assert set(decoded.text.splitlines()) in ({SIMPLIFIED}, {TRADITIONAL})


@pytest.mark.parametrize(
    "data",
    [
        (LINE * 9).encode() + b"\xe7\x83 5 mg\n" + LINE.encode(),
        (LINE * 9).encode("gb18030") + b"\xff\x80" + (LINE * 2).encode("gb18030"),
        b"\xff\xfe" + LINE.encode("utf-16-le") + b"\x00\xd8\x0a\x00" + LINE.encode("utf-16-le"),
        (LINE * 9).encode() + b"a\xed\xa0\x80b\n" + LINE.encode(),  # half a character, as UTF-8
    ],
)
def test_damage_is_kept_to_its_line_where_the_caller_takes_it(data: bytes) -> None:
    with pytest.raises(InputError, match="damaged") as refused:
        decode(data, where="a.txt")
    assert refused.value.reason == "damaged_text"
    lines = decode(data, where="a.txt", damaged=True).text.splitlines()
    assert [line for line in lines if "\ufffd" not in line and line] == [SIMPLIFIED] * (len(lines) - 1)


def test_halves_of_a_character_from_old_databases_are_joined() -> None:
    halves = "\ud883\udedd".encode("utf-8", "surrogatepass")
    assert decode(LINE.encode() + halves, where="a.txt").text == LINE + "𰻝"


def test_a_named_charset_is_believed_where_the_bytes_allow_it() -> None:
    data = "café “x”".encode("windows-1252")
    assert decode(data, where="a.html", charset="iso-8859-1").text == "café “x”"
    assert decode(SIMPLIFIED.encode(), where="a.html", charset="gb2312").text == SIMPLIFIED


@given(st.binary(max_size=400))
def test_no_bytes_give_a_replacement_character_that_they_do_not_hold(data: bytes) -> None:
    try:
        text = decode(data, where="a.txt").text
    except InputError:
        return
    assert "\ufffd" not in text or "\ufffd".encode() in data or "\ufffd".encode("gb18030") in data or data[:2] in (
        b"\xff\xfe",
        b"\xfe\xff",
    )  # fmt: skip
    text.encode("utf-8")


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=200))
def test_utf8_text_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode("utf-8"), where="a.txt").text == text
