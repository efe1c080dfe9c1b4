from pedcorpus.records import Address, Basis, Evidence
from pedcorpus.tasks.consultation import Consultation
from pedcorpus.tasks.conversation import Rewrite
from pedcorpus.tasks.self_cognition import SelfCognition

SAID = ("拉肚子两天", "不用抗生素 补液盐", "能喝奶吗", "能")


def turn(number: int, first: int = 0) -> Evidence:
    address = Address(row=1, turn=first + number)
    return Evidence(source="s", document="d", origin="turn", origin_id="t", address=address, quote=SAID[number])


def consultation(*evidence: Evidence) -> Consultation:
    return Consultation(
        task="consultation",
        topic="拉肚子",
        asker="user",
        history=[
            {"role": "user", "content": SAID[0]},
            {"role": "assistant", "content": "您好。不用抗生素，可以喂补液盐。"},
        ],
        question=SAID[2],
        answer="能",
        evidence=evidence,
        language="zh",
        license="CC0-1.0",
        tier="open",
        generator="llm.regularise@1",
    )


def test_a_reply_rests_on_what_was_said_up_to_it() -> None:
    cited = {claim.path: claim.evidence for claim in consultation(*map(turn, range(4))).claims()}
    assert cited == {"answer": (0, 1, 2, 3), "history.1.content": (0, 1)}


def test_words_as_they_were_said_are_quoted_and_others_paraphrased() -> None:
    bases = {claim.text: claim.basis for claim in consultation(*map(turn, range(4))).claims()}
    assert bases == {"能": Basis.QUOTED, "不用抗生素，可以喂补液盐。": Basis.PARAPHRASED}


def test_a_reply_rewrites_the_turn_at_its_place() -> None:
    found = consultation(*(turn(number, first=3) for number in range(4))).rewrites()
    assert found == (
        Rewrite("answer", "能", SAID[3]),
        Rewrite("history.1.content", "您好。不用抗生素，可以喂补液盐。", SAID[1]),
    )


def test_without_turns_in_the_evidence_any_of_it_may_serve() -> None:
    whole = turn(1).model_copy(update={"address": Address(row=1)})
    record = consultation(whole)
    assert {claim.evidence for claim in record.claims()} == {()}
    assert record.rewrites() == ()


def test_who_the_assistant_is_rewrites_nothing() -> None:
    fields = consultation(*map(turn, range(4))).model_dump(exclude={"messages"}) | {"task": "self_cognition"}
    assert SelfCognition(**fields).rewrites() == ()
