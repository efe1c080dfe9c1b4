"""The chat page in a real browser: a clinician with a keyboard, a phone, and a model that is no friend."""

import json

import pytest

pytest.importorskip("fastapi", reason="needs the [serve] extra")

from pedcorpus.inference.emergency import emergency_in
from tests.inference.page.scripted import served
from tests.web.chromium import NEEDS_CHROMIUM, open_browser, wait_until

pytestmark = NEEDS_CHROMIUM

HOSTILE = [
    "<script>window.hurt = 1</script>",
    '<img src=x onerror="window.hurt = 1">',
    "[here](javascript:window.hurt=1)",
    '<a href="javascript:window.hurt=1">x</a>\n\n- <svg onload=window.hurt=1>\n- **<b onclick=alert(1)>粗</b>**',
    "</div></article><iframe srcdoc='<script>parent.hurt=1</script>'></iframe>",
]
SOURCE = {
    "title": "样章<b>", "edition": "", "source": "s", "file": "a.pdf", "page": 12, "row": None, "entity": None,
    "heading_path": ["第七章", "治疗"], "license": "CC0-1.0", "quote": "😀发热时<i>多喝水", "highlights": [[1, 3]],
    "share": 0.9,
}  # fmt: skip


def preface(messages):
    emergency = emergency_in(messages)
    return emergency.text if emergency else None


class Thumbs(list):
    def __call__(self, rated):
        self.append(rated)
        return "waiting"


@pytest.fixture(scope="module")
def thumbs():
    return Thumbs()


@pytest.fixture(scope="module")
def server(thumbs):
    with served(preface=preface, sources=lambda *_: [SOURCE], feedback=thumbs) as server:
        yield server


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with open_browser(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def page(browser, server, thumbs):
    server.engine.script, server.engine.pause_s = ["多", "喝水"], 0.0
    server.asked.clear()
    thumbs.clear()
    browser.open(server.url)
    browser.run("localStorage.clear(); sessionStorage.clear()")
    opened(browser, server)
    return browser


def opened(page, server):
    page.open(server.url)
    wait_until(lambda: page.find("#model").text == "demo-model")


def idle(page):
    wait_until(lambda: page.run("return document.getElementById('stop').hidden"))


def ask(page, text):
    page.find("#ask").write(text + "\n")
    idle(page)


def test_a_conversation_is_held_by_keys_alone_and_kept_in_the_browser(page, server):
    ask(page, "发热怎么办")
    ask(page, "然后呢")
    assert page.find("article:nth-of-type(2) .text").text == "多喝水"
    assert [turn["content"] for turn in server.asked[-1]] == ["发热怎么办", "多喝水", "然后呢"]
    opened(page, server)
    assert page.run("return document.querySelectorAll('article').length") == 4
    assert page.find("#talk-list .open").text == "发热怎么办"


def test_shift_enter_breaks_the_line(page, server):
    page.find("#ask").write("一\ue008\n\ue000二\n")
    idle(page)
    assert server.asked[-1][0]["content"] == "一\n二"


def test_a_reply_streams_and_escape_stops_it(page, server):
    server.engine.script, server.engine.pause_s = ["字"] * 200, 0.05
    left = server.engine.left
    page.find("#ask").write("发热\n")
    wait_until(lambda: page.run("return document.querySelector('article.assistant .text').textContent.length") > 2)
    assert not page.run("return document.getElementById('stop').hidden")
    page.type("\ue00c")
    idle(page)
    assert "已停止" in page.find("article.assistant .text").text
    wait_until(lambda: server.engine.left == left + 1)
    server.engine.pause_s = 0.0


def test_the_warning_is_in_view_however_long_the_talk(page, server):
    server.engine.script = ["很长的回答。\n\n"] * 80
    ask(page, "发热")
    box = page.run(
        "const b = document.getElementById('warning').getBoundingClientRect(); return [b.top, b.bottom, innerHeight]"
    )
    assert 0 <= box[0] < box[1] <= box[2]
    assert "不提供医疗建议" in page.find("#warning").text
    assert "120" in page.find("#warning").text


def test_emergency_advice_stands_first_and_apart_in_words_too(page, server):
    ask(page, "宝宝嘴唇发紫")
    assert page.find(".emergency h4").text == "⚠ 紧急提示"
    assert "120" in page.find(".emergency").text
    assert page.find("article.assistant .text").text == "多喝水"
    places = "return [...document.querySelectorAll('article.assistant > *')].map((each) => each.className)"
    assert page.run(places)[1:3] == ["emergency", "text"]
    ask(page, "谢谢")
    assert [turn["content"] for turn in server.asked[-1]] == ["宝宝嘴唇发紫", "多喝水", "谢谢"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_model_or_a_user_says_is_never_markup(page, server, text):
    server.engine.script = [text[:7], text[7:]]
    ask(page, text.replace("\n", " "))
    opened(page, server)
    assert page.run("return window.hurt") is None
    assert page.run("return document.querySelectorAll('#log :is(script, img, a, iframe, svg, b)').length") == 0
    assert text.split("\n")[0] in page.run("return document.querySelector('article.assistant .text').textContent")
    assert not [line for line in page.console() if "Content Security Policy" in line]


def test_lists_and_bold_are_shown_as_such(page, server):
    server.engine.script = ["方案：\n1. **补液**\n2. 0.3 mg/kg\n\n- 休息"]
    ask(page, "怎么治")
    assert page.run("return [...document.querySelectorAll('.text li')].map((e) => e.textContent)") == [
        "补液",
        "0.3 mg/kg",
        "休息",
    ]
    assert page.find("article.assistant strong").text == "补液"


def test_sources_fold_open_under_the_reply_with_page_and_quote(page):
    ask(page, "发热")
    assert not page.run("return document.querySelector('details.sources').open")
    page.find("details.sources summary").click()
    assert page.find(".place").text == "样章<b> · 第12页 · 第七章 › 治疗 · a.pdf · CC0-1.0"
    assert page.find("blockquote").text == "😀发热时<i>多喝水"
    assert page.find("mark").text == "发热"


def test_a_thumb_up_and_a_corrected_thumb_down_reach_the_server(page, thumbs):
    ask(page, "发热")
    page.find(".up").click()
    wait_until(lambda: thumbs)
    assert (thumbs[0].rating, thumbs[0].reply, thumbs[0].messages[-1].content) == ("up", "多喝水", "发热")
    ask(page, "咳嗽")
    page.run("const all = document.querySelectorAll('.down'); all[all.length - 1].click()")
    page.run("document.querySelector('.corrected').value = '看医生'")
    page.find(".why").write("太短")
    page.find(".submit").click()
    wait_until(lambda: len(thumbs) == 2)
    assert (thumbs[1].rating, thumbs[1].correction, thumbs[1].note) == ("down", "看医生", "太短")
    assert [turn.content for turn in thumbs[1].messages] == ["发热", "多喝水", "咳嗽"]
    wait_until(lambda: page.run("return document.body.textContent").count("待医生审核；") == 2)


def test_a_reply_is_drawn_again(page, server):
    ask(page, "发热")
    server.engine.script = ["请看医生"]
    page.find(".retry").click()
    wait_until(lambda: page.run("return document.querySelectorAll('article').length") == 2)
    idle(page)
    assert page.find("article.assistant .text").text == "请看医生"
    assert len(server.asked[-1]) == 1


def test_conversations_are_begun_renamed_and_deleted(page):
    ask(page, "发热")
    page.find("#new").click()
    ask(page, "咳嗽")
    page.run("window.prompt = () => '改名'; window.confirm = () => true")
    page.find("#talk-list li:nth-child(2) .rename").click()
    assert page.find("#talk-list li:nth-child(2) .open").text == "改名"
    page.find("#talk-list li:first-child .remove").click()
    assert [each["title"] for each in json.loads(page.run("return localStorage['pedcorpus.conversations']"))] == [
        "改名"
    ]
    assert page.find("article.user .text").text == "发热"


def test_it_speaks_english_and_remembers_it(page, server):
    page.find("#language").click()
    assert page.find("#send").text == "Send"
    assert "Not medical advice" in page.find("#warning").text
    opened(page, server)
    assert page.run("return document.documentElement.lang") == "en"


def test_it_fits_a_phone(page, server):
    phone = {"width": 360, "height": 640, "deviceScaleFactor": 1, "mobile": True}
    page.command("Emulation.setDeviceMetricsOverride", **phone)
    server.engine.script = ["长" * 300 + "w" * 300]
    ask(page, "宝宝嘴唇发紫")
    assert page.run("return document.documentElement.scrollWidth") <= 360
    assert not page.run("return document.getElementById('talks').checkVisibility()")
    page.find("#fold").click()
    assert page.run("return document.getElementById('talks').checkVisibility()")
    page.command("Emulation.clearDeviceMetricsOverride")


def test_a_server_that_is_gone_is_told_and_the_question_stays(browser):
    with served() as server:
        opened(browser, server)
    browser.find("#ask").write("发热\n")
    wait_until(lambda: "连不上" in browser.find("#status").text or "cannot be reached" in browser.find("#status").text)
    assert browser.find("article.user .text").text == "发热"


def test_a_key_is_asked_for_where_the_server_wants_one(browser):
    with served(key="secret") as server:
        browser.open(server.url)
        wait_until(lambda: not browser.run("return document.getElementById('key-form').hidden"))
        browser.find("#key").write("wrong\n")
        wait_until(lambda: "密钥不对" in browser.find("#status").text)
        browser.find("#key").write("secret\n")
        wait_until(lambda: browser.find("#model").text == "demo-model")
        assert browser.run("return document.getElementById('key-form').hidden")
        ask(browser, "发热")
        assert browser.find("article.assistant .text").text == "好的"
        assert not browser.has(".up")
