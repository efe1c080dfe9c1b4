from pedcorpus.generate.evidence import EvidenceList, passage_evidence, triple_evidence
from pedcorpus.records import Address, Box, Passage
from tests.generate.shelf import ID, graph, passage, source


def test_the_address_is_narrowed_to_the_quote():
    text = "第一行文字第二行文字"
    boxes = (
        Box(page=3, x0=0, y0=0, x1=9, y1=9, start=0, end=5),
        Box(page=4, x0=0, y0=9, x1=9, y1=18, start=5, end=10),
    )
    row = Passage(document=ID, position=0, text=text, address=Address(page=3, boxes=boxes, start=100, end=110))
    evidence = passage_evidence(source(), row, 5, 10)
    assert evidence.quote == "第二行文字"
    assert (evidence.address.page, evidence.address.boxes) == (4, boxes[1:])
    assert (evidence.address.start, evidence.address.end) == (105, 110)


def test_a_span_of_another_length_is_left_as_it_is():
    row = Passage(document=ID, position=0, text="短", address=Address(start=100, end=110))
    assert passage_evidence(source(), row, 0, 1).address.start == 100


def test_the_same_evidence_is_kept_once():
    rows = EvidenceList()
    first = passage_evidence(source(), passage("发热。"), 0, 3)
    assert (rows.add(first), rows.add(first), len(rows.rows)) == (0, 0, 1)


def test_a_triple_is_quoted_as_its_line():
    material = graph([("麻疹", "has_symptom", "发热")])
    assert triple_evidence(material.source, material.triples[0]).quote == "麻疹,has_symptom,发热"
