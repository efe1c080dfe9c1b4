"""What the trainer feeds the model, checked token by token on a Llama of a few thousand parameters."""

import itertools

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
from datasets import Dataset
from transformers import LlamaConfig, LlamaForCausalLM
from trl.trainer.sft_config import SFTConfig

from pedcorpus.models.templates import OWN_TEMPLATE, chat_template, template_names
from pedcorpus.models.tiny import tiny_tokenizer
from pedcorpus.training.text_trainer import Scheduled, TextTrainer

pytestmark = pytest.mark.train

TALK = [
    {"role": "system", "content": "你是儿科医生。"},
    {"role": "user", "content": "孩子发热，怎么办？"},
    {"role": "assistant", "content": "先量体温，多喝水。"},
    {"role": "user", "content": "三十九度了。"},
]
ANSWER = [{"role": "assistant", "content": "尽早就诊，并口服退热药。"}]
OWN = (
    "{% for message in messages %}{% if message.role == 'assistant' %}"
    "[A]{% generation %}{{ message.content }}{{ eos_token }}{% endgeneration %}"
    "{% else %}[{{ message.role }}]{{ message.content }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}[A]{% endif %}"
)
TEMPLATES = {name: chat_template(name) for name in template_names() if name != OWN_TEMPLATE}
TEMPLATES |= {"own, with generation": OWN}
TEMPLATES |= {"own, without": OWN.replace("{% generation %}", "").replace("{% endgeneration %}", "")}


@pytest.fixture(scope="module")
def tokenizer():
    texts = [message["content"] for message in (*TALK, *ANSWER)] * 3
    return tiny_tokenizer(texts, vocab_size=320, chat_template=chat_template("default"))


def llama(tokenizer):
    torch.manual_seed(0)
    shape = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    return LlamaForCausalLM(
        LlamaConfig(vocab_size=len(tokenizer), num_key_value_heads=2, initializer_range=0.5, **shape)
    )


def trainer(tokenizer, rows, folder, *, order=None, **settings):
    given = {"output_dir": str(folder), "use_cpu": True, "bf16": False, "report_to": "none", "disable_tqdm": True}
    given |= {"per_device_train_batch_size": 2, "activation_checkpointing": False, "save_strategy": "no"}
    return TextTrainer(
        model=llama(tokenizer),
        args=SFTConfig(**given, **settings),
        train_dataset=Dataset.from_list(rows),
        processing_class=tokenizer,
        order=order,
    )


def alone(model, ids):
    with torch.no_grad():
        return model.eval()(torch.tensor([ids]), use_cache=False).logits[0]


def packed(tokenizer, folder, strategy):
    """The first packed sequence of a few texts, its logits and its labels."""
    texts = ["孩子发热。", "先量体温，多喝水。", "三十九度了，尽早就诊。", "怎么办？" * 30]
    rows = [{"text": text} for text in texts]
    made = trainer(tokenizer, rows, folder, packing=True, packing_strategy=strategy, max_length=64)
    for row in made.train_dataset:
        given = made.data_collator([row])
        labels = given.pop("labels")[0]
        with torch.no_grad():
            yield made.model, row["input_ids"], made.model.eval()(**given, use_cache=False).logits[0], labels.tolist()


def documents(ids, eos):
    ends = [place + 1 for place, token in enumerate(ids) if token == eos]
    return [(start, end) for start, end in itertools.pairwise(sorted({0, *ends, len(ids)}))]


def test_packed_texts_do_not_see_one_another_and_every_token_is_learnt(tokenizer, tmp_path):
    held = []
    for model, ids, logits, labels in packed(tokenizer, tmp_path, "bfd_split"):
        spans = documents(ids, tokenizer.eos_token_id)
        held.append(len(spans))
        for start, end in spans:
            assert (logits[start:end] - alone(model, ids[start:end])).abs().max() < 1e-5
            assert labels[start + 1 : end] == ids[start + 1 : end]  # the first token has none before it
    assert max(held) > 1


def test_wrapped_texts_do(tokenizer, tmp_path):
    model, ids, logits, _ = next(packed(tokenizer, tmp_path, "wrapped"))
    start, end = documents(ids, tokenizer.eos_token_id)[1]
    assert (logits[start:end] - alone(model, ids[start:end])).abs().max() > 0.01


@pytest.mark.parametrize("name", TEMPLATES)
def test_only_the_last_answer_is_learnt_token_by_token(tokenizer, tmp_path, name):
    tokenizer.chat_template = TEMPLATES[name]
    prompts = [TALK[1:2], TALK]  # one turn, and several
    rows = [{"prompt": prompt, "completion": ANSWER} for prompt in prompts]
    made = trainer(tokenizer, rows, tmp_path, completion_only_loss=True, max_length=512)
    for prompt, row in zip(prompts, made.train_dataset, strict=True):
        asked = tokenizer.apply_chat_template(prompt, add_generation_prompt=True, tokenize=False)
        whole = tokenizer.apply_chat_template([*prompt, *ANSWER], tokenize=False)
        question, answer = tokenizer(asked).input_ids, tokenizer(whole.removeprefix(asked)).input_ids
        given = made.data_collator([row])
        assert given["input_ids"][0].tolist() == question + answer
        assert given["labels"][0].tolist() == [-100] * len(question) + answer
        assert tokenizer.decode(answer).startswith(ANSWER[0]["content"])


def test_every_answer_is_learnt_where_the_recipe_asks_and_the_template_marks_them(tokenizer, tmp_path):
    tokenizer.chat_template = OWN
    rows = [{"messages": [*TALK, *ANSWER]}] * 2
    made = trainer(tokenizer, rows, tmp_path, assistant_only_loss=True, max_length=512)
    learnt = [token for token in made.data_collator([made.train_dataset[0]])["labels"][0].tolist() if token != -100]
    answers = [TALK[2]["content"], ANSWER[0]["content"]]
    assert tokenizer.decode(learnt) == "".join(answer + tokenizer.eos_token for answer in answers)


@pytest.mark.parametrize("settings", [{"max_steps": 9}, {"num_train_epochs": 3}], ids=["steps", "passes"])
def test_a_schedule_is_carried_out_over_the_whole_training(tokenizer, tmp_path, settings):
    texts = ["发热" if number % 3 else "问答" for number in range(6)]
    kinds = np.array([number % 3 == 0 for number in range(6)])
    made = trainer(
        tokenizer,
        [{"text": text} for text in texts],
        tmp_path,
        order=Scheduled("instructions_last", kinds, 1),
        max_length=32,
        **settings,
    )
    seen = [
        tokenizer.decode(ids, skip_special_tokens=True)
        for each in made.get_train_dataloader()
        for ids in each["input_ids"]
    ]
    assert seen == ["发热"] * 12 + ["问答"] * 6
    assert made.args.num_train_epochs == 1


def test_scheduled_sequences_are_packed_of_one_kind_each(tokenizer, tmp_path):
    texts = ["发热", "问答"] * 6
    order = Scheduled("ramp", np.array([text == "问答" for text in texts]), 1)
    rows = [{"text": text} for text in texts]
    settings = {"packing": True, "packing_strategy": "bfd_split", "max_length": 24, "max_steps": 4}
    made = trainer(tokenizer, rows, tmp_path, order=order, **settings)
    held = [set(tokenizer.decode(row["input_ids"]).split(tokenizer.eos_token)) - {""} for row in made.train_dataset]
    assert all(len(each) == 1 for each in held)
    assert len(held) == 8
