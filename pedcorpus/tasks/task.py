"""What a task is: a record type with its names, its reasons to reject and its fixed safety lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from pedcorpus.errors import InputError
from pedcorpus.plugins import load_plugin, load_plugins, plugin_names
from pedcorpus.records import Instruction
from pedcorpus.tasks.writing import Writing

__all__ = ["COMMON_REASONS", "Label", "Task", "instruction_from_json", "instruction_schema", "task_names", "task_of"]

Label = Mapping[str, str]
"""The same words in `zh` and `en`."""

COMMON_REASONS: Mapping[str, Label] = {
    "not_in_source": {"zh": "来源中没有", "en": "Not in the source"},
    "wrong_fact": {"zh": "事实错误", "en": "Wrong fact"},
    "incomplete": {"zh": "答案不完整", "en": "Answer incomplete"},
    "unnatural_question": {"zh": "问法不自然", "en": "Nobody would ask so"},
    "out_of_date": {"zh": "已过时", "en": "Out of date"},
    "privacy": {"zh": "含个人信息", "en": "Contains personal data"},
}


@dataclass(frozen=True)
class Task:
    """An instruction task as registered under the entry-point group `pedcorpus.tasks`."""

    id: str
    record: type[Instruction]
    title: Label
    reasons: Mapping[str, Label] = field(default_factory=dict)
    """Reasons to reject that only this task has; the common ones come after them."""
    safety_lines: Label = field(default_factory=dict)
    """The fixed closing line by language, where the task has one."""
    writing: Writing | None = None
    """What a language model is asked to write for it; none where no model writes it."""
    answer_words: tuple[int, int] | None = None
    """Words of an answer, least and most, beyond which a reviewer is told; each Chinese character counts as one."""

    @property
    def reject_reasons(self) -> Mapping[str, Label]:
        """All reasons to reject, in the order in which a reviewer sees them."""
        return {**self.reasons, **COMMON_REASONS}


def task_names() -> tuple[str, ...]:
    """Ids of the registered tasks, sorted."""
    return plugin_names("tasks")


def task_of(task_id: str) -> Task:
    """The registered task called `task_id`.

    Raises:
        UsageError: no such task.
    """
    task = load_plugin("tasks", task_id)
    assert isinstance(task, Task)
    return task


@cache
def _union() -> TypeAdapter[Instruction]:
    records = tuple(task.record for task in load_plugins("tasks").values())
    if len(records) == 1:
        return TypeAdapter(records[0])
    joined: Any = records[0]  # a union built at run time has no static type
    for record in records[1:]:
        joined = joined | record
    return TypeAdapter(Annotated[joined, FieldInfo(discriminator="task")])


def instruction_from_json(text: str | bytes, *, where: str) -> Instruction:
    """The task record that `text` holds, chosen by its `task` field.

    Raises:
        InputError: not JSON, an unknown task, or fields that the task's schema refuses.
    """
    try:
        return _union().validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(str(part) for part in first["loc"]) or "record"
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise InputError(where, "schema", f"{path}: {first['msg']}{more}; correct the record") from error


def instruction_schema(task_id: str) -> dict[str, Any]:
    """JSON Schema of the task's record as written to exports, rendered messages included."""
    return task_of(task_id).record.model_json_schema(mode="serialization")
