"""Which text layers are believed."""

import pytest

from pedcorpus.parse.text_layer import TextLayer, judge_text_layer

PROSE = (
    "热性惊厥是小儿最常见的惊厥性疾病，多发生于六个月至五岁，与发热有关，须除外颅内感染。"
    "多数发作在五分钟内自行缓解，不需要药物止惊；发作超过五分钟者，可以静脉缓慢注射地西泮，注意呼吸抑制。"
    "首次发作年龄小于十二个月、怀疑颅内感染的患儿应行腰椎穿刺检查，家长应当学会发作时的家庭处理方法。"
)
TRADITIONAL = "熱性驚厥是兒童最常見的驚厥性疾病，發作時間較長者應當進一步檢查腦電圖，與癲癇相鑑別。" * 2
ENGLISH = "Children with febrile seizures recover within minutes and seldom need medicines at home. " * 4
PREFACE = (
    "第一章　绪论 ........................................ 1\n第二章　生长发育 .................................. 15\n"
)


def shifted(text: str) -> str:
    return "".join(chr(0x4E00 + ord(one) * 7919 % 20_000) if "\u4e00" <= one <= "\u9fff" else one for one in text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PROSE, id="Chinese"),
        pytest.param(TRADITIONAL, id="traditional Chinese"),
        pytest.param(ENGLISH, id="English"),
        pytest.param("Élève fiévreux âgé de 3 mois: paracétamol 15 mg/kg, répété après six heures.", id="accents"),
        pytest.param(PREFACE * 5, id="leaders of a table of contents"),
        pytest.param("1 | 0.5 | 12.3 | 4～6 | 25% | ≤38.5℃ | 3.2 ± 0.4 | 97.1 | 10 mg/kg\n" * 5, id="numbers"),
        pytest.param(
            "党参10克 黄芪15克 白术9克 茯苓9克 甘草6克 麦冬9克 桔梗6克 陈皮6克 防风6克。" * 4, id="prescription"
        ),
        pytest.param("\uf06c" + PROSE, id="a bullet of a symbol font"),
        pytest.param("\ufffd" + PROSE, id="one lost character"),
        pytest.param("第三篇", id="a title alone"),
    ],
)
def test_what_is_printed_in_books_is_sound(text: str) -> None:
    assert judge_text_layer(text) is TextLayer.SOUND


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("".join(chr(0xE000 + ord(one) % 4096) for one in PROSE), id="private use"),
        pytest.param("\ufffd" * 30, id="replacement characters"),
        pytest.param("\x01\x02\x03\x04\x05\x06" * 8, id="controls"),
        pytest.param(PROSE.encode("gb18030").decode("latin-1"), id="GB18030 as Latin-1"),
        pytest.param(PROSE.encode().decode("cp1252", "ignore"), id="UTF-8 as Windows-1252"),
        pytest.param(PROSE.encode().decode("gb18030", "ignore"), id="UTF-8 as GB18030"),
        pytest.param(PROSE.encode("gb18030").decode("euc-kr", "ignore"), id="GB18030 as Korean"),
        pytest.param(shifted(PROSE), id="a font whose map points at other characters"),
        pytest.param("!\"#$%&'()*+,/:;<=>?@[]^`{|}~" * 3, id="signs instead of glyphs"),
        pytest.param("xkcd bvnm wrtp sdfg hjkl qwrt zxcv bnmp " * 8, id="letters instead of others"),
    ],
)
def test_what_no_book_prints_is_garbage(text: str) -> None:
    assert judge_text_layer(text) is TextLayer.GARBAGE


@pytest.mark.parametrize(
    ("text", "picture", "shapes", "expected"),
    [
        pytest.param("", 1.0, 0, TextLayer.NONE, id="scan"),
        pytest.param("- 12 -", 0.9, 0, TextLayer.NONE, id="scan with a page number"),
        pytest.param(
            "本书由某某文库整理，仅供学习交流，请勿用于商业", 1.0, 0, TextLayer.NONE, id="scan with a watermark"
        ),
        pytest.param(PROSE, 1.0, 0, TextLayer.SOUND, id="scan with a text layer under it"),
        pytest.param("", 0.0, 400, TextLayer.NONE, id="type as outlines"),
        pytest.param("", 0.0, 3, TextLayer.BLANK, id="empty page with a frame"),
        pytest.param("第三篇 消化系统疾病", 0.3, 0, TextLayer.SOUND, id="title beside a picture"),
    ],
)
def test_a_page_of_pictures_has_no_text_layer(text: str, picture: float, shapes: int, expected: TextLayer) -> None:
    assert judge_text_layer(text, picture=picture, shapes=shapes) is expected
