"""Push: a finished version → a data set on the Hugging Face Hub, whole, under a tag with its name.

What may travel how far is decided here, before anything is sent: `internal` never leaves; `controlled` goes into
private repositories only; `open` goes wherever it is wanted. The token is huggingface_hub's own business
(`hf auth login`, or HF_TOKEN in the environment) and is never read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pedcorpus.errors import ExportError, MissingExtra, PushError, UsageError
from pedcorpus.export import MANIFEST_FILE, Export
from pedcorpus.flow.exports import open_version, verify
from pedcorpus.records import Tier
from pedcorpus.settings import Workspace

if TYPE_CHECKING:
    from huggingface_hub import HfApi

__all__ = ["PushPlan", "plan_push", "push"]

_KIND = "dataset"


@dataclass(frozen=True)
class PushPlan:
    """What would be sent, and where to; nothing has been."""

    export: Export
    repo: str
    """`ORG/NAME` on the Hub."""
    public: bool
    files: Mapping[str, int]
    """Bytes of each file, the manifest included, by path."""


def plan_push(workspace: Workspace, version: str, repo: str, *, public: bool = False) -> PushPlan:
    """What pushing a version, by name or folder, would send.

    Raises:
        UsageError: there is no such version, `repo` is no name of a repository, or its tier may not travel there.
        ExportError: it is not as it was written, or rests on works that were withdrawn since.
    """
    owner, _, name = repo.partition("/")
    if not owner or not name or "/" in name:
        raise UsageError(f"{repo!r} is no repository; give ORG/NAME, as children-hospital/pedcorpus")
    found = verify(workspace, version, files_only=True)
    if found.problems:
        raise ExportError(f"{found.problems[0]}; what is not as it was written is not pushed")
    if found.withdrawn:
        gone = ", ".join(found.withdrawn)
        raise ExportError(f"{version} rests on works withdrawn since ({gone}); export a new version and push that")
    export = open_version(workspace, version, is_verified=True)
    _refuse_tier(export, public=public)
    sizes = {name: entry.bytes for name, entry in export.manifest.files.items()}
    sizes[MANIFEST_FILE] = (export.root / MANIFEST_FILE).stat().st_size
    return PushPlan(export, repo, public, dict(sorted(sizes.items())))


def _refuse_tier(export: Export, *, public: bool) -> None:
    version, tier = export.manifest.version, export.manifest.tier
    if tier is Tier.INTERNAL:
        raise UsageError(
            f"{version} is of tier internal and never leaves; export what may with --tier open or --tier controlled"
        )
    if tier is Tier.CONTROLLED and public:
        raise UsageError(
            f"{version} is of tier controlled, which goes into a private repository only; leave --public out, "
            "or export with --tier open"
        )


def push(plan: PushPlan) -> str:
    """Send the version as one commit, under a tag with its name; the address of the data set.

    Files of an earlier version that are not in this one go from the head of the repository and stay under their tag.

    Raises:
        MissingExtra: the [hub] extra is not installed.
        PushError: the Hub has another version of this name, refused, or cannot be reached.
    """
    api = _hub()
    version = plan.export.manifest.version
    try:
        address = str(api.create_repo(plan.repo, repo_type=_KIND, private=not plan.public, exist_ok=True))
        if any(tag.name == version for tag in api.list_repo_refs(plan.repo, repo_type=_KIND).tags):
            raise PushError(f"{plan.repo} has a version {version} already, and versions never change; nothing was sent")
        sent = api.upload_folder(
            repo_id=plan.repo,
            repo_type=_KIND,
            folder_path=plan.export.root,
            commit_message=f"{version}, manifest {plan.export.sha256[:12]}",
            delete_patterns="*",
        )
        api.create_tag(plan.repo, repo_type=_KIND, tag=version, revision=sent.oid)
    except PushError:
        raise
    except Exception as error:  # the client fails in the ways of its transport, which its versions have changed
        told = " ".join(str(error).split()) or type(error).__name__
        raise PushError(f"{plan.repo}: {told}; is the name right, and is there a token (hf auth login)?") from error
    return address


def _hub() -> HfApi:
    try:
        from huggingface_hub import HfApi
    except ImportError as error:
        raise MissingExtra("pushing to the Hugging Face Hub", "hub") from error
    return HfApi()
