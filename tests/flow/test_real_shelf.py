import re
from collections import defaultdict
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.corpus import (
    current_documents,
    current_sources,
    findings_by_instruction,
    instruction_ids,
    load_instructions,
    origin_texts,
)
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Instruction, Severity, Status
from pedcorpus.settings import Workspace

REAL = Path(__file__).parents[3] / "shared" / "data"
TEXTBOOK = REAL / "textbook_md" / "gmzyjc_ek"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not TEXTBOOK.is_dir(), reason=f"{TEXTBOOK} is absent: text that is not part of this repository"),
]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace(tmp_path_factory.mktemp("real"))
    report = flow.build(workspace, [TEXTBOOK])
    assert report.failures == []
    return workspace


def disease_sections() -> set[tuple[str, str]]:
    """File and name of every disease of the second part: its second-level headings, 附 ones by themselves."""
    sections = set()
    for file in TEXTBOOK.glob("ekgl*.md"):
        for heading in re.findall(r"^## (.+)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            sections |= {(file.name, name) for name in re.split(r"附：", heading)}
    return sections


def instructions(workspace: Workspace) -> list[Instruction]:
    with open_corpus(workspace).unit(read_only=True) as unit:
        ids = instruction_ids(unit, [Status.DRAFT, Status.CANDIDATE])
        return list(load_instructions(unit, ids, current_sources(unit)))


def test_no_check_finds_an_error_and_hardly_one_a_warning(read: Workspace) -> None:
    with open_corpus(read).unit(read_only=True) as unit:
        ids = instruction_ids(unit, [Status.DRAFT, Status.CANDIDATE])
        found = findings_by_instruction(unit, ids)
    errors = [finding for some in found.values() for finding in some if finding.severity is Severity.ERROR]
    assert errors == []
    assert len(found) <= 0.01 * len(ids)


def test_nearly_every_disease_section_gives_a_valid_instruction(read: Workspace) -> None:
    with open_corpus(read).unit(read_only=True) as unit:
        paths = {stored.document.id: stored.document.path for stored in current_documents(unit)}
    found: dict[tuple[str, str], int] = defaultdict(int)
    for instruction in instructions(read):
        for evidence in instruction.evidence:
            for heading in evidence.address.heading_path:
                for name in re.split(r"附：", heading):
                    found[paths[evidence.document], name] += 1
    sections = disease_sections()
    assert len(sections) >= 25
    missing = sorted(section for section in sections if not found[section])
    assert len(missing) <= 0.1 * len(sections), missing


def test_every_quote_is_verbatim_in_its_file(read: Workspace) -> None:
    with open_corpus(read).unit(read_only=True) as unit:
        paths = {stored.document.id: stored.document.path for stored in current_documents(unit)}
        texts = origin_texts(unit, instruction_ids(unit, [Status.DRAFT, Status.CANDIDATE]))
    for instruction in instructions(read):
        for evidence in instruction.evidence:
            assert evidence.quote in texts[evidence.origin_id]
            assert evidence.document in paths
            assert evidence.address.heading_path
            assert "\ufffd" not in evidence.quote
