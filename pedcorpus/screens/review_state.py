"""The state of a review and how it follows what the desk says; which keys ask for what is `review_screen`."""

from __future__ import annotations

from collections.abc import Callable

from textual import on

from pedcorpus.records import Verdict
from pedcorpus.review import (
    WINDOW,
    Desk,
    Progress,
    Queue,
    QueueFilter,
    ReviewItem,
    Worklist,
    entry_of,
    pace_per_hour,
)
from pedcorpus.screens.messages import (
    DecidedElsewhere,
    DecisionStored,
    DecisionUndone,
    DeskFailed,
    DeskNoticed,
    ItemsRead,
    QueueRead,
)
from pedcorpus.screens.page_viewing import PageViewing
from pedcorpus.screens.words import Words

__all__ = ["ReviewState"]

_TRIED = 40  # entries that a look may try: others have some of them
_FEW = 3  # items at hand, below which another look is taken at once
_LOW = 100  # entries left before the end of what is loaded, below which more are asked for


class ReviewState(PageViewing):
    """What is loaded, where the reviewer stands, and what is on its way to the desk; changes in handlers alone."""

    def __init__(self, desk: Desk, words: Words, *, clock: Callable[[], float]) -> None:
        super().__init__(words, desk)
        self._clock = clock
        self._opened_at = self._shown_at = clock()
        self._queue = Queue()
        self._worklist = Worklist()
        self._wanted = QueueFilter()
        self._progress: Progress | None = None
        self._items: dict[str, ReviewItem] = {}
        self._decided: set[str] = set()
        self._shown = ""
        self._is_filling = False
        self._is_saving = False
        self._is_leaving = False

    def on_mount(self) -> None:
        self.say_loading()
        self._line.read_queue(self._wanted)

    # What is shown

    @property
    def _item(self) -> ReviewItem | None:
        """The current item, when it has been read."""
        current = self._worklist.current
        return self._items.get(current.id) if current else None

    def _show(self) -> None:
        """Bring every pane in line with the state, and take a look at what comes next."""
        self.show_queue(self._worklist, self._progress_text())
        if item := self._item:
            self._show_item(item)
        else:
            self._shown = ""
            self._say_nothing_to_show()
        self._look()

    def _show_item(self, item: ReviewItem) -> None:
        self.show_item(item)
        if self._shown != item.instruction.id:
            self._shown = item.instruction.id
            self._shown_at = self._clock()

    def _say_nothing_to_show(self) -> None:
        if self._worklist.current or self._progress is None:
            self.say_loading()
        elif self._worklist.filter:
            self.say_no_match()
        elif self._progress.waiting:
            self.say_others_have_the_rest()
        else:
            self.say_all_done()

    def _look(self) -> None:
        """Keep what is on screen, ask for what comes next, and for more of the queue where it runs low."""
        if ids := self._worklist.ahead(_TRIED):
            self._line.read_items(ids)
        if self._worklist.is_low(_LOW) and not self._is_filling:
            self._is_filling = True
            self._line.read_queue(self._worklist.filter, first=len(self._worklist.shown) + WINDOW)

    def _progress_text(self) -> str:
        if self._progress is None:
            return ""
        pace = pace_per_hour(self._progress.decided, elapsed_s=self._clock() - self._opened_at)
        parts = [
            self._words("queue.waiting", count=self._progress.waiting),
            self._words("queue.decided", count=self._progress.decided),
        ]
        return " · ".join([*parts, self._words("queue.pace", count=pace)] if pace is not None else parts)

    # What the desk says

    @on(QueueRead)
    def _queue_read(self, message: QueueRead) -> None:
        self._is_filling = False
        if message.wanted != self._wanted:
            return  # another filter was asked for since
        here = self._worklist.current
        self._queue, self._progress = message.queue, message.progress
        fresh = Worklist.of(message.queue, message.wanted, at=here.id if here else "")
        self._worklist = fresh.without(self._decided)
        self.say("")
        self._show()

    @on(ItemsRead)
    def _items_read(self, message: ItemsRead) -> None:
        """Take what was read; drop what others have, unless it has been on screen: then only a decision tells."""
        taken, before = message.taken, self._item
        self._items |= {item.instruction.id: item for item in taken.items}
        self._worklist = self._worklist.without(set(taken.gone) - {self._shown})
        if self._item is None or self._item != before or (taken.gone and len(taken.items) < _FEW):
            self._show()

    @on(DecisionStored)
    async def _decision_stored(self, message: DecisionStored) -> None:
        decision = message.decision
        self._is_saving = False
        self._progress = message.progress
        topic = next((entry.topic for entry in self._worklist.shown if entry.id == decision.instruction), "")
        if decision.verdict in (Verdict.DEFER, Verdict.FLAG):
            self._items.pop(decision.instruction, None)
            self._worklist = self._worklist.deferred(decision.instruction)
        else:
            self._drop(decision.instruction)
        await self.close_form()
        self.say(self._words("status.saved", what=f"{self._words(f'verdict.{decision.verdict}')} {topic}"))
        self._show()
        if self._is_leaving:
            self.app.exit()

    @on(DecidedElsewhere)
    async def _decided_elsewhere(self, message: DecidedElsewhere) -> None:
        self._is_saving = self._is_leaving = False
        self._progress = message.progress
        self._drop(message.instruction_id)
        await self.close_form()
        names = self._words("list.comma").join(message.by)
        self.say("", notice=self._words("status.decided_elsewhere", names=names))
        self._show()

    def _drop(self, instruction_id: str) -> None:
        self._decided.add(instruction_id)
        self._items.pop(instruction_id, None)
        self._worklist = self._worklist.without({instruction_id})

    @on(DecisionUndone)
    def _decision_undone(self, message: DecisionUndone) -> None:
        self._is_saving = self._is_leaving = False
        self._progress = message.progress
        if message.item is None:
            self.say(self._words("status.nothing_to_undo"))
            return
        self._decided.discard(message.item.instruction.id)
        self._items[message.item.instruction.id] = message.item
        self._worklist = self._worklist.with_back(entry_of(message.item))
        self.say(self._words("status.undone"))
        self._show()

    @on(DeskNoticed)
    def _desk_noticed(self, message: DeskNoticed) -> None:
        self.say("", notice=" ".join(self._words(f"desk.{notice}") for notice in message.notices))

    @on(DeskFailed)
    def _desk_failed(self, message: DeskFailed) -> None:
        self._is_filling = False
        is_saving = message.doing == "saving"
        if is_saving:
            self._is_saving = self._is_leaving = False
        elif self._item:
            return  # what comes next could not be read; it is read again when its turn comes
        key = "status.not_saved" if is_saving else "status.not_read"
        self.say("", notice=self._words(key, error=message.error.rstrip(".。")))
