"""All four phases from a Baichuan2 folder, as its user has it: 13B layout, its own tokenizer, its own turn tokens."""

import json

import pytest

pytest.importorskip("trl", reason="needs the [train] extra")

import sentencepiece

from pedcorpus.export import open_export
from pedcorpus.inference import Generation, load_assistant
from pedcorpus.training import forecast, plan_training, train
from tests.baichuan2_folder import ASSISTANT, ORIGINAL_13B, SIZES, USER, piece_model, write_checkpoint, write_tokenizer
from tests.training.conftest import SMALL

pytestmark = pytest.mark.train


@pytest.fixture(scope="module")
def trained(export, tmp_path_factory):
    place = tmp_path_factory.mktemp("baichuan2")
    folder = write_checkpoint(place / "base", ORIGINAL_13B)
    templates = [f"{phase}.template=baichuan2" for phase in ("cpt", "sft", "dfpo", "mue")]
    overrides = [name for name in SMALL if "tiny" not in name] + ["trainer.max_steps=1", *templates]
    return train(export=export, runs=place / "runs", model=folder, overrides=overrides)


def test_a_baichuan2_goes_through_all_phases_to_an_adapter(trained):
    assert [phase.phase for phase in trained.record.finished] == ["cpt", "sft", "dfpo", "mue"]
    assert trained.adapter_path is not None


def test_what_is_written_is_a_baichuan2_with_its_tokenizer_and_turn_tokens(trained):
    config = json.loads((trained.model_path / "config.json").read_text())
    assert (config["model_type"], config["architectures"]) == ("baichuan", ["BaichuanForCausalLM"])
    assert (trained.model_path / "tokenizer.model").is_file()
    assert json.loads((trained.model_path / "generation_config.json").read_text())["user_token_id"] == USER


def test_the_trained_model_answers_and_reads_turns_as_it_was_taught(trained):
    assistant = load_assistant(trained.model_path, trained.adapter_path)
    asked = [{"role": "user", "content": "发热"}]
    ids = assistant.tokenizer.apply_chat_template(asked, add_generation_prompt=True, return_dict=False)
    assert (ids[0], ids[-1]) == (USER, ASSISTANT)
    assert isinstance(assistant.reply(asked, generation=Generation(max_new_tokens=4)), str)


def test_a_dry_run_counts_tokens_with_the_pieces_of_the_checkpoint(export, tmp_path):
    folder = write_tokenizer(tmp_path / "base")
    sizes = {"vocab_size": 640, "max_position_embeddings": 2048, **SIZES}
    (folder / "config.json").write_text(json.dumps({"model_type": "baichuan", **sizes}))
    (phase,) = forecast(plan_training(export=export, runs=tmp_path / "runs", phases=["cpt"], model=folder))
    texts = [row["text"] for row in open_export(export).rows("cpt", "train")]
    pieces = sentencepiece.SentencePieceProcessor(model_proto=piece_model())
    assert (phase.extent.tokens, phase.extent.tokens_counted) == (sum(map(len, pieces.encode(texts))), True)
