"""Small PDFs for tests, made with the built-in Chinese font."""

from __future__ import annotations

import pymupdf

PAGE = (595, 842)


def new_pdf(pages: list[list[tuple[float, float, float, str]]], *, head: str = "") -> bytes:
    """A PDF whose pages hold `(x, baseline, size, text)` lines, with a running head and page numbers."""
    document = pymupdf.open()
    for number, lines in enumerate(pages, 1):
        page = document.new_page(width=PAGE[0], height=PAGE[1])
        if head:
            page.insert_text((72, 40), head, fontsize=9, fontname="china-s")
            page.insert_text((290, 815), f"- {number} -", fontsize=9, fontname="china-s")
        for x, y, size, text in lines:
            page.insert_text((x, y), text, fontsize=size, fontname="china-s")
    return document.tobytes()


def column(x: float, top: float, texts: list[str], *, size: float = 10.5, step: float = 16) -> list:
    """Lines below one another."""
    return [(x, top + step * number, size, text) for number, text in enumerate(texts)]


def with_grid(rows: list[list[str]]) -> bytes:
    """A page with one ruled table between two lines of text."""
    document = pymupdf.open()
    page = document.new_page(width=PAGE[0], height=PAGE[1])
    page.insert_text((72, 100), "上文讲分度。", fontsize=10.5, fontname="china-s")
    left, top, width, height = 72, 130, 110, 24
    for row in range(len(rows) + 1):
        page.draw_line((left, top + row * height), (left + width * len(rows[0]), top + row * height))
    for col in range(len(rows[0]) + 1):
        page.draw_line((left + col * width, top), (left + col * width, top + height * len(rows)))
    for row, cells in enumerate(rows):
        for col, cell in enumerate(cells):
            page.insert_text((left + col * width + 5, top + row * height + 16), cell, fontsize=10, fontname="china-s")
    page.insert_text((72, 260), "下文讲处理。", fontsize=10.5, fontname="china-s")
    return document.tobytes()


def with_three_rules(rows: list[list[str]]) -> bytes:
    """A page with a three-line table under its caption."""
    document = pymupdf.open()
    page = document.new_page(width=PAGE[0], height=PAGE[1])
    page.insert_text((72, 100), "表1 脱水分度", fontsize=10.5, fontname="china-s")
    for y in (110, 130, 130 + 20 * len(rows) - 20):
        page.draw_line((72, y), (520, y))
    for number, cells in enumerate(rows):
        for col, cell in enumerate(cells):
            page.insert_text((80 + col * 150, 124 + number * 20), cell, fontsize=10, fontname="china-s")
    page.insert_text((72, 260), "下文讲处理。", fontsize=10.5, fontname="china-s")
    return document.tobytes()
