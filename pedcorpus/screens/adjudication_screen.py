"""The adjudicator's screen: the review with what each reader said above the item, and a key to adopt it."""

from __future__ import annotations

from collections.abc import Iterator

from pedcorpus.review import Reading, ReviewItem, changed_fields, editable_fields, task_for
from pedcorpus.screens.diff_blocks import diff_blocks
from pedcorpus.screens.page import Block, Piece
from pedcorpus.screens.plain import plain
from pedcorpus.screens.review_screen import ReviewScreen
from pedcorpus.screens.sheet_blocks import sheet_blocks
from pedcorpus.screens.text_pane import TextPane
from pedcorpus.screens.words import Words

__all__ = ["AdjudicationScreen", "reading_blocks"]


class AdjudicationScreen(ReviewScreen):
    """1, 2 and 3 adopt what a reader decided; while a page is open they choose its quote, as ever."""

    def show_item(self, item: ReviewItem) -> None:
        """As in the review, with the readings on top."""
        super().show_item(item)
        blocks = sheet_blocks(item, self._words, reader=self._reviewer)
        self.query_one("#sheet", TextPane).show((*reading_blocks(item, self._words), *blocks))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A number acts where there is such a reading, or on an open page."""
        is_reading = action == "quote" and not (self.is_page_open or self.is_editing or self.is_searching)
        if not is_reading:
            return super().check_action(action, parameters)
        (number,) = parameters
        readings = self._item.readings if self._item else ()
        return isinstance(number, int) and number <= len(readings) and not self._is_saving

    def action_quote(self, number: int) -> None:
        """Adopt a reading; on an open page, show another quote's."""
        if self.is_page_open:
            super().action_quote(number)
        elif item := self._item:
            chosen = item.readings[number - 1]
            self._decide(chosen.verdict, item, reason=chosen.reason, edited=chosen.edited)


def reading_blocks(item: ReviewItem, words: Words) -> Iterator[Block]:
    """What is to be settled: each reader's verdict, reason and note, and what an edit changed."""
    if not item.readings:
        return
    keys = "/".join(str(number) for number in range(1, len(item.readings) + 1))
    yield Block((Piece(words("adjudicate.title", keys=keys), "pane--strong"),))
    for number, reading in enumerate(item.readings, 1):
        yield Block(
            (Piece(plain(_head(number, reading, words)), "pane--label"), Piece(plain(_why(item, reading, words))))
        )
        yield from _changes(item, reading, words)
    yield Block((Piece("─" * 8, "pane--faint"),))


def _head(number: int, reading: Reading, words: Words) -> str:
    verdict = words(f"verdict.{reading.verdict}")
    if reading.reader:
        return words("adjudicate.named", number=number, reader=reading.reader, verdict=verdict)
    return words("adjudicate.reading", number=number, verdict=verdict)


def _why(item: ReviewItem, reading: Reading, words: Words) -> str:
    reasons = task_for(item.instruction).reject_reasons
    reason = reasons[reading.reason][words.language] if reading.reason in reasons else reading.reason
    said = " ".join(part for part in (reason, reading.note) if part)
    return f"  {said}" if said else ""


def _changes(item: ReviewItem, reading: Reading, words: Words) -> Iterator[Block]:
    if reading.edited is None:
        return
    after = {field.path: field.value for field in editable_fields(reading.edited)}
    before = [field.path for field in editable_fields(item.instruction)]
    changes = changed_fields(item.instruction, {path: after.get(path, "") for path in before})
    yield from diff_blocks(item.instruction, reading.edited, changes, (), words=words)
