"""The state of a review and how it follows what the desk says; which keys ask for what is `review_screen`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
from pedcorpus.screens.help_dialog import HelpDialog
from pedcorpus.screens.messages import (
    ColleaguesRead,
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
        self._colleagues: Sequence[str] = ()
        self._shown = ""
        self._is_filling = False
        self._is_saving = False
        self._is_leaving = False

    def on_mount(self) -> None:
        self.say_loading()
        self._line.read_queue(self._wanted)
        self._line.read_colleagues()

    # What is shown

    @property
    def _item(self) -> ReviewItem | None:
        """The current item, when it has been read."""
        current = self._worklist.current
        return self._items.get(current.id) if current else None

    def _show(self) -> None:
        """Bring every pane in line with the state, and take a look at what comes next."""
        self.show_queue(self._worklist, self._progress_text(), self._sample_text())
        if item := self._item:
            self._show_item(item)
            self.call_after_refresh(self._look)  # what is at hand is drawn before more is read
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
        words, progress = self._words, self._progress
        pace = pace_per_hour(progress.decided, elapsed_s=self._clock() - self._opened_at)
        parts = [
            words("queue.waiting", count=progress.waiting),
            words("queue.decided", count=progress.decided),
            words("queue.pace", count=pace) if pace is not None else "",
        ]
        return " · ".join(part for part in parts if part)

    def _sample_text(self) -> str:
        """How much of the sampling plan is done, where there is one."""
        progress = self._progress
        if progress is None or not progress.sample:
            return ""
        return self._words("queue.sample", read=progress.sample_read, size=progress.sample)

    def _greeting(self) -> str:
        """Where help is, until the first decision."""
        return "" if self._progress is None or self._progress.decided else self._words("status.first")

    def action_help(self) -> None:
        """Show the help; reading it is no time spent on the item."""
        opened_at = self._clock()

        def closed(_: object) -> None:
            self._shown_at += self._clock() - opened_at

        self.app.push_screen(HelpDialog(self._words), closed)

    # What the desk says

    @on(QueueRead)
    def _queue_read(self, message: QueueRead) -> None:
        is_more, self._is_filling = self._is_filling, False
        if message.wanted != self._wanted:
            return  # another filter was asked for since
        here = self._worklist.current
        self._queue, self._progress = message.queue, message.progress
        fresh = Worklist.of(message.queue, message.wanted, at=here.id if here else "")
        self._worklist = fresh.without(self._decided)
        if not is_more:
            self.say_status(self._greeting())
        self._show()

    @on(ColleaguesRead)
    def _colleagues_read(self, message: ColleaguesRead) -> None:
        self._colleagues = message.names

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
        self.say(self._words("status.undone", what=self._taken_back(message.item)))
        self._show()

    def _taken_back(self, item: ReviewItem) -> str:
        """`退回 热性惊厥`: the decision that is undone, by what it said and of what."""
        undone = next((decision.undoes for decision in reversed(item.decisions) if decision.undoes), None)
        said = [self._words(f"verdict.{decision.verdict}") for decision in item.decisions if decision.id == undone]
        return " ".join([*said, item.instruction.topic])

    @on(DeskNoticed)
    def _desk_noticed(self, message: DeskNoticed) -> None:
        self.say("", notice=" ".join(self._words(f"desk.{notice}") for notice in message.notices))

    @on(DeskFailed)
    def _desk_failed(self, message: DeskFailed) -> None:
        self._is_filling = False
        is_saving = message.doing == "saving"
        if is_saving:
            self._is_saving = self._is_leaving = False
        elif self._item and message.doing == "reading":
            return  # what comes next could not be read; it is read again when its turn comes
        key = {"saving": "status.not_saved", "judging": "status.not_judged", "reading": "status.not_read"}[
            message.doing
        ]
        self.say("", notice=self._words(key, error=self._words.trouble(message.trouble, message.said)))
