import json
from hashlib import sha256

import pytest

from pedcorpus.generate.prompt import request_messages
from pedcorpus.generate.role_play import WRITER
from pedcorpus.records import Asker, Passage, Patient
from pedcorpus.tasks import task_of
from pedcorpus.tasks.writing import Slot
from tests.generate.asking import assignments, payload
from tests.generate.shelf import FRAGMENT

TASKS = ("evidiag", "medkqa", "trerecom")
DIGEST = "17e0b49cd9e863f8"
"""Of all that the models are told, in both languages; a change of words is a change of `WRITER.version`."""


def words():
    writings = {task: task_of(task).writing for task in TASKS}
    context = assignments(FRAGMENT)[0].context
    slots = [
        Slot(number, task, Asker.PARENT, "", kind, 1, "other", Patient(age_months=18))
        for task, writing in writings.items()
        for number, kind in enumerate(writing.kinds, 1)
    ]
    sent = [request_messages(context.fragment, slots, writings, language=language) for language in ("zh", "en")]
    return json.dumps([[message.content for message in messages] for messages in sent], ensure_ascii=False)


def test_a_change_of_the_prompts_raises_the_version():
    found = sha256(words().encode()).hexdigest()[:16]
    assert (WRITER.version, found) == (1, DIGEST), "raise RolePlayWriter.version, then write the new digest here"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("task", TASKS)
def test_the_worked_example_of_a_task_is_a_draft_of_its_own(task, language):
    writing = task_of(task).writing
    example = writing.instructions[language].splitlines()[-1]
    assert writing.draft.model_validate_json(example).task == task


def test_the_system_message_is_the_same_for_all_fragments_of_the_same_tasks():
    first = payload(assignments(FRAGMENT)[0])["messages"][0]
    other = FRAGMENT.passages[0].model_copy(update={"text": "热性惊厥首次发作多见于6个月至3岁，患病率为3%～5%。"})
    assert isinstance(other, Passage)
    changed = type(FRAGMENT)(FRAGMENT.source, FRAGMENT.document, (other, *FRAGMENT.passages[1:]))
    assert payload(assignments(changed)[0])["messages"][0] == first


def test_the_slots_name_asker_register_kind_line_and_child():
    message = payload(assignments(FRAGMENT, "trerecom")[0])["messages"][-1]["content"]
    row = message.splitlines()[-1]
    assert row.startswith("3 trerecom，")
    assert "重点2" in row
    assert row.endswith("kg")
