import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.errors import SettingsError
from pedcorpus.parse.declaration import Declaration, declaration_template, read_declaration, undeclared
from pedcorpus.records import Source, SourceKind, Tier

SHORTEST = 'title = "儿科学"\nkind = "textbook"\n'


def read(text, folder_name="shelf"):
    return read_declaration(text, where="shelf/source.toml", folder_name=folder_name)


def problems_of(text):
    with pytest.raises(SettingsError) as caught:
        read(text)
    return caught.value.problems


def test_title_and_kind_are_enough():
    declaration = read(SHORTEST)
    assert declaration.source == Source(id="shelf", kind=SourceKind.TEXTBOOK, title="儿科学", declared=True)
    assert declaration.files == ()
    assert declaration.columns == {}


def test_every_key_reaches_the_declaration():
    declaration = read(
        'id = "kg"\ntitle = "图谱"\nkind = "graph"\npublisher = "P"\nedition = "2"\nlicense = "CC0-1.0"\n'
        'tier = "open"\nlanguage = "en"\nattribution = "A"\nfiles = ["*.csv", "more/*.tsv"]\n'
        '[columns]\n"疾病" = "head"\n'
    )
    assert declaration.source == Source(
        id="kg", kind=SourceKind.GRAPH, title="图谱", publisher="P", edition="2", license="CC0-1.0",
        tier=Tier.OPEN, language="en", attribution="A", declared=True,
    )  # fmt: skip
    assert declaration.files == ("*.csv", "more/*.tsv")
    assert declaration.columns == {"疾病": "head"}


def test_a_byte_order_mark_is_not_part_of_the_declaration():
    assert read("\ufeff" + SHORTEST).source.title == "儿科学"


def test_all_problems_are_reported_at_once():
    problems = problems_of('kind = "textbok"\nlicence = "MIT"\nlanguage = 3\n')
    assert [problem.split(":")[0] for problem in problems] == ["title", "kind", "language", "licence"]


@pytest.mark.parametrize(
    ("addition", "expected"),
    [
        pytest.param('licence = "MIT"', "licence: unknown key; did you mean 'license'?", id="nearest key"),
        pytest.param('tier = "public"', "tier: expected one of 'open', 'controlled' or 'internal'", id="value"),
        pytest.param('tier = "open"', "license: tier 'open' needs one", id="open without a licence"),
        pytest.param('id = "a b"', "id: ", id="id with a space"),
        pytest.param('files = "*.pdf"', "files: ", id="globs not in a list"),
        pytest.param('files = ["../*.pdf"]', "files: globs are relative", id="glob that leaves the folder"),
        pytest.param("[columns]\nhead = 1", "columns.head: ", id="dotted key"),
    ],
)
def test_a_problem_names_its_key_and_what_was_expected(addition, expected):
    (problem,) = problems_of(SHORTEST + addition)
    assert problem.startswith(expected)


def test_a_missing_key_is_shown_with_an_example():
    assert problems_of('kind = "graph"') == ('title: missing; add title = ..., as in title = "儿科学"',)


def test_invalid_toml_is_one_line_that_names_file_and_place():
    with pytest.raises(SettingsError, match=r"^shelf/source\.toml: not valid TOML: .*line 1.*$"):
        read("title = 儿科学")


@pytest.mark.parametrize(
    ("folder_name", "kind"),
    [
        ("textbooks", "textbook"),
        ("儿科教材", "textbook"),
        ("anything", "textbook"),
        ("Guidelines-2024", "guideline"),
        ("诊疗指南", "guideline"),
        ("graphs", "graph"),
        ("kg_doid", "graph"),
        ("疾病知识图谱", "graph"),
        ("background", "textbook"),  # holds the letters k and g, not the word kg
        ("dialogues", "consultation"),
        ("consultations", "consultation"),
        ("门诊问诊记录", "consultation"),
        ("医患对话", "consultation"),
        ("datasets", "dataset"),
        ("instruct", "dataset"),
        ("alpaca_zh", "dataset"),
        ("儿科数据集", "dataset"),
        ("sft", "dataset"),
        ("swift", "textbook"),  # holds the letters s, f and t, not the word sft
        ("儿童用药安全指南", "guideline"),
    ],
)
def test_the_kind_of_an_undeclared_folder_follows_its_name(folder_name, kind):
    source = undeclared(folder_name).source
    assert (source.kind, source.license, source.tier, source.declared) == (kind, "unknown", "internal", False)


def test_a_kind_given_outright_beats_the_folders_name():
    assert undeclared("guidelines", SourceKind.GRAPH).source.kind is SourceKind.GRAPH


def test_folder_names_that_cannot_be_ids_stay_apart():
    ids = {undeclared(name).source.id for name in ("a b", "a-b", "a/b", "", " ", "书" * 100)}
    assert len(ids) == 6


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text == text.strip() != "")


@given(
    title=texts,
    publisher=st.text(st.characters(exclude_categories=["Cs"])),
    kind=st.sampled_from(SourceKind),
    files=st.lists(texts.filter(lambda glob: glob[0] != "/" and "\\" not in glob and ".." not in glob)),
    columns=st.dictionaries(texts, texts),
)
def test_a_template_reads_back_as_what_it_was_made_from(title, publisher, kind, files, columns):
    source = Source(id="shelf", kind=kind, title=title, publisher=publisher, declared=True)
    declaration = Declaration(source=source, files=tuple(files), columns=columns)
    assert read(declaration_template(declaration)) == declaration


def test_the_template_of_an_undeclared_folder_declares_it():
    found = undeclared("kg 图谱")
    declared = read(declaration_template(found), folder_name="kg 图谱").source
    assert declared == found.source.model_copy(update={"declared": True})


def test_the_sample_takes_its_id_from_the_folder_it_is_copied_to():
    assert read(declaration_template(), folder_name="我的教材").source.id == "我的教材"
