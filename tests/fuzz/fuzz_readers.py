"""Feeds mutated bytes to the readers of text formats until one crashes, hangs or lets a lost character through.

By hand, for some minutes; atheris is no dependency of the project:

    pip install atheris
    python tests/fuzz/fuzz_readers.py html -max_total_time=120 -max_len=4096 -timeout=10 /tmp/corpus-html

The first argument is `html`, `md`, `txt`, `json`, `docx` or `epub`; the rest goes to libFuzzer. `docx` and `epub`
mutate the text inside a sound archive. What it finds goes to `tests/fuzz/found` as `NAME.html` (or `.md`, …), where
`test_what_fuzzing_found_stays_mended` reads it from then on.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["pedcorpus.parse"]):
    from pedcorpus.errors import InputError
    from pedcorpus.parse import Original, parse_original
    from pedcorpus.records import Source, SourceKind
    from tests.parse.office_files import docx, epub, paragraph, run

SEEDS = {
    "html": b"<main><h1>\xe7\xab\xa0</h1><table><tr><td rowspan=2>a<td>b<tr><td>c</table><sup>2</sup>&lt;&#0;</main>",
    "md": b"# a\n\n$1 0 ^ { 9 } / \\mathrm { L }$ **b**  \nc<sup>2</sup>\n\n<table><tr><td>a</table>\n\n|a|\n|-|\n",
    "txt": "<篇名>某书\n属性：甲。\n第一章 总论\n    正文，\n续行。\n".encode("gb18030"),
    "json": b'[{"type":"text","text":"$5 \\\\%$","text_level":1,"page_idx":0,"bbox":[1,2,3,4]}]',
    "docx": b"</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p><w:r><w:t>",
    "epub": b"<h1>a</h1><math><msup><mi>m</mi><mn>2</mn></msup></math><aside epub:type='footnote'>n</aside>",
}


def original_of(kind: str, data: bytes) -> Original:
    """A file of `kind` that holds `data`."""
    if kind == "docx":
        data = docx(paragraph(run(data.decode("utf-8", "ignore"))))
    elif kind == "epub":
        data = epub({"1.xhtml": data})
    return Original(Source(id="fuzz", kind=SourceKind.GUIDELINE, title="书"), f"a.{kind}", data)


def check(kind: str, data: bytes) -> None:
    """Raise where a reader does what no reader may."""
    try:
        parsed = parse_original(original_of(kind, data))
    except InputError as refused:
        if refused.__cause__ is not None and "could not read it" in refused.detail:
            raise refused.__cause__ from refused
        return
    for passage in parsed.passages:
        if "\ufffd" in passage.model_dump_json():
            raise AssertionError("a lost character in a passage")
        if (passage.address.start or 0) >= (passage.address.end or 0):
            raise AssertionError("a span without characters")


def main() -> None:
    """Start libFuzzer on one kind of file."""
    kind = sys.argv.pop(1)
    corpus = next((Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")), None)
    if corpus is not None:
        corpus.mkdir(parents=True, exist_ok=True)
        (corpus / "seed").write_bytes(SEEDS[kind])
    atheris.Setup(sys.argv, lambda data: check(kind, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
