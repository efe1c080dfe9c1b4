"""The fields of one instruction to write in, where its text stood; leaving a field validates it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.message import Message
from textual.widgets import Input, Select, Static

from pedcorpus.records import Finding
from pedcorpus.review import (
    EditableField,
    EditProblem,
    ReviewItem,
    changed_fields,
    choice_label,
    edit_problems,
    editable_fields,
)
from pedcorpus.screens.field_editor import FieldEditor
from pedcorpus.screens.plain import editable, plain
from pedcorpus.screens.sheet_blocks import finding_blocks
from pedcorpus.screens.words import Words

__all__ = ["EditForm", "FieldBox"]


class FieldBox(Vertical):
    """One field: its name, where to write, and what is wrong with it."""

    def __init__(self, field: EditableField, findings: Sequence[Finding], words: Words) -> None:
        super().__init__()
        self.field = field
        self._findings = findings
        self._words = words

    def compose(self) -> ComposeResult:
        yield Static(self._title(), classes="field-name", markup=False)
        yield self._editor()
        for finding in self._findings:
            lines = finding_blocks(finding, self._words)
            yield Static("\n".join(block.text for block in lines), classes="field-finding", markup=False)
        yield Static("", classes="field-problem", markup=False)

    def _title(self) -> str:
        title = plain(self.field.label[self._words.language])
        if self.field.is_new:
            return f"{title}  {self._words('edit.new')}"
        return f"{title}  {self._words('edit.required')}" if self._goes_when_empty else title

    @property
    def _goes_when_empty(self) -> bool:
        return self.field.required and any(part.isdigit() for part in self.field.path.split("."))

    def _editor(self) -> Input | Select[str] | FieldEditor:
        field = self.field
        if field.kind == "number":
            return Input(field.value, compact=True)
        if field.kind == "choice":
            choices = [(choice_label(choice)[self._words.language], choice) for choice in field.choices]
            prompt = self._words("edit.none")
            if field.value:
                return Select(choices, value=field.value, prompt=prompt, allow_blank=not field.required, compact=True)
            return Select(choices, prompt=prompt, allow_blank=True, compact=True)
        has_lines = "\n" in field.value or field.path == "answer"
        return FieldEditor(plain(field.value), has_lines=has_lines)

    @property
    def value(self) -> str:
        """What stands in the field now."""
        editor = self.query_one("Input, Select, FieldEditor")
        if isinstance(editor, Select):
            return "" if editor.is_blank() else str(editor.value)
        if isinstance(editor, Input):
            return editor.value
        assert isinstance(editor, FieldEditor)
        return editable(editor.text, before=self.field.value)

    def say(self, problem: EditProblem | None) -> None:
        """Show what is wrong, or that nothing is."""
        line = self.query_one(".field-problem", Static)
        if problem:
            text = self._words(f"problem.{problem.code}", found=problem.found, expected=problem.expected)
            line.update(plain(f"! {text}"))
        line.set_class(problem is not None, "-shown")


class EditForm(VerticalScroll, can_focus=False):
    """All editable fields of the item's instruction, the findings beside those they concern."""

    class Finished(Message):
        """The fields are valid and the reviewer wants to see the changes."""

        def __init__(self, item: ReviewItem, edits: Mapping[str, str]) -> None:
            super().__init__()
            self.item = item
            self.edits = edits

    class Refused(Message):
        """The reviewer is done, but this many fields are wrong, or none was changed (0)."""

        def __init__(self, wrong: int) -> None:
            super().__init__()
            self.wrong = wrong

    class Cancelled(Message):
        """The reviewer changes nothing."""

    def __init__(self, item: ReviewItem, words: Words) -> None:
        super().__init__(id="form")
        self._item = item
        self._original = item.instruction
        self._words = words
        self._fields = editable_fields(item.instruction)
        self._findings = {
            field.path: [finding for finding in item.findings if _place(finding.path, self._fields) == field.path]
            for field in self._fields
        }

    def compose(self) -> ComposeResult:
        for field in self._fields:
            yield FieldBox(field, self._findings[field.path], self._words)

    def begin(self) -> None:
        """Write where a finding is, else in the first field; the next key already goes there."""
        boxes = list(self.query(FieldBox))
        fits = [box for box in boxes if self._findings[box.field.path]]
        box = (fits or boxes)[0]
        self.screen.set_focus(box.query_one("Input, Select, FieldEditor"), scroll_visible=False)
        self.call_after_refresh(self.call_after_refresh, self.scroll_to_widget, box, animate=False, top=True)

    @property
    def edits(self) -> dict[str, str]:
        """Text by path of every field that was changed."""
        texts = {box.field.path: box.value for box in self.query(FieldBox)}
        return {field.path: text for field, text in changed_fields(self._original, texts)}

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Keep the field's name in view with the field."""
        box = next((node for node in event.widget.ancestors if isinstance(node, FieldBox)), None)
        if box:
            self.call_after_refresh(self.scroll_to_widget, box, animate=False)

    def on_descendant_blur(self) -> None:
        self._validate()

    def _validate(self) -> int:
        """Show every problem at its field; how many there are."""
        problems = edit_problems(self._original, self.edits)
        found = {_place(problem.path, self._fields): problem for problem in problems}
        for box in self.query(FieldBox):
            box.say(found.get(box.field.path))
        return len(problems)

    def action_finish(self) -> None:
        if wrong := self._validate():
            self.post_message(self.Refused(wrong))
        elif edits := self.edits:
            self.post_message(self.Finished(self._item, edits))
        else:
            self.post_message(self.Refused(0))

    def action_cancel(self) -> None:
        opened = [select for select in self.query(Select) if select.expanded]
        for select in opened:
            select.expanded = False
        if not opened:
            self.post_message(self.Cancelled())


def _place(path: str, fields: Sequence[EditableField]) -> str:
    """The field at which something about `path` is shown: itself, one inside it or beside it, else the first."""
    above = path.rpartition(".")[0]
    for wanted in filter(None, (path, above)):
        for field in fields:
            if field.path == wanted or field.path.startswith(f"{wanted}."):
                return field.path
    return fields[0].path
