import pytest

from pedcorpus.curate.check import Subject
from pedcorpus.curate.kept import CHECK, lost_facts
from pedcorpus.records import Address, Evidence, Severity
from pedcorpus.tasks.consultation import Consultation

TERSE = "病毒性的多 不用吃消炎药 蒙脱石散一次三分之一袋 口服 一天三次 38.5以上吃布洛芬"
GOOD = "这种情况多是病毒性的，不用吃消炎药。蒙脱石散口服，一次三分之一袋，一天三次。38.5以上可以吃布洛芬。"


def test_a_faithful_rewrite_has_lost_nothing():
    assert lost_facts(TERSE, GOOD) == []


@pytest.mark.parametrize(
    ("said", "instead", "lost"),
    [
        ("一天三次", "每天服用", "一天三次"),
        ("一天三次", "一天两次", "一天三次"),
        ("一次三分之一袋，", "", "三分之一"),
        ("布洛芬", "退烧药", "布洛芬"),
        ("布洛芬", "对乙酰氨基酚", "布洛芬"),
        ("38.5以上", "39.5以上", "38.5以上"),
        ("38.5以上", "38.5以下", "38.5以上"),
        ("口服，", "", "口服"),
        ("不用吃消炎药", "需要吃消炎药", "不用"),
    ],
    ids=["frequency gone", "changed", "share", "drug to class", "drug swap", "number", "bound", "route", "negation"],
)
def test_a_lost_or_changed_fact_is_found_with_its_words(said, instead, lost):
    gaps = lost_facts(TERSE, GOOD.replace(said, instead))
    assert gaps
    assert any(lost[:2] in TERSE[gap.start : gap.end] or TERSE[gap.start : gap.end] in lost for gap in gaps)


@pytest.mark.parametrize(
    ("original", "rewritten"),
    [
        ("不客气，祝宝宝早日康复！多喝水。", "让宝宝多喝水。"),
        ("电话13800000000 多喝水", "让宝宝多喝水。"),
        ("一天3次", "每日三次。"),
        ("布洛芬0.1g", "布洛芬100 mg。"),
        ("No antibiotics. ORS often.", "No antibiotics are needed. Give ORS often."),
        ("多喝水", "Plenty of water."),
    ],
    ids=["courtesies", "telephone", "numeral", "unit", "english", "another language cannot be compared"],
)
def test_what_is_no_fact_or_the_same_fact_may_be_said_otherwise(original, rewritten):
    assert lost_facts(original, rewritten) == []


def consultation(answer: str) -> Consultation:
    def turn(number: int, quote: str) -> Evidence:
        address = Address(row=1, turn=number)
        return Evidence(source="s", document="d", origin="turn", origin_id="t", address=address, quote=quote)

    said = ["宝宝拉肚子", "几天了 有没有发烧", "两天 不烧", TERSE]
    return Consultation(
        task="consultation",
        topic="宝宝拉肚子",
        asker="user",
        history=[{"role": "user", "content": said[0]}, {"role": "assistant", "content": "拉了几天？有没有发烧？"}],
        question=said[2],
        answer=answer,
        evidence=tuple(turn(number, quote) for number, quote in enumerate(said)),
        language="zh",
        license="CC0-1.0",
        tier="open",
        generator="llm.regularise@1",
    )


def test_a_record_is_judged_reply_by_reply():
    assert [one.severity for one in CHECK.verdicts([Subject(consultation(GOOD), {})])] == [Severity.PASS]
    (finding,) = CHECK.verdicts([Subject(consultation(GOOD.replace("，一天三次", "")), {})])
    assert (finding.reason, finding.path, finding.severity) == ("fact_lost", "answer", Severity.ERROR)
    assert "一天三次" in finding.detail
