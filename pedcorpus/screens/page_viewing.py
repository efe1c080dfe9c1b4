"""The review screen's `p`: the page of a quote beside the instruction, for as long as it is wanted."""

from __future__ import annotations

from collections.abc import Callable

from textual import on

from pedcorpus.review import Desk, EvidenceContext, NoPicture, ReviewItem, quote_boxes
from pedcorpus.screens.desk_line import DeskLine
from pedcorpus.screens.messages import PageDrawn
from pedcorpus.screens.page import Block
from pedcorpus.screens.page_drawing import DrawnPage
from pedcorpus.screens.page_pane import PageCanvas
from pedcorpus.screens.review_panes import ReviewPanes
from pedcorpus.screens.source_blocks import page_title
from pedcorpus.screens.words import Words

__all__ = ["PAGE_KEYS", "PageViewing"]

PAGE_KEYS = (
    ("p", "page"),
    ("plus,equals_sign", "zoom(1)"),
    ("minus", "zoom(-1)"),
    ("0", "to_box"),
    ("P", "open_page"),
    ("left", "pan(-0.25, 0)"),
    ("right", "pan(0.25, 0)"),
    *((str(number), f"quote({number})") for number in range(1, 10)),
)
_WHILE_OPEN = frozenset({"zoom", "to_box", "pan", "quote", "next_quote"})


class PageViewing(ReviewPanes):
    """While the page is wanted, each item shows the page of one of its quotes; where there is none, why."""

    def __init__(self, words: Words, desk: Desk) -> None:
        super().__init__(words, reviewer=desk.reviewer, adjudicates=desk.adjudicates)
        self._line = DeskLine(desk, self)
        self._is_page_wanted = False
        self._viewed: ReviewItem | None = None
        self._quote = 0
        self._drawn: tuple[tuple[str, int | None], DrawnPage] | None = None

    # What is shown

    def show_item(self, item: ReviewItem) -> None:
        """As in the panes, with the page of the first quote that has one."""
        is_same = self._viewed is not None and self._viewed.instruction.id == item.instruction.id
        self._viewed = item
        if not is_same:
            pages = [context.evidence.address.page for context in item.contexts]
            self._quote = next((place for place, page in enumerate(pages) if page is not None), 0)
        super().show_item(item)
        self._bring_page()

    def show_no_item(self, blocks: list[Block]) -> None:
        super().show_no_item(blocks)
        self._viewed = None
        self.fold_page()

    @property
    def _chosen(self) -> EvidenceContext | None:
        """The quote whose page is asked for."""
        return self._viewed.contexts[self._quote] if self._viewed and self._viewed.contexts else None

    def _bring_page(self) -> None:
        """Show the page of the chosen quote, if one is wanted; it may have to be drawn first."""
        context = self._chosen
        if not self._is_page_wanted or context is None:
            self.fold_page()
        elif context.evidence.address.page is None:
            self._say_no_page(NoPicture("no_page"))
        else:
            self.unfold_page(page_title(self._quote + 1, context, self._words))
            self._draw(context)

    def _draw(self, context: EvidenceContext) -> None:
        canvas, address = self.query_one(PageCanvas), context.evidence.address
        if self._drawn and self._drawn[0] == (context.document.id, address.page):
            canvas.show(self._drawn[1], quote_boxes(context))
        else:
            canvas.say(self._words("sheet.loading"))
            self._line.read_page(context.evidence, is_wanted=self._asks_for(context))

    def _asks_for(self, context: EvidenceContext) -> Callable[[], bool]:
        return lambda: self._is_page_wanted and self._chosen is context

    def _say_no_page(self, missing: NoPicture) -> None:
        self.fold_page()
        if self._viewed:
            said = self._words(f"page.{missing.reason}")
            self.show_source(self._viewed, notice=f"{said} {missing.detail}".strip())

    @on(PageDrawn)
    def _page_drawn(self, message: PageDrawn) -> None:
        context = self._chosen
        if not self._is_page_wanted or context is None or context.evidence != message.evidence:
            return  # the reviewer has gone on
        if isinstance(message.page, NoPicture):
            self._say_no_page(message.page)
        else:
            self._drawn = (context.document.id, context.evidence.address.page), message.page
            self._draw(context)

    # Keys

    def may_view(self, action: str) -> bool:
        """Whether a key of the page acts now."""
        return action not in _WHILE_OPEN or self.is_page_open

    def action_page(self) -> None:
        """Open the page, or close it and show the source's text again."""
        self._is_page_wanted = not self._is_page_wanted
        if self._viewed and not self._is_page_wanted:
            self.show_source(self._viewed)
        self._bring_page()

    def close_page(self) -> bool:
        """Close the page if it was wanted; whether it was."""
        was_wanted = self._is_page_wanted
        if was_wanted:
            self.action_page()
        return was_wanted

    def action_quote(self, number: int) -> None:
        """The page of another quote of this item."""
        if self._viewed and number <= len(self._viewed.contexts):
            self._quote = number - 1
            self._bring_page()

    def action_next_quote(self) -> None:
        if self._viewed:
            self.action_quote((self._quote + 1) % len(self._viewed.contexts) + 1)

    def action_open_page(self) -> None:
        """In a browser, the page itself in a tab of its own."""
        context = self._chosen
        if self.app.is_web and self._viewed and context and context.evidence.address.page is not None:
            self.app.open_url(f"/page/{self._viewed.instruction.id}/{self._quote + 1}")

    def action_zoom(self, steps: int) -> None:
        self.query_one(PageCanvas).zoom(steps)

    def action_to_box(self) -> None:
        self.query_one(PageCanvas).look_at_boxes()

    def action_pan(self, columns: float, rows: float) -> None:
        self.query_one(PageCanvas).move(columns, rows)
