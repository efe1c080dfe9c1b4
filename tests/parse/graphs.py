"""Small graphs that the tests of several formats share: one ontology of three terms, written by hand in each."""

from __future__ import annotations

from pedcorpus.parse import Original, Parsed
from pedcorpus.parse.decode import read_text

DEFINITION = "A respiratory disease that inflames the lungs & fills them."

OBO = f"""format-version: 1.2

[Term]
id: DOID:1
name: lung disease

[Term]
id: DOID:2
name: pneumonia
def: "{DEFINITION}" [url:http\\://example.org]
synonym: "lung \\"fever\\"" EXACT []
synonym: "chest infection" BROAD OMO:1 []
xref: MESH:D011014
is_a: DOID:1 ! lung disease
relationship: located_in UBERON:3 ! lung

[Term]
id: UBERON:3
name: lung

[Term]
id: DOID:4
name: old name
is_obsolete: true

[Typedef]
id: located_in
name: located in
"""

OBOGRAPHS = """{
  "graphs": [ {
    "nodes": [
      {"id": "http://purl.obolibrary.org/obo/RO_1", "lbl": "located in", "type": "PROPERTY"},
      {"id": "http://purl.obolibrary.org/obo/DOID_1", "lbl": "lung disease", "type": "CLASS"},
      {"id": "http://purl.obolibrary.org/obo/DOID_2", "lbl": "pneumonia", "type": "CLASS", "meta": {
        "definition": {"val": "DEFINED"},
        "synonyms": [
          {"pred": "hasExactSynonym", "val": "lung \\"fever\\""},
          {"pred": "hasBroadSynonym", "val": "chest infection"}
        ],
        "xrefs": [{"val": "MESH:D011014"}]
      }},
      {"id": "http://purl.obolibrary.org/obo/UBERON_3", "lbl": "lung", "type": "CLASS"},
      {"id": "http://purl.obolibrary.org/obo/DOID_4", "lbl": "old name", "meta": {"deprecated": true}}
    ],
    "edges": [
      {"sub": "http://purl.obolibrary.org/obo/DOID_2", "pred": "is_a", "obj": "http://purl.obolibrary.org/obo/DOID_1"},
      {"sub": "http://purl.obolibrary.org/obo/DOID_2", "pred": "http://purl.obolibrary.org/obo/RO_1",
       "obj": "http://purl.obolibrary.org/obo/UBERON_3"}
    ]
  } ]
}
""".replace("DEFINED", DEFINITION)

OWL = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rdf:RDF [ <!ENTITY obo "http://purl.obolibrary.org/obo/" > ]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#"
     xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:obo="http://purl.obolibrary.org/obo/"
     xmlns:oboInOwl="http://www.geneontology.org/formats/oboInOwl#">
  <owl:Ontology rdf:about="http://example.org/lungs.owl"/>
  <owl:ObjectProperty rdf:about="&obo;RO_1"><rdfs:label>located in</rdfs:label></owl:ObjectProperty>
  <owl:Class rdf:about="&obo;DOID_1"><rdfs:label>lung disease</rdfs:label></owl:Class>
  <owl:Class rdf:about="&obo;DOID_2">
    <rdfs:subClassOf rdf:resource="&obo;DOID_1"/>
    <rdfs:subClassOf>
      <owl:Restriction>
        <owl:onProperty rdf:resource="&obo;RO_1"/>
        <owl:someValuesFrom rdf:resource="&obo;UBERON_3"/>
      </owl:Restriction>
    </rdfs:subClassOf>
    <obo:IAO_0000115>DEFINED</obo:IAO_0000115>
    <oboInOwl:hasExactSynonym>lung "fever"</oboInOwl:hasExactSynonym>
    <oboInOwl:hasBroadSynonym>chest infection</oboInOwl:hasBroadSynonym>
    <oboInOwl:hasDbXref>MESH:D011014</oboInOwl:hasDbXref>
    <rdfs:label>pneumonia</rdfs:label>
  </owl:Class>
  <owl:Class rdf:about="&obo;UBERON_3"><rdfs:label>lung</rdfs:label></owl:Class>
  <owl:Class rdf:about="&obo;DOID_4">
    <rdfs:label>old name</rdfs:label>
    <owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated>
  </owl:Class>
</rdf:RDF>
""".replace("DEFINED", DEFINITION.replace("&", "&amp;"))

TURTLE = """@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix oboInOwl: <http://www.geneontology.org/formats/oboInOwl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

obo:RO_1 a owl:ObjectProperty ; rdfs:label "located in" .

obo:DOID_1 a owl:Class ;
    rdfs:label "lung disease" .

obo:DOID_2 a owl:Class ;
    rdfs:label "pneumonia" ;
    obo:IAO_0000115 "DEFINED" ;
    rdfs:subClassOf obo:DOID_1,
        [ a owl:Restriction ; owl:onProperty obo:RO_1 ; owl:someValuesFrom obo:UBERON_3 ] ;
    oboInOwl:hasDbXref "MESH:D011014" ;
    oboInOwl:hasExactSynonym "lung \\"fever\\"" ;
    oboInOwl:hasBroadSynonym "chest infection" .

obo:UBERON_3 a owl:Class ;
    rdfs:label "lung" .

obo:DOID_4 a owl:Class ;
    rdfs:label "old name" ;
    owl:deprecated true .
""".replace("DEFINED", DEFINITION)

Fact = tuple[str, str, str]


def facts(parsed: Parsed) -> list[Fact]:
    """Head, relation and tail of each statement."""
    return [(one.head, one.relation, one.tail) for one in parsed.triples]


def told(parsed: Parsed) -> set[tuple[object, ...]]:
    """Everything that two formats of one graph must agree on."""
    triples = {
        (one.head, one.relation, one.tail, one.head_type, one.tail_type, *sorted(one.attributes.items()))
        for one in parsed.triples
    }
    return triples | {(one.address.heading_path, one.text) for one in parsed.passages}


def assert_verbatim(original: Original, parsed: Parsed) -> None:
    """Every quote stands in the file, on the line that the address tells."""
    text = read_text(original).text
    lines = text.split("\n")
    for one in parsed.triples:
        assert one.quote in text
        assert one.address.row is not None
        assert one.quote.split("\n")[0].strip() in lines[one.address.row - 1]
