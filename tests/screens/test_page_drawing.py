from __future__ import annotations

from pedcorpus.records import Box
from pedcorpus.screens.page_drawing import PAGE_EDGE, decoded
from tests.screens.fake_desk import page_of_lines

BOX = Box(page=1, x0=100, y0=100, x1=200, y1=140, start=0, end=1)


def view(*, region=(0, 0, 595, 842), boxes=(), has_greys=True):
    size = (round(region[2] - region[0]), round(region[3] - region[1]))
    return decoded(page_of_lines(1)).view(region, size, boxes, has_greys=has_greys)


def test_the_box_is_filled_and_outlined_where_it_is():
    seen = view(boxes=[BOX])
    red, green, blue = seen.getpixel((150, 125))  # between two lines of print
    assert red > 200
    assert green > 150
    assert blue < 150
    assert seen.getpixel((150, 98)) == (196, 92, 0)
    assert seen.getpixel((40, 120)) == (255, 255, 255)


def test_the_print_stays_readable_under_the_box():
    assert max(view(boxes=[BOX]).getpixel((150, 132))) < 60


def test_a_part_is_drawn_at_its_place():
    whole, part = view(boxes=[BOX]), view(region=(90, 90, 290, 190), boxes=[BOX])
    assert part.getpixel((60, 35)) == whole.getpixel((150, 125))


def test_what_lies_beyond_the_page_is_no_paper():
    seen = view(region=(-100, -10, 695, 852))
    assert seen.getpixel((10, 400)) == PAGE_EDGE
    assert seen.getpixel((150, 30)) == (255, 255, 255)


def test_a_box_out_of_view_leaves_no_trace():
    assert view(region=(300, 300, 400, 400), boxes=[BOX]).getcolors() == view(region=(300, 300, 400, 400)).getcolors()


def test_without_greys_the_print_is_black_on_white():
    assert {colour for _, colour in view(has_greys=False).getcolors()} == {(0, 0, 0), (255, 255, 255)}
