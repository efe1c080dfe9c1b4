"""The published vocabulary of relations, and the words that sources use for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pedcorpus.normalise import fold

__all__ = ["RELATIONS", "Relation", "relation_of", "type_of", "types_of"]


@dataclass(frozen=True)
class Relation:
    """One term of the vocabulary."""

    name: str
    meaning: str
    tail_type: str
    """What the tail usually is; the head is a disease."""
    synonyms: tuple[str, ...]
    """Words of sources for the same relation: relation names, column headers and JSON keys."""


RELATIONS: tuple[Relation, ...] = (
    Relation(
        "has_symptom", "the disease shows the symptom or sign", "symptom",
        ("症状", "临床症状", "症状体征", "临床表现", "表现", "体征", "典型症状", "主要症状", "伴随症状", "有症状",
         "symptom", "symptoms", "has symptom", "presents", "manifestation", "phenotype", "sign"),
    ),
    Relation(
        "requires_exam", "the disease is looked for with the examination", "examination",
        ("检查", "检查项目", "诊断检查", "辅助检查", "实验室检查", "影像学检查", "所需检查", "check", "checks", "exam",
         "exams", "examination", "examinations", "test", "tests", "need_check", "investigation", "investigations"),
    ),
    Relation(
        "treated_by", "the disease is treated with the drug", "drug",
        ("药物", "药品", "常用药品", "常用药", "常用药物", "推荐药品", "推荐药", "推荐药物", "好评药品", "药物治疗",
         "用药", "治疗药物", "drug", "drugs", "common_drug", "recommand_drug", "recommend_drug", "medication",
         "medications", "medicine", "treated by"),
    ),
    Relation(
        "treated_with", "the disease is treated with the procedure or therapy", "therapy",
        ("治疗", "治疗方法", "治疗方式", "疗法", "手术", "手术治疗", "辅助治疗", "非药物治疗", "cure_way", "cureway",
         "treatment", "treatments", "therapy", "therapies", "procedure", "surgery", "treated with"),
    ),
    Relation(
        "has_complication", "the disease may lead to or come with the other", "disease",
        ("并发症", "并发", "合并症", "伴随疾病", "acompany", "accompany", "acompany_with", "complication",
         "complications", "has_complications", "comorbidity"),
    ),
    Relation(
        "caused_by", "the disease is brought about by the cause", "cause",
        ("病因", "原因", "致病原因", "发病原因", "病原体", "病原", "发病机制", "病因病机", "cause", "causes",
         "etiology", "aetiology", "pathogen", "caused by"),
    ),
    Relation(
        "belongs_to_department", "the department sees patients with the disease", "department",
        ("科室", "就诊科室", "所属科室", "治疗科室", "挂号科室", "cure_department", "department", "departments",
         "belongs_to", "belongs to"),
    ),
    Relation(
        "differs_from", "the other disease is to be told apart from it", "disease",
        ("鉴别诊断", "鉴别", "相鉴别", "需鉴别", "鉴别疾病", "differential", "differentials", "differential_diagnosis",
         "differs from"),
    ),
    Relation(
        "prevented_by", "the measure prevents the disease", "prevention",
        ("预防", "预防措施", "预防方法", "prevent", "prevention", "prevents", "prevented by"),
    ),
    Relation(
        "is_a", "the disease is a kind of the other", "disease",
        ("是一种", "属于", "上位", "上位词", "父类", "subclassof", "rdfs:subclassof", "isa", "is a", "parent",
         "parents", "type_of"),
    ),
    Relation(
        "has_alias", "the disease has the other name", "alias",
        ("别名", "又名", "又称", "俗称", "同义词", "英文名", "英文名称", "中文名", "中文名称", "译名", "中文译名",
         "alias", "aliases", "synonym", "synonyms", "also_known_as", "translation", "hasexactsynonym"),
    ),
    Relation(
        "transmitted_by", "the disease passes on by the way", "route",
        ("传播途径", "传播方式", "传染方式", "传染途径", "get_way", "transmission", "route_of_transmission"),
    ),
    Relation(
        "affects", "the disease is found mostly in the group", "group",
        ("易感人群", "多发人群", "好发人群", "发病人群", "患病人群", "easy_get", "susceptible_population",
         "affected_group"),
    ),
    Relation(
        "has_identifier", "a terminology knows the entity by the code", "identifier",
        (),
    ),
)  # fmt: skip


def _key(word: str) -> str:
    return fold(word).replace("_", "")


_BY_WORD = {_key(word): relation for relation in RELATIONS for word in (relation.name, *relation.synonyms)}


@lru_cache(maxsize=4096)
def relation_of(word: str) -> str:
    """The vocabulary's term for a source's word; the word itself, trimmed, where it has none."""
    known = _BY_WORD.get(_key(word))
    return known.name if known else word.strip()


_TYPES = {
    "disease": ("疾病", "病", "并发症", "disorder", "condition"),
    "symptom": ("症状", "体征", "sign", "phenotype"),
    "examination": ("检查", "检查项目", "exam", "test", "investigation"),
    "drug": ("药物", "药品", "药", "medicine", "medication"),
    "therapy": ("治疗", "疗法", "治疗方法", "手术", "procedure", "surgery", "treatment"),
    "department": ("科室",),
    "cause": ("病因", "病原体", "pathogen"),
    "prevention": ("预防", "预防措施", "vaccine", "疫苗"),
    "alias": ("别名", "synonym"),
}
_BY_TYPE_WORD = {_key(word): name for name, words in _TYPES.items() for word in (name, *words)}


@lru_cache(maxsize=4096)
def type_of(word: str) -> str:
    """The vocabulary's type of entity for a source's word; the word itself, trimmed, where it has none."""
    return _BY_TYPE_WORD.get(_key(word), word.strip())


@lru_cache(maxsize=4096)
def types_of(relation: str) -> tuple[str, str]:
    """Usual types of head and tail of a term of the vocabulary; empty for other words."""
    known = _BY_WORD.get(_key(relation))
    return ("disease", known.tail_type) if known else ("", "")
