"""Sending a version to the Hugging Face Hub: real client, a Hub of one process."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.errors import ExportError, UsageError
from pedcorpus.records import Tier
from pedcorpus.settings import Workspace
from tests.chapter import copied, write_chapter
from tests.flow.hub_server import HubServer, hub

Released = Callable[[Tier], Workspace]

DECLARED = 'kind = "textbook"\ntitle = "样章"\nlicense = "CC0-1.0"\ntier = "{}"\n'


@pytest.fixture(scope="module")
def of_tier(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """A workspace whose one work is of a tier, exported as v1; made once for each tier."""

    @cache
    def made(tier: Tier) -> Workspace:
        place = tmp_path_factory.mktemp(tier)
        (write_chapter(place) / "source.toml").write_text(DECLARED.format(tier), encoding="utf-8")
        workspace = Workspace(place / "ward")
        flow.build(workspace, [place / "textbooks"])
        flow.accept_all(workspace, "wang")
        flow.export(workspace, "v1", tier=tier)
        return workspace

    return made


@pytest.fixture
def released(of_tier: Released, tmp_path: Path) -> Released:
    """A copy of one's own of it."""
    return lambda tier: copied(of_tier(tier), tmp_path / "ward")


def pushed(workspace: Workspace, server: HubServer, *options: str) -> subprocess.CompletedProcess[str]:
    """`pedcorpus push v1` as a person runs it, with `server` as the Hub."""
    home = workspace.root.parent / "home"
    environment = os.environ | {"HF_ENDPOINT": server.url, "HF_TOKEN": "hf_sample", "HF_HOME": str(home)}
    environment |= {"HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    command = [sys.executable, "-m", "pedcorpus", "-w", str(workspace.root), "push", "v1", "--repo", "ward/corpus"]
    return subprocess.run([*command, *options], env=environment, capture_output=True, text=True, check=False)


def test_a_version_arrives_whole_and_tagged(released: Released) -> None:
    ward = released(Tier.OPEN)
    with hub() as server:
        server.files["of-an-earlier-version.parquet"] = b"x"
        ended = pushed(ward, server, "--public")
    assert ended.returncode == 0, ended.stderr
    sent = {
        path.relative_to(ward.exports / "v1").as_posix(): path.read_bytes()
        for path in (ward.exports / "v1").rglob("*")
        if path.is_file()
    }
    assert server.files == sent
    assert server.tags == ["v1"]
    assert not server.is_private("ward/corpus")


def test_a_version_is_not_pushed_twice(released: Released) -> None:
    ward = released(Tier.CONTROLLED)
    with hub() as server:
        server.tags.append("v1")
        ended = pushed(ward, server)
    assert ended.returncode == 3
    assert "v1 already" in ended.stderr
    assert server.files == {}
    assert server.is_private("ward/corpus")


def test_a_dry_run_sends_nothing(released: Released) -> None:
    ward = released(Tier.OPEN)
    with hub() as server:
        ended = pushed(ward, server, "--dry-run")
    assert "manifest.json" in ended.stdout
    assert (server.repos, server.tokens) == ({}, set())


def test_a_hub_that_is_not_there_is_one_line(released: Released) -> None:
    ward = released(Tier.OPEN)
    ended = pushed(ward, HubServer(url="http://127.0.0.1:9"))
    assert ended.returncode == 3
    assert "ward/corpus" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("tier", "public"), [(Tier.INTERNAL, False), (Tier.CONTROLLED, True)], ids=["internal", "controlled in public"]
)
def test_what_a_tier_forbids_is_refused(released: Released, tier: Tier, public: bool) -> None:
    ward = released(tier)
    with pytest.raises(UsageError, match=f"tier {tier}"):
        flow.plan_push(ward, "v1", "ward/corpus", public=public)


def test_what_is_damaged_or_withdrawn_is_refused(released: Released) -> None:
    ward = released(Tier.OPEN)
    flow.withdraw(ward, "textbooks", reason="licence ended")
    with pytest.raises(ExportError, match="withdrawn since"):
        flow.plan_push(ward, "v1", "ward/corpus")
    (ward.exports / "v1" / "README.md").write_text("else", encoding="utf-8")
    with pytest.raises(ExportError, match=r"README\.md"):
        flow.plan_push(ward, "v1", "ward/corpus")


def test_a_name_without_an_owner_is_no_repository(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="ORG/NAME"):
        flow.plan_push(workspace, "v1", "corpus")
