"""Which parser reads a file: by content first, then by its ending and the kind of its work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from pedcorpus.errors import InputError
from pedcorpus.parse.limits import limited
from pedcorpus.parse.parser import Original, Parsed, Parser, Stream, StreamingParser, StreamRecord
from pedcorpus.parse.signatures import describe_binary, is_html, is_office_encrypted, is_pdf
from pedcorpus.plugins import load_plugins
from pedcorpus.records import SourceKind

__all__ = ["choose_parser", "known_suffixes", "parse_original", "stream_original"]


def _parsers() -> tuple[Parser, ...]:
    return tuple(load_plugins("parsers").values())


def known_suffixes(kind: SourceKind | None = None) -> tuple[str, ...]:
    """File endings that some parser reads, sorted; with `kind`, those read in works of that kind."""
    found = {suffix for parser in _parsers() if kind is None or kind in parser.kinds for suffix in parser.suffixes}
    return tuple(sorted(found))


def choose_parser(original: Original) -> Parser:
    """The parser for `original`.

    Raises:
        InputError: empty, not what its name says, or of a format that is not read in works of its kind.
    """
    suffix = PurePosixPath(original.path).suffix.lower()
    if not original.data:
        raise InputError(original.path, "empty", "found 0 bytes, expected text; replace the file, or delete it")
    if suffix == ".pdf" and not is_pdf(original.data):
        content = _described(original.data) or "bytes without a PDF header"
        raise InputError(original.path, "wrong_format", f"found {content}, expected a PDF; rename or replace the file")
    if is_office_encrypted(original.data):
        detail = "found an office file behind a password, expected one without; open it and save it without a password"
        raise InputError(original.path, "encrypted", detail)
    readers = [parser for parser in _parsers() if original.source.kind in parser.kinds]
    named = [parser for parser in readers if suffix in parser.suffixes]
    chosen = _recognising(named, original) or _recognising(readers, original)
    if chosen is None and (found := _described(original.data)) and not is_pdf(original.data):
        raise InputError(
            original.path, "wrong_format", f"found {found}, {_expected(original)}; convert it, or leave it out"
        )
    chosen = chosen or next(iter(named), None)
    if chosen is None:
        raise InputError(original.path, "unknown_format", f"found {_kind_of(original, suffix)}, {_expected(original)}")
    return chosen


def _described(data: bytes) -> str | None:
    return describe_binary(data) or ("an HTML page" if is_html(data) else None)


def _recognising(parsers: Iterable[Parser], original: Original) -> Parser | None:
    return next((parser for parser in parsers if parser.recognises(original)), None)


def _expected(original: Original) -> str:
    kind = original.source.kind
    return f"expected one of {' '.join(known_suffixes(kind)) or 'no file'} in a work of kind {kind}"


def _kind_of(original: Original, suffix: str) -> str:
    elsewhere = sorted({kind for parser in _parsers() if suffix in parser.suffixes for kind in parser.kinds})
    if is_pdf(original.data):
        return "a PDF"
    if elsewhere:
        return (
            f"{suffix}, which is read in works of kind {', '.join(elsewhere)} (declare the work's kind, or convert it)"
        )
    return f"the ending {suffix!r}, which no parser reads" if suffix else "a name without an ending"


def parse_original(original: Original) -> Parsed:
    """Everything that `original` holds.

    Raises:
        InputError: the file as a whole cannot be used; whatever a library raised is its cause.
    """
    parser = choose_parser(original)
    try:
        return limited(original.limits).run(parser.parse, original)
    except InputError:
        raise
    except Exception as error:  # the room's edge: one file must not end the batch, whatever a library raises
        raise _unreadable(original, parser, error) from error


def stream_original(original: Original) -> Stream | None:
    """What `original` holds, one record at a time; none where its parser cannot hand it over so.

    Raises:
        InputError: the file as a whole cannot be used; its records raise it, too.
    """
    parser = choose_parser(original)
    if not isinstance(parser, StreamingParser):
        return None
    try:
        stream = limited(original.limits).run(parser.stream, original)
    except InputError:
        raise
    except Exception as error:  # the room's edge, as above
        raise _unreadable(original, parser, error) from error
    return replace(stream, records=_guarded(stream.records, original, parser))


def _guarded(records: Iterator[StreamRecord], original: Original, parser: Parser) -> Iterator[StreamRecord]:
    context = limited(original.limits)
    try:
        while (record := context.run(next, records, None)) is not None:
            yield record
    except InputError:
        raise
    except Exception as error:  # the room's edge, as above
        raise _unreadable(original, parser, error) from error


def _unreadable(original: Original, parser: Parser, error: Exception) -> InputError:
    detail = f"{parser.name} could not read it ({type(error).__name__}: {str(error)[:200]}), expected a sound file"
    return InputError(original.path, "unreadable", f"{detail}; open it in another program to check it")
