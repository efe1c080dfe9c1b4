import pymupdf
import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse.page_image import draw_page, render_page
from pedcorpus.records import Box

BOX = Box(page=1, x0=100, y0=100, x1=200, y1=120, start=0, end=4)


def pdf(rotation: int = 0) -> bytes:
    document = pymupdf.open()
    document.new_page(width=300, height=300).set_rotation(rotation)
    data: bytes = document.tobytes()
    return data


def colour(picture: bytes, x: float, y: float) -> tuple[int, ...]:
    pixels = pymupdf.Pixmap(picture)
    scale = pixels.width / 300
    return tuple(pixels.pixel(int(x * scale), int(y * scale)))


@pytest.mark.parametrize("rotation", [0, 90])
def test_the_box_is_highlighted_and_the_rest_is_not(rotation: int) -> None:
    picture = render_page(pdf(rotation), 1, [BOX])
    red, green, blue = colour(picture, 150, 110)
    assert red > blue + 40
    assert green > blue + 40
    assert colour(picture, 50, 50) == (255, 255, 255)


def test_the_resolution_is_as_asked() -> None:
    assert pymupdf.Pixmap(render_page(pdf(), 1, [], dpi=144)).width == 600


def test_a_huge_page_is_drawn_with_fewer_dots() -> None:
    document = pymupdf.open()
    document.new_page(width=14_000, height=14_000)
    drawing = draw_page(document.tobytes(), 1, dpi=180)
    assert pymupdf.Pixmap(drawing.png).width == 4000
    assert (drawing.width_pt, drawing.height_pt) == (14_000, 14_000)


@pytest.mark.parametrize(
    ("data", "page", "reason"),
    [(pdf(), 2, "no_such_page"), (pdf(), 0, "no_such_page"), (b"not a PDF", 1, "unreadable")],
    ids=["after the last", "before the first", "no PDF"],
)
def test_what_cannot_be_drawn_is_told(data: bytes, page: int, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        render_page(data, page, [])
    assert caught.value.reason == reason
