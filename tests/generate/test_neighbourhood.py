from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.generate.neighbourhood import DiseaseGraph
from tests.generate.shelf import graph

ROWS = [
    ("麻疹", "has_symptom", "发热"),
    ("麻疹", "has_symptom", "咳嗽"),
    ("麻疹", "has_symptom", "麻疹黏膜斑"),
    ("风疹", "has_symptom", "发热"),
    ("风疹", "has_symptom", "耳后淋巴结肿大"),
    ("感冒", "has_symptom", "发热"),
    ("感冒", "has_symptom", "咳嗽"),
]
GRAPH = DiseaseGraph(graph(ROWS).triples)

edges = st.lists(
    st.tuples(st.sampled_from("甲乙丙丁戊"), st.just("has_symptom"), st.sampled_from("abcdefg")),
    min_size=1,
    unique=True,
)


def test_separating_symptoms_are_the_rare_ones():
    assert GRAPH.separating("麻疹", 1) == ("麻疹黏膜斑",)


def test_a_disease_without_symptoms_of_its_own_cannot_be_singled_out():
    assert GRAPH.separating("感冒", 1) == ()


def test_the_nearest_neighbour_shares_most():
    assert GRAPH.neighbours("感冒")[0] == "麻疹"


@given(edges)
def test_separating_symptoms_are_held_together_by_no_other_disease(rows):
    found = DiseaseGraph(graph(rows).triples)
    for disease in found.diseases:
        chosen = found.separating(disease, 0)
        holders = [set(found.holders(symptom)) for symptom in chosen]
        assert not chosen or set.intersection(*holders) == {disease}
