"""Made-up text for generated books: sentences, headings and tables that read like a paediatric textbook's.

Nothing here is meant to be true. The same seed gives the same text.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

__all__ = ["Table", "english_sentence", "footnote", "heading_words", "sentence", "table", "title"]

_SITES = [
    "肺部",
    "咽部",
    "皮肤",
    "关节",
    "腹部",
    "前囟",
    "心前区",
    "淋巴结",
    "口腔黏膜",
    "四肢末端",
    "外周血",
    "脑脊液",
    "尿液",
    "骨髓",
]
_SIGNS = [
    "红肿",
    "湿啰音",
    "压痛",
    "瘀点",
    "水肿",
    "渗出",
    "蛋白升高",
    "白细胞增多",
    "血糖降低",
    "反应减弱",
    "培养阳性",
    "斑片状阴影",
]
_DRUGS = [
    "阿莫西林",
    "头孢曲松",
    "布洛芬",
    "对乙酰氨基酚",
    "地塞米松",
    "泼尼松龙",
    "红霉素",
    "硫酸镁",
    "氢氯噻嗪",
    "维生素D",
    "铁剂",
    "锌剂",
]
_ROUTES = ["口服", "静脉滴注", "肌内注射", "雾化吸入", "直肠给药", "皮下注射"]
_DISEASES = [
    "支气管肺炎",
    "热性惊厥",
    "肾病综合征",
    "缺铁性贫血",
    "过敏性紫癜",
    "川崎病",
    "手足口病",
    "急性腹泻",
    "先天性心脏病",
    "哮喘",
]
_AGES = ["新生儿", "早产儿", "婴儿", "幼儿", "学龄前儿童", "学龄儿童", "青春期少年", "6个月以下婴儿", "2岁以上患儿"]
_LINKS = ["并且", "但是", "因此", "同时", "此外", "少数情况下", "在多数患儿", "如治疗不及时"]
_ASPECTS = ["病因", "病理生理", "临床表现", "辅助检查", "诊断", "鉴别诊断", "治疗", "预后", "预防", "并发症"]
_LATIN = ["CRP", "IgA", "MRI", "T1WI", "PCR", "C反应蛋白", "EB病毒", "X线", "pH", "HLA-B27", "Na+"]
_ENGLISH = [
    "children",
    "infants",
    "fever",
    "treatment",
    "the",
    "of",
    "with",
    "may",
    "reduce",
    "clinical",
    "severe",
    "mild",
    "symptoms",
    "oral",
    "therapy",
    "and",
    "dehydration",
    "diagnosis",
    "is",
    "are",
    "usually",
    "within",
    "hours",
    "after",
    "onset",
    "should",
    "be",
    "given",
    "to",
    "at",
    "risk",
    "monitoring",
    "recommended",
    "efficient",
]


@dataclass(frozen=True)
class Table:
    """A table as printed: a cell's text stands in each place that it covers."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    tall: tuple[int, ...] = ()
    """Rows whose first cell covers the row above too."""


def _clause(rng: Random) -> str:
    return rng.choice(
        (
            lambda: f"{rng.choice(_AGES)}{rng.choice(_DISEASES)}可有{rng.choice(_SITES)}{rng.choice(_SIGNS)}",
            lambda: (
                f"{rng.choice(_DRUGS)}{rng.randint(1, 9)}0 mg/kg，{rng.choice(_ROUTES)}，每{rng.randint(4, 12)}小时1次"
            ),
            lambda: (
                f"约{rng.randint(2, 90)}%的{rng.choice(_AGES)}在{rng.randint(2, 20)}～{rng.randint(21, 60)}天内出现{rng.choice(_SIGNS)}"
            ),
            lambda: f"{rng.choice(_LATIN)}有助于了解{rng.choice(_SITES)}是否有{rng.choice(_SIGNS)}",
            lambda: f"需与{rng.choice(_DISEASES)}和{rng.choice(_DISEASES)}相区别",
            lambda: f"体温超过38.5℃者宜选{rng.choice(_DRUGS)}（单次最大量{rng.randint(1, 9)}00 mg）",
        )
    )()


def sentence(rng: Random) -> str:
    """A sentence of one to four clauses with its full stop."""
    clauses = [_clause(rng) for _ in range(rng.randint(1, 4))]
    for place in range(1, len(clauses)):
        if rng.random() < 0.3:
            clauses[place] = rng.choice(_LINKS) + clauses[place]
    return rng.choice("，，；").join(clauses) + "。"


def english_sentence(rng: Random) -> str:
    """An English sentence with its full stop."""
    words = [rng.choice(_ENGLISH) for _ in range(rng.randint(6, 24))]
    return " ".join(words).capitalize() + "."


def heading_words(rng: Random) -> str:
    """What a section or disease is called."""
    return rng.choice(_DISEASES) + rng.choice(("", "", "的诊治", "与营养", "的随访"))


def title(rng: Random) -> str:
    """An aspect of a disease, as between 【】."""
    return rng.choice(_ASPECTS)


def footnote(rng: Random) -> str:
    """A note of one or two lines."""
    return f"{rng.choice('①②③')} {''.join(_clause(rng) for _ in range(rng.randint(1, 2)))}。"


def table(rng: Random, caption: str, *, columns: int, rows: int, long_cells: bool) -> Table:
    """A table of doses; with `long_cells` the last column holds text of several lines."""
    head = (*("药物", "剂量", "途径", "单次最大量", "注意事项")[: columns - 1], "说明")
    body: list[tuple[str, ...]] = []
    tall = []
    for number in range(1, rows + 1):
        drug = rng.choice(_DRUGS) if not body or rng.random() < 0.8 else ""
        if not drug:
            tall.append(number)
            drug = body[-1][0]
        cells = [
            drug,
            f"{rng.randint(1, 90)} mg/kg",
            rng.choice(_ROUTES),
            f"{rng.randint(1, 9)}00 mg",
            rng.choice(_SIGNS),
        ]
        last = _clause(rng) if long_cells else rng.choice(_SIGNS)
        body.append((*cells[: columns - 1], last))
    return Table(caption, (head, *body), tuple(tall))
