"""What is garbled, and what only looks unusual."""

from __future__ import annotations

import pytest

from pedcorpus.curate.quality import garbled_span

SOUND = "患儿发热三天，体温38.5℃，给予布洛芬。"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SOUND.encode().decode("gbk", "replace"), id="UTF-8 read as GBK"),
        pytest.param("患儿发热三天给予布洛芬".encode().decode("gbk", "ignore"), id="UTF-8 read as GBK without marks"),
        pytest.param(SOUND.encode().decode("latin-1"), id="UTF-8 read as Latin-1"),
        pytest.param(SOUND.encode().decode("cp1252", "ignore"), id="UTF-8 read as Windows-1252"),
        pytest.param(SOUND.encode("gbk", "ignore").decode("latin-1"), id="GBK read as Latin-1"),
        pytest.param("5 μg/kg".encode().decode("latin-1"), id="a unit in Latin-1"),
        pytest.param("a temperature ≥ 38 ℃".encode().decode("cp1252", "replace"), id="a sign in Windows-1252"),
        pytest.param("the child’s fever".encode().decode("cp1252"), id="an apostrophe in Windows-1252"),
        pytest.param("发热" + "\ufffd" + "天", id="replacement character"),
        pytest.param("锟斤拷锟斤拷", id="replacement characters read as GBK"),
        pytest.param("体温\ue0138℃", id="private use"),
        pytest.param("体温\x0038℃", id="a control character"),
        pytest.param("\\u53d1\\u70ed三天", id="escapes of JSON"),
        pytest.param("体温□□□天", id="missing glyphs"),
    ],
)
def test_a_text_in_another_encoding_is_garbled(text: str) -> None:
    assert garbled_span(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SOUND, id="plain"),
        pytest.param("孩子退烧了👍🏽👨\u200d👩\u200d👧 谢谢！", id="emoji"),
        pytest.param("𠀀𠮷𡃁𪚥𫝀𬺰", id="CJK extension B and later"),
        pytest.param("兒科醫師診斷為熱性驚厥，鐵劑治療，釣魚，龜頭。", id="traditional"),
        pytest.param("疳积、瘰疬、痄腮、齁喘、癥瘕、嗳气、呃逆、鞘膜积液", id="rare characters of medicine"),
        pytest.param("······ ……—— ☆★ ①②③ □ 是 □ 否", id="dots, signs and boxes"),
        pytest.param("α-干扰素 5 μg/kg·d，37.5 ℃±0.5 ℃，≥2 × 10⁹/L", id="units"),
        pytest.param("Sjögren、Guillain-Barré、Ménière café……é”。", id="names with accents"),
        pytest.param("为什么？？？ 真的吗!!!", id="many marks"),
        pytest.param("", id="empty"),
        pytest.param(" \t\r\n\u3000\xa0", id="whitespace"),
    ],
)
def test_an_unusual_text_is_not_garbled(text: str) -> None:
    assert garbled_span(text) is None


def test_the_span_is_where_the_damage_is() -> None:
    text = SOUND + "体温".encode().decode("latin-1") + SOUND
    start, end = garbled_span(text) or (0, 0)
    assert (start, end) == (len(SOUND), len(SOUND) + 6)
