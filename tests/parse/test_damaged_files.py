"""Sound files with bytes changed, left out or put in: whatever comes, it is passages, failures or one InputError."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original
from pedcorpus.records import Source, SourceKind
from tests.fuzz.targets import TARGETS
from tests.fuzz.targets import check as check_target
from tests.parse.office_files import cell, docx, epub_members, paragraph, raised, row, run, styles, xhtml, zipped

FOUND = sorted((Path(__file__).parents[1] / "fuzz" / "found").glob("*"))
BODY = "<h1>第一章</h1><p>体温 38&#x2103;，m<sup>2</sup>。</p><table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>"
WORD = [
    paragraph(run("第一章"), style="a1"),
    paragraph(run("面积 m"), raised("2")),
    f"<w:tbl>{row(cell('甲'), cell('乙'))}</w:tbl>",
]
SOUND: dict[str, bytes] = {
    "a.docx": docx(*WORD, styles=styles(("a1", "heading 1", ""))),
    "a.epub": zipped(epub_members({"1.xhtml": xhtml(BODY)}, contents="<a href='1.xhtml'>第一章</a>")),
    "a.html": f"<!DOCTYPE html><html><body><nav>x</nav><main>{BODY}</main></body></html>".encode(),
    "a.md": "# 章\n\n值 $5 \\%$，**重** m<sup>2</sup>\n\n<table><tr><td>a<td>b</table>\n\n|a|b|\n|-|-|\n".encode(),
    "a.txt": "第一章 总论\n\n    热性惊厥是儿童最常见的惊厥，\n多见于婴幼儿。\n".encode("gb18030"),
    "a.json": json.dumps(
        [{"type": "table", "table_body": f"<table>{BODY}</table>", "table_caption": ["表1"], "page_idx": 0},
         {"type": "text", "text": "正文 $3 0 \\%$", "bbox": [1, 2, 3, 4], "page_idx": 1}], ensure_ascii=False
    ).encode(),
}  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """`data` with up to six stretches replaced by other bytes."""
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(changed)))
        changed[at : at + draw(st.integers(0, 8))] = draw(st.binary(max_size=8) | st.sampled_from(PIECES))
    return bytes(changed)


PIECES = [
    b"<",
    b">",
    b"</p>",
    b"<table>",
    b"$",
    b"\\",
    b"{",
    b"\x00",
    b"\xff\xfe",
    b"&#0;",
    b"\xed\xa0\x80",
    b"PK\x01\x02",
]


def assert_refused_or_sound(name: str, data: bytes) -> None:
    made = Original(Source(id="work", kind=SourceKind.TEXTBOOK, title="书"), name, data)
    parsed = refused = None
    try:
        parsed = parse_original(made)
    except InputError as error:
        refused = error
    if refused is not None:
        assert "\n" not in str(refused)
        assert "could not read it" not in refused.detail, refused.__cause__
    for passage in parsed.passages if parsed else ():
        assert "\ufffd" not in passage.model_dump_json()
        assert passage.address.start is not None
        assert passage.address.end is not None
        assert passage.address.start < passage.address.end


@pytest.mark.parametrize("name", SOUND)
def test_a_damaged_file_is_refused_or_read_in_part(name: str) -> None:
    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(damaged(SOUND[name]))
    def check(data: bytes) -> None:
        assert_refused_or_sound(name, data)

    check()


@pytest.mark.parametrize("member", ["OEBPS/1.xhtml", "OEBPS/content.opf", "META-INF/container.xml", "OEBPS/nav.xhtml"])
def test_a_book_with_a_damaged_part_is_refused_or_read_in_part(member: str) -> None:
    members = epub_members({"1.xhtml": xhtml(BODY)})
    whole = members[member]

    @settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(damaged(whole.encode() if isinstance(whole, str) else whole))
    def check(data: bytes) -> None:
        assert_refused_or_sound("a.epub", zipped(members | {member: data}))

    check()


def test_a_word_file_with_damaged_markup_is_refused_or_read_in_part() -> None:
    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.permutations(WORD * 2),
        st.sampled_from(["w:p", "w:r", "w:tc", "w:tr", "w:tbl", "w:val"]),
        st.text("ab:", max_size=4),
    )
    def check(body: list[str], old: str, new: str) -> None:
        assert_refused_or_sound("a.docx", docx("".join(body).replace(old, f"w:{new}" if ":" not in new else "w:x")))

    check()


@pytest.mark.parametrize("case", FOUND, ids=lambda path: path.name)
def test_what_fuzzing_found_stays_mended(case: Path) -> None:
    check_target(case.suffix.removeprefix("."), case.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_starts_from_is_read(name: str) -> None:
    parsed = parse_original(TARGETS[name].original(TARGETS[name].seed))
    assert parsed.passages or parsed.dialogues or parsed.triples
