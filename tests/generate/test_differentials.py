from pedcorpus.generate.differentials import name_to_tell_from, rivals
from pedcorpus.generate.diseases import read_entries
from pedcorpus.generate.groups import group_entries
from pedcorpus.generate.outline import outline
from tests.generate.shelf import book


def found(*rows):
    groups = list(group_entries(read_entries(outline(book(*rows).passages))))
    return [(rival.name, rival.line.text) for rival in rivals(groups)]


def test_differentials_inside_one_paragraph_are_told_apart():
    text = "与阑尾炎鉴别：右下腹持续疼痛。与肠套叠鉴别：果酱样血便。"
    assert found((text, "急性胃肠炎", "鉴别诊断")) == [("阑尾炎", "右下腹持续疼痛。"), ("肠套叠", "果酱样血便。")]


def test_labelled_items_after_their_lead_are_differentials():
    rows = (
        ("发热3日出疹。", "麻疹", "辨证要领"),
        ("本病应与水痘、风疹相鉴别：", "麻疹", "辨证要领"),
        ("1.水痘：发热1日出水泡。", "麻疹", "辨证要领"),
    )
    assert found(*rows) == [("水痘", "发热1日出水泡。")]


def test_the_label_gives_the_bare_name():
    assert name_to_tell_from("与诺如病毒胃肠炎鉴别") == "诺如病毒胃肠炎"
    assert name_to_tell_from("水痘") == "水痘"
