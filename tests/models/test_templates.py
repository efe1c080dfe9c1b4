import subprocess
import sys

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.models import OWN_TEMPLATE, chat_template, template_names

NAMED = [name for name in template_names() if name != OWN_TEMPLATE]
TALK = [
    {"role": "system", "content": "你是儿科医生。"},
    {"role": "user", "content": " 发热怎么办？\n"},
    {"role": "assistant", "content": "先测体温。"},
    {"role": "user", "content": "39℃"},
]


def rendered(name: str, messages: list[dict[str, str]], *, ask: bool = False) -> str:
    from transformers.utils.chat_template_utils import render_jinja_template

    texts, _ = render_jinja_template(
        [messages], chat_template=chat_template(name), add_generation_prompt=ask, eos_token="</s>"
    )
    return texts[0]


@pytest.mark.train
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("default", "你是儿科医生。\n\n问：\n发热怎么办？\n答：\n先测体温。</s>\n问：\n39℃\n答：\n"),
        (
            "chatml",
            "<|im_start|>system\n你是儿科医生。<|im_end|>\n<|im_start|>user\n发热怎么办？<|im_end|>\n"
            "<|im_start|>assistant\n先测体温。<|im_end|></s>\n<|im_start|>user\n39℃<|im_end|>\n<|im_start|>assistant\n",
        ),
        (
            "baichuan2",
            "你是儿科医生。<reserved_106>发热怎么办？<reserved_107>先测体温。</s><reserved_106>39℃<reserved_107>",
        ),
    ],
)
def test_a_conversation_is_rendered(name, expected):
    pytest.importorskip("transformers", reason="needs the [train] extra")
    assert rendered(name, TALK, ask=True) == expected


@pytest.mark.train
@pytest.mark.parametrize("name", NAMED)
def test_a_prompt_is_a_prefix_of_itself_with_its_answer(name):
    pytest.importorskip("transformers", reason="needs the [train] extra")
    whole = rendered(name, TALK[:3])
    assert whole.startswith(rendered(name, TALK[:2], ask=True))
    assert "</s>" in whole


def test_the_tokenizers_own_template_is_no_text_of_ours():
    assert chat_template(OWN_TEMPLATE) is None


def test_an_unknown_template_is_refused_with_the_known_ones():
    with pytest.raises(UsageError, match=r"'qwen'; known: baichuan2, chatml, default, tokenizer"):
        chat_template("qwen")


def test_naming_templates_does_not_import_torch():
    code = "import sys, pedcorpus.models; sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
