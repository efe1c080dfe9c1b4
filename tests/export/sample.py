"""A small release written by hand, for tests of the export and of everything that reads one.

    from tests.export.sample import sample_release
    write_export(sample_release("v1"), tmp_path / "v1")

Ten diseases, each with one section of a textbook and one entity of a graph; 34 rows of all three
tasks, 27 of them to train on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pedcorpus.export import Release, group_of
from pedcorpus.records import (
    Address,
    Asker,
    Box,
    Decision,
    Document,
    Evidence,
    Finding,
    Instruction,
    Message,
    Passage,
    Patient,
    Preference,
    ReleaseRow,
    Severity,
    Source,
    SourceKind,
    Statement,
    Tier,
    Triple,
    Verdict,
)
from pedcorpus.settings import ExportSettings
from pedcorpus.tasks.evidiag import EviDiag, Support
from pedcorpus.tasks.frames import listing_sentence
from pedcorpus.tasks.medkqa import MedKQA
from pedcorpus.tasks.trerecom import DrugOrder, TreRecom

__all__ = ["DISEASES", "Disease", "release_row", "sample_release", "sample_rows"]

BOOK = Source(
    id="book",
    kind=SourceKind.TEXTBOOK,
    title="样书 | 儿科学",
    publisher="样本出版社",
    edition="第1版",
    license="CC0-1.0",
    tier=Tier.OPEN,
    attribution="样书，CC0",
    declared=True,
)
GRAPH = Source(
    id="graph", kind=SourceKind.GRAPH, title="样图", license="CC-BY-4.0", tier=Tier.CONTROLLED, declared=True
)
BOOK_FILE, GRAPH_FILE = "b" * 64, "a" * 64
DOCUMENTS = (
    Document(id=BOOK_FILE, source="book", path="book.pdf", parser="pdf@1", bytes=10_000, pages=20),
    Document(id=GRAPH_FILE, source="graph", path="graph.csv", parser="table_graph@1", bytes=2_000),
)


@dataclass(frozen=True)
class Disease:
    """What the sample shelf says of one disease."""

    name: str
    cause: str
    signs: str
    treatment: str
    drug: str
    symptoms: tuple[str, str]


DISEASES = (
    Disease(
        "水痘",
        "病原为水痘-带状疱疹病毒，经飞沫和接触传播。",
        "皮疹呈向心性分布，斑疹、丘疹、疱疹和结痂同时存在。",
        "以对症治疗为主，剪短指甲以防抓破疱疹后继发感染。",
        "炉甘石洗剂",
        ("疱疹", "发热"),
    ),
    Disease(
        "麻疹",
        "由麻疹病毒引起，冬春季多见，未接种疫苗者易感。",
        "发热3到4日后出疹，出疹前口腔颊黏膜可见科氏斑。",
        "补充维生素A可减少并发症，注意口腔和眼部护理。",
        "维生素A",
        ("科氏斑", "咳嗽"),
    ),
    Disease(
        "猩红热",
        "由A组乙型溶血性链球菌引起，多见于学龄儿童。",
        "咽痛、草莓舌，皮肤弥漫充血上有针尖大小的丘疹。",
        "首选青霉素，疗程10日，以防风湿热和肾炎。",
        "青霉素",
        ("草莓舌", "咽痛"),
    ),
    Disease(
        "手足口病",
        "多由肠道病毒71型和柯萨奇病毒A16型引起。",
        "手、足、口腔及臀部出现斑丘疹和疱疹，可伴低热。",
        "隔离两周，进清淡流食，重症者及早转诊。",
        "干扰素喷雾",
        ("口腔疱疹", "低热"),
    ),
    Disease(
        "川崎病",
        "病因不明，是一种急性全身性血管炎。",
        "发热5日以上，伴双眼结膜充血、口唇皲裂和指端脱皮。",
        "发病10日内静脉输注丙种球蛋白，并口服阿司匹林。",
        "阿司匹林",
        ("结膜充血", "指端脱皮"),
    ),
    Disease(
        "哮喘",
        "气道慢性炎症，与特应性体质和反复感染有关。",
        "反复发作的喘息、气促和胸闷，夜间和清晨加重。",
        "急性发作时吸入速效支气管舒张剂，平时规律吸入激素。",
        "沙丁胺醇",
        ("喘息", "胸闷"),
    ),
    Disease(
        "肠套叠",
        "多为原发性，常见于4到10个月的婴儿。",
        "阵发性哭闹、呕吐，果酱样血便，右上腹可触及腊肠样包块。",
        "发病48小时内首选空气灌肠复位，复位失败者手术。",
        "生理盐水",
        ("果酱样血便", "呕吐"),
    ),
    Disease(
        "缺铁性贫血",
        "铁摄入不足或丢失过多，6个月至2岁多见。",
        "面色苍白、易疲乏，血涂片示小细胞低色素性改变。",
        "口服铁剂，同服维生素C有利于吸收，血红蛋白正常后再服2个月。",
        "硫酸亚铁",
        ("面色苍白", "食欲减退"),
    ),
    Disease(
        "热性惊厥",
        "与发热时未成熟的脑易兴奋有关，常有家族史。",
        "体温骤升时出现全身抽搐，多在数分钟内自行停止。",
        "抽搐超过5分钟者静脉缓慢注射地西泮，并保持气道通畅。",
        "地西泮",
        ("抽搐", "意识丧失"),
    ),
    Disease(
        "急性喉炎",
        "多由病毒感染引起，冬春季和婴幼儿多见。",
        "犬吠样咳嗽、声音嘶哑，吸气时可闻喉鸣，夜间加重。",
        "雾化吸入布地奈德，喉梗阻明显者给予地塞米松。",
        "布地奈德",
        ("犬吠样咳嗽", "声嘶"),
    ),
)


def _headings(disease: Disease) -> tuple[str, ...]:
    return "第一章 常见病", f"第{DISEASES.index(disease) + 1}节 {disease.name}"


def _passages(disease: Disease) -> tuple[Passage, ...]:
    number = DISEASES.index(disease)
    passages, start = [], number * 1000
    for offset, text in enumerate((disease.cause, disease.signs, disease.treatment)):
        box = Box(page=number + 1, x0=72, y0=100.5 + 20 * offset, x1=520, y1=116, start=0, end=len(text))
        end = start + len(text)
        address = Address(heading_path=_headings(disease), page=number + 1, boxes=(box,), start=start, end=end)
        passages.append(Passage(document=BOOK_FILE, position=number * 3 + offset, text=text, address=address))
        start = end + 1
    return tuple(passages)


def _triples(disease: Disease) -> tuple[Triple, ...]:
    first = DISEASES.index(disease) * 3 + 2
    facts = [("has_symptom", symptom) for symptom in disease.symptoms] + [("treated_by", disease.drug)]
    return tuple(
        Triple(
            document=GRAPH_FILE,
            head=disease.name,
            relation=relation,
            tail=tail,
            quote=f"{disease.name},{relation},{tail}",
            address=Address(row=first + offset),
        )
        for offset, (relation, tail) in enumerate(facts)
    )


def _from_passage(passage: Passage) -> Evidence:
    return Evidence(
        source="book",
        document=BOOK_FILE,
        origin="passage",
        origin_id=passage.id,
        address=passage.address,
        quote=passage.text,
    )


def _from_triple(triple: Triple) -> Evidence:
    return Evidence(
        source="graph",
        document=GRAPH_FILE,
        origin="triple",
        origin_id=triple.id,
        address=triple.address,
        quote=triple.quote,
    )


def _common(disease: Disease, *, source: Source, generator: str) -> dict[str, Any]:
    return {
        "topic": disease.name,
        "asker": Asker.PARENT,
        "language": "zh",
        "license": source.license,
        "tier": source.tier,
        "generator": generator,
    }


def cause_question(disease: Disease) -> Instruction:
    """MedKQ&A from the textbook."""
    evidence = (_from_passage(_passages(disease)[0]),)
    common = _common(disease, source=BOOK, generator="rule.section@1")
    question = f"孩子为什么会得{disease.name}？"
    return MedKQA(task="medkqa", aspect="cause", question=question, answer=disease.cause, evidence=evidence, **common)


def symptom_question(disease: Disease) -> Instruction:
    """MedKQ&A from the graph."""
    evidence = tuple(map(_from_triple, _triples(disease)[:2]))
    answer = listing_sentence("has_symptom", [disease.name], disease.symptoms, language="zh") or ""
    common = _common(disease, source=GRAPH, generator="rule.graph@1")
    question = f"{disease.name}有哪些症状？"
    return MedKQA(task="medkqa", aspect="manifestation", question=question, answer=answer, evidence=evidence, **common)


def case(disease: Disease) -> Instruction:
    """EviDiag from the textbook."""
    evidence = (_from_passage(_passages(disease)[1]),)
    support = Support(finding=disease.symptoms[0], criterion=disease.signs, evidence=0)
    return EviDiag(
        task="evidiag",
        patient=Patient(age_months=30, sex="male"),
        findings=disease.symptoms,
        question="最可能的诊断是什么？依据是什么？",
        diagnosis=disease.name,
        supporting_evidence=(support,),
        evidence=evidence,
        **_common(disease, source=BOOK, generator="rule.section@1"),
    )


def plan(disease: Disease) -> Instruction:
    """TreRecom from both works, so of the stricter tier of the two."""
    evidence = (_from_passage(_passages(disease)[2]), _from_triple(_triples(disease)[2]))
    common = _common(disease, source=GRAPH, generator="rule.section@1") | {"license": "CC-BY-4.0 AND CC0-1.0"}
    return TreRecom(
        task="trerecom",
        patient=Patient(age_months=24, weight_kg=12),
        diagnosis=disease.name,
        question="应如何处理？",
        plan=(Statement(text=disease.treatment, evidence=(0,)),),
        drugs=(DrugOrder(name=disease.drug, evidence=1),),
        evidence=evidence,
        **common,
    )


def release_row(instruction: Instruction, **changes: Any) -> ReleaseRow:
    """A row accepted by a reviewer, with a warning that the reviewer saw."""
    number = int(instruction.id[:4], 16)
    decision = Decision(
        instruction=instruction.id,
        reviewer=("王医生", "李医生")[number % 2],
        verdict=Verdict.ACCEPT,
        note="与王医生讨论过",
        at=datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=number),
    )
    finding = Finding(instruction=instruction.id, check="quote@1", severity=Severity.WARNING, reason="folded")
    values: dict[str, Any] = {
        "instruction": instruction,
        "acceptance": "reviewed",
        "findings": (finding,),
        "decisions": (decision,),
        "cluster": instruction.id,
        "group": group_of(instruction),
    }
    return ReleaseRow(**values | changes)


def sample_rows() -> tuple[ReleaseRow, ...]:
    """34 rows: cause, signs and plan of ten diseases from the textbook, and symptoms of four from the graph."""
    instructions = [make(disease) for disease in DISEASES for make in (cause_question, case, plan)]
    instructions += [symptom_question(disease) for disease in DISEASES[:4]]
    return tuple(release_row(instruction) for instruction in instructions)


def _preferences() -> tuple[Preference, ...]:
    pairs = []
    for disease, other in zip(DISEASES, DISEASES[1:] + DISEASES[:1], strict=True):
        good, bad = cause_question(disease), cause_question(other)
        pairs.append(
            Preference(
                task="medkqa",
                topic=disease.name,
                prompt=(Message(role="user", content=good.user_text()),),
                chosen=good.answer_text(),
                rejected=bad.answer_text(),
                chosen_from=good.id,
                rejected_from=f"rule.neighbour@1:{bad.id}",
            )
        )
    return tuple(pairs)


def sample_release(version: str = "v1", **changes: Any) -> Release:
    """The sample as a release; `changes` replace fields of `Release`."""
    values: dict[str, Any] = {
        "version": version,
        "rows": sample_rows(),
        "sources": (BOOK, GRAPH),
        "settings": ExportSettings(validation_share=0.15, test_share=0.15, split_seed="6"),
        "documents": DOCUMENTS,
        "passages": [passage for disease in DISEASES for passage in _passages(disease)],
        "triples": [triple for disease in DISEASES for triple in _triples(disease)],
        "preferences": _preferences(),
        "instruction_counts": {"medkqa": {"accepted": 14, "rejected": 1}},
        "failure_counts": {"not_text": 2},
    }
    return Release(**values | changes)
