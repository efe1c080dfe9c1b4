import json
import random

import pytest

pytest.importorskip("transformers", reason="needs the [train] extra")
sentencepiece = pytest.importorskip("sentencepiece", reason="needs the [train] extra")

from transformers import AutoTokenizer

from pedcorpus.errors import UsageError
from pedcorpus.models.baichuan2 import BaichuanTokenizer, BaichuanTokenizerFast
from tests.baichuan2_folder import ASSISTANT, SENTENCES, USER, piece_model, write_tokenizer

pytestmark = pytest.mark.train

BOTH = [BaichuanTokenizer, BaichuanTokenizerFast]

TEXTS = [
    pytest.param("", id="nothing"),
    pytest.param("孩子发热两天，体温38.5℃。", id="Chinese"),
    pytest.param("The child's fever lasted for 3 days.", id="English"),
    pytest.param("20261121 + 0.5mg/kg", id="digits, each a token"),
    pytest.param("🤒👨‍👩‍👧发热", id="emoji, of several characters, too"),
    pytest.param("𠮷𪚥龘", id="rare characters, beyond the basic plane"),
    pytest.param("  发热  咳嗽   ", id="spaces at both ends and between"),
    pytest.param(" ", id="a space"),
    pytest.param("         ", id="nine spaces"),
    pytest.param("第一行\n\n第二行\n\t缩进", id="line breaks and tabs"),
    pytest.param("  if age:\n        return 1", id="code"),
    pytest.param("发热\u3000全角\u00a0e\u0301", id="wide and combining characters are left alone"),
    pytest.param("<0x0A> <reserved_", id="what looks like a token and is none"),
    pytest.param("问<reserved_106>答<reserved_107>", id="user-defined symbols inside a text"),
    pytest.param("<reserved_106>发热<reserved_107> 多喝水", id="user-defined symbols at its start"),
]


KINDS = {
    "as Baichuan2": {},
    "with a dummy prefix": {"add_dummy_prefix": True},
    "normalised": {"normalization_rule_name": "nmt_nfkc"},
    "spaces taken out": {"remove_extra_whitespaces": True, "add_dummy_prefix": True},
}
LOSSLESS = ("as Baichuan2", "with a dummy prefix")


@pytest.fixture(scope="module", params=KINDS)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def folder(kind, tmp_path_factory):
    return write_tokenizer(tmp_path_factory.mktemp("tokenizer"), piece_model(**KINDS[kind]))


@pytest.fixture(scope="module")
def pieces(kind):
    return sentencepiece.SentencePieceProcessor(model_proto=piece_model(**KINDS[kind]))


@pytest.fixture(scope="module", params=BOTH)
def tokenizer(folder, request):
    return request.param.from_pretrained(folder)


@pytest.mark.parametrize("text", TEXTS)
def test_ids_are_sentencepieces(tokenizer, pieces, text):
    assert tokenizer(text).input_ids == pieces.encode(text)


@pytest.mark.parametrize("kind", LOSSLESS, indirect=True)
@pytest.mark.parametrize("text", [*TEXTS, pytest.param("一\r\n二\r三", id="line breaks of other systems")])
def test_ids_become_the_text_again(tokenizer, text):
    assert tokenizer.decode(tokenizer(text).input_ids) == text


def test_a_thousand_drawn_texts_have_sentencepieces_ids(tokenizer, pieces):
    draw = random.Random(0)
    parts = [*"".join(SENTENCES), *"  \n\t🤒𠮷", "ever", "the ", "体温", "<reserved_107>"]
    for _ in range(1000):
        text = "".join(draw.choice(parts) for _ in range(draw.randint(2, 30)))
        ids = pieces.encode(text)
        assert tokenizer(text).input_ids == ids, text
        assert tokenizer.decode(ids) == pieces.decode(ids)


def test_special_tokens_are_met_inside_a_text_next_to_chinese_characters(tokenizer, pieces):
    expected = [*pieces.encode("发热"), 2, *pieces.encode("咳嗽"), 1, 0]
    assert tokenizer("发热</s>咳嗽<s><unk>").input_ids == expected


@pytest.mark.parametrize("backend", BOTH)
def test_special_tokens_are_shown_or_left_out(tmp_path, backend):
    tokenizer = backend.from_pretrained(write_tokenizer(tmp_path))
    ids = tokenizer("发热</s> 咳嗽<s><unk>").input_ids
    assert tokenizer.decode(ids) == "发热</s> 咳嗽<s><unk>"
    assert tokenizer.decode(ids, skip_special_tokens=True) == "发热 咳嗽"


def test_padding_is_on_the_left_with_the_configured_token(tokenizer):
    short, long = tokenizer(["热", "孩子发热两天，咳嗽"], padding=True).input_ids
    assert short[0] == tokenizer.pad_token_id == 0
    assert len(short) == len(long)


@pytest.mark.parametrize("backend", BOTH)
@pytest.mark.parametrize(
    ("settings", "begins", "ends"),
    [
        pytest.param({}, [], [], id="as Baichuan2's"),
        pytest.param({"add_bos_token": True}, [1], [], id="beginning"),
        pytest.param({"add_bos_token": True, "add_eos_token": True}, [1], [2], id="both"),
    ],
)
def test_texts_begin_and_end_as_the_configuration_says(tmp_path, backend, settings, begins, ends):
    tokenizer = backend.from_pretrained(write_tokenizer(tmp_path, **settings))
    plain = tokenizer("发热", add_special_tokens=False).input_ids
    assert tokenizer("发热").input_ids == [*begins, *plain, *ends]


@pytest.mark.parametrize("backend", BOTH)
@pytest.mark.parametrize("begins", [True, False])
def test_a_saved_tokenizer_is_the_same_for_both_and_for_the_original(tmp_path, backend, begins):
    text = "孩子发热</s>  <reserved_107>𠮷"
    first = backend.from_pretrained(write_tokenizer(tmp_path / "given", add_bos_token=begins))
    first.save_pretrained(tmp_path / "saved once")
    backend.from_pretrained(tmp_path / "saved once").save_pretrained(tmp_path / "saved")
    for again in BOTH:
        assert again.from_pretrained(tmp_path / "saved")(text).input_ids == first(text).input_ids
    saved = json.loads((tmp_path / "saved/tokenizer_config.json").read_text())
    assert saved["add_bos_token"] is begins
    assert saved["tokenizer_class"] == "BaichuanTokenizer"
    assert (tmp_path / "saved/tokenizer.model").read_bytes() == piece_model()


def test_auto_tokenizer_takes_ours_though_the_folder_names_code_of_its_own(tmp_path):
    tokenizer = AutoTokenizer.from_pretrained(write_tokenizer(tmp_path))
    assert type(tokenizer) is BaichuanTokenizerFast
    assert tokenizer.convert_ids_to_tokens([USER, ASSISTANT]) == ["<reserved_106>", "<reserved_107>"]


@pytest.mark.parametrize("backend", BOTH)
@pytest.mark.parametrize("kept", [0, 10, 3000, -1, -40])
def test_a_file_that_is_cut_off_is_refused_in_one_line(tmp_path, backend, kept):
    path = write_tokenizer(tmp_path) / "tokenizer.model"
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(UsageError, match=r"tokenizer\.model: is no whole SentencePiece model") as refused:
        backend.from_pretrained(tmp_path)
    assert "\n" not in str(refused.value)


def test_another_kind_of_sentencepiece_is_refused(tmp_path):
    from sentencepiece import sentencepiece_model_pb2

    model = sentencepiece_model_pb2.ModelProto.FromString(piece_model())
    model.trainer_spec.model_type = 1
    (write_tokenizer(tmp_path) / "tokenizer.model").write_bytes(model.SerializeToString())
    with pytest.raises(UsageError, match="is no byte-pair encoding"):
        AutoTokenizer.from_pretrained(tmp_path)
