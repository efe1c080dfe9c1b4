"""Writes a task of lm-evaluation-harness for every task of an evaluation, and a group of them all.

The folder is all that the harness needs beside an installed pedcorpus: it may be moved or sent. Values are written as
JSON, which is YAML, too; only the two calls back into Python need tags of YAML's own.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pedcorpus.errors import UsageError
from pedcorpus.evaluation.harness.results import document, told_measures
from pedcorpus.evaluation.questions import Asked

__all__ = ["TaskFiles", "write_tasks"]

VERSION = 1
"""Of the tasks; raised when the same model may get other numbers."""

_HELPER = "pedcorpus_task.py"
_CODE = '''\
"""Called by lm-evaluation-harness; scores are pedcorpus's own."""

import json
from pathlib import Path

import datasets

from pedcorpus.evaluation.harness import process_results

__all__ = ["documents", "process_results"]


def documents(file, **_):
    lines = (Path(__file__).parent / file).read_text("utf-8").splitlines()
    return datasets.DatasetDict({"test": datasets.Dataset.from_list([json.loads(line) for line in lines])})
'''


@dataclass(frozen=True)
class TaskFiles:
    """What was written."""

    folder: Path
    group: str
    """The name to give to `lm_eval --tasks`."""
    tasks: dict[str, int]
    """Names of the single tasks with how many questions each has."""


def write_tasks(asked: Asked, folder: Path, *, max_new_tokens: int = 512) -> TaskFiles:
    """Files for every task of the questions; what the folder held of these is replaced.

    Raises:
        UsageError: there is no question, or the folder cannot be written to.
    """
    if not asked.questions:
        raise UsageError(f"{asked.name}: no question is left to write a task of")
    group = f"pedcorpus_{_name(asked.name)}"
    contents = {_HELPER: _CODE}
    tasks: dict[str, int] = {}
    for task in asked.tasks:
        name = f"{group}_{_name(task)}"
        rows = [document(question) for question in asked.questions if question.task == task]
        contents[f"{name}.jsonl"] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        contents[f"{name}.yaml"] = _task_yaml(name, max_new_tokens)
        tasks[name] = len(rows)
    contents[f"{group}.yaml"] = _yaml({"group": group, "task": list(tasks), "metadata": {"version": VERSION}})
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in contents.items():
            (folder / file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror or error}; name another folder") from error
    return TaskFiles(folder, group, tasks)


def _task_yaml(name: str, max_new_tokens: int) -> str:
    metrics = [
        {"metric": each.name, "aggregation": "mean", "higher_is_better": each.more_is_better is not False}
        for each in told_measures()
    ]
    fields: dict[str, Any] = {  # JSON values
        "task": name,
        "dataset_kwargs": {"file": f"{name}.jsonl"},
        "test_split": "test",
        "output_type": "generate_until",
        "doc_to_text": "{{question}}",
        "doc_to_target": "{{reference}}",
        "generation_kwargs": {"until": [], "max_gen_toks": max_new_tokens, "do_sample": False},
        "metric_list": metrics,
        "metadata": {"version": VERSION},
    }
    calls = {"custom_dataset": "documents", "process_results": "process_results"}
    tagged = "".join(f"{field}: !function {_HELPER.removesuffix('.py')}.{call}\n" for field, call in calls.items())
    return _yaml(fields) + tagged


def _yaml(fields: dict[str, Any]) -> str:
    return "".join(f"{field}: {json.dumps(value, ensure_ascii=False)}\n" for field, value in fields.items())


def _name(name: str) -> str:
    """As names of tasks may be: letters, digits and underscores."""
    return re.sub(r"\W+", "_", name).strip("_") or "questions"
