"""Files to passages, triples and dialogues, one module a format; knows no corpus and no folder."""

from pedcorpus.parse.choose import choose_parser, known_suffixes, parse_original, stream_original
from pedcorpus.parse.declaration import Declaration, declaration_template, read_declaration, undeclared
from pedcorpus.parse.decode import DecodedText, read_text
from pedcorpus.parse.limits import Limits
from pedcorpus.parse.looks import LOOKED_AT_BYTES, looks_like_kind
from pedcorpus.parse.ocr import ocr_signature
from pedcorpus.parse.parser import Original, Parsed, ParseOptions, Parser, Stream
from pedcorpus.parse.relations import RELATIONS, relation_of
from pedcorpus.parse.signatures import PDF_WINDOW, is_pdf

__all__ = [
    "LOOKED_AT_BYTES",
    "PDF_WINDOW",
    "RELATIONS",
    "Declaration",
    "DecodedText",
    "Limits",
    "Original",
    "ParseOptions",
    "Parsed",
    "Parser",
    "Stream",
    "choose_parser",
    "declaration_template",
    "is_pdf",
    "known_suffixes",
    "looks_like_kind",
    "ocr_signature",
    "parse_original",
    "read_declaration",
    "read_text",
    "relation_of",
    "stream_original",
    "undeclared",
]
