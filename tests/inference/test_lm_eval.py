"""lm-evaluation-harness itself loads what is written for it, and runs it on the tiny model, offline."""

import pytest

pytestmark = [pytest.mark.train, pytest.mark.filterwarnings("ignore")]  # the harness's own warnings are not ours
pytest.importorskip("torch", reason="needs the [train] extra")
lm_eval = pytest.importorskip("lm_eval", reason="lm-evaluation-harness is not installed")

from pedcorpus.evaluation import Asked, Question
from pedcorpus.evaluation.harness import write_tasks
from tests.evaluation.medical.by_hand import case, knowledge


def test_the_harness_runs_the_tasks_on_a_model(model_folder, tmp_path, monkeypatch):
    from lm_eval.models.huggingface import HFLM
    from lm_eval.tasks import TaskManager

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    records = [case(), case("癫痫"), knowledge("多喝水。")]
    asked = Asked("v1", "0", [Question(r.id, r.messages[:-1], r.answer_text(), task=r.task, record=r) for r in records])
    made = write_tasks(asked, tmp_path, max_new_tokens=4)
    found = lm_eval.simple_evaluate(
        model=HFLM(pretrained=str(model_folder), device="cpu", max_length=64, batch_size=2),
        tasks=[made.group],
        task_manager=TaskManager(include_path=str(tmp_path), include_defaults=False),
        bootstrap_iters=0,
        apply_chat_template=True,
        log_samples=True,
    )
    assert {name: len(rows) for name, rows in found["samples"].items()} == made.tasks
    told = found["results"]["pedcorpus_v1_evidiag"]
    assert told["diagnosis,none"] == 0
    assert 0 <= told["rouge_1,none"] <= 1
