"""Which engine reads, and what is said where none does."""

import pytest

from pedcorpus.parse.ocr import OcrChoice, find_engine, missing_engine, ocr_signature
from pedcorpus.parse.ocr_rapid import RapidEngine
from pedcorpus.parse.ocr_tesseract import TesseractEngine


@pytest.fixture(autouse=True)
def _forget_engines() -> None:
    find_engine.cache_clear()


@pytest.mark.parametrize(
    ("choice", "rapid", "tesseract", "expected"),
    [
        ("auto", True, True, "rapidocr"),
        ("auto", False, True, "tesseract"),
        ("auto", False, False, None),
        ("tesseract", True, True, "tesseract"),
        ("rapidocr", False, True, None),
        ("off", True, True, None),
    ],
)
def test_the_choice_decides_which_engine_reads(
    monkeypatch: pytest.MonkeyPatch, choice: OcrChoice, rapid: bool, tesseract: bool, expected: str | None
) -> None:
    monkeypatch.setattr(RapidEngine, "is_installed", staticmethod(lambda: rapid))
    monkeypatch.setattr(TesseractEngine, "is_installed", staticmethod(lambda: tesseract))
    monkeypatch.setattr("pedcorpus.parse.ocr_rapid.version", lambda _: "3")
    monkeypatch.setattr("pedcorpus.parse.ocr_tesseract._run", lambda *_: "tesseract 5.3.0\n")
    engine = find_engine(choice)
    assert (engine.name if engine else None) == expected
    assert ocr_signature(choice, 200).endswith("/200" if expected else "")


@pytest.mark.parametrize(
    ("choice", "words"),
    [("auto", "pip install 'pedcorpus[ocr]'"), ("off", 'ingest.ocr = "auto"'), ("tesseract", "chi_sim")],
)
def test_a_missing_engine_names_what_to_do(choice: OcrChoice, words: str) -> None:
    assert words in missing_engine(choice)
