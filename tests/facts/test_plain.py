import pytest

from pedcorpus.facts import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１．发热３８．５℃", "  发热38.5℃"),
        ("\n\n  （1）退热\n②补液", "\n\n     退热\n 补液"),
        ("一、概述；①病因", "  概述; 病因"),
        ("1.5 mg/kg", "1.5 mg/kg"),
    ],
)
def test_marks_of_lists_are_blanked_and_no_place_moves(text: str, expected: str) -> None:
    assert plain(text) == expected
    assert len(expected) == len(text)


def test_a_million_empty_lines_are_read() -> None:
    assert plain("\n" * 1_000_000) == "\n" * 1_000_000
