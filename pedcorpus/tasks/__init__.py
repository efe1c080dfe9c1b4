"""Instruction tasks: each one file with its record, its words and its fixed lines, found by entry point."""

from pedcorpus.tasks.task import (
    COMMON_REASONS,
    Label,
    Task,
    instruction_from_json,
    instruction_schema,
    task_names,
    task_of,
)

__all__ = [
    "COMMON_REASONS",
    "Label",
    "Task",
    "instruction_from_json",
    "instruction_schema",
    "task_names",
    "task_of",
]
