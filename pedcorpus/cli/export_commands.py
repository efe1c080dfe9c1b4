"""Commands over finished versions: exports, verify, diff, push; and withdraw, which bars a work from later ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from pedcorpus.cli.console import JsonOption, WorkspaceOption, data, print_json, talk, workspace_of
from pedcorpus.errors import ExitCode

if TYPE_CHECKING:
    from pedcorpus import flow
    from pedcorpus.export import Export

__all__ = ["register"]

_CHANGES = ("came", "went", "revised", "restated")
_STYLES = {"same": "", "removed": "red strike", "added": "green underline"}
_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command(epilog="Example: pedcorpus exports")(exports)
    app.command(epilog="Example: pedcorpus verify v1")(verify)
    app.command(epilog="Example: pedcorpus diff v1 v2")(diff)
    app.command(epilog="Example: pedcorpus push v1 --repo children-hospital/pedcorpus --dry-run")(push)
    app.command(epilog="Example: pedcorpus withdraw my-textbook --reason 'licence ended on 1 March'")(withdraw)


def exports(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """List the finished versions, oldest first."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import table

    place = workspace_of(context, workspace)
    found, lost = flow.exports(place), flow.lost_versions(place)
    if as_json:
        print_json([_version(each) for each in found])
        return
    for version in lost:
        talk("[yellow]warning[/] {} was exported, and its folder is gone: pedcorpus rebuild {}", version, version)
    if not found:
        if not lost:
            talk("nothing has been exported; run: pedcorpus export --version v1")
        return
    columns = ("version", "parent", "tier", "status", "train", "validation", "test", "manifest")
    rows = [(*(_version(each)[name] for name in columns[:-1]), each.sha256[:12]) for each in found]
    data(table("", columns, rows, numbers_from=4))
    talk(
        "next: {}",
        f"pedcorpus diff {found[-2].manifest.version} {found[-1].manifest.version}"
        if len(found) > 1
        else "pedcorpus train",
    )


def _version(export: Export) -> dict[str, Any]:  # JSON values
    manifest = export.manifest
    splits = manifest.counts.get("splits", {})
    return {
        "version": manifest.version,
        "parent": manifest.parent or "",
        "tier": manifest.tier.value,
        "status": manifest.status,
        **{split: splits.get(split, 0) for split in ("train", "validation", "test")},
        "code_version": manifest.code_version,
        "manifest": export.sha256,
        "path": str(export.root),
    }


def verify(
    context: typer.Context,
    version: Annotated[str, typer.Argument(help="Version, or folder of an export.")],
    files_only: Annotated[
        bool, typer.Option("--files-only", help="Hash the files, and recompute nothing that is in them.")
    ] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    """Recompute what a finished version states: hashes, counts, splits, reports, rows. Exit code 3 if one is wrong."""
    from pedcorpus import flow

    found = flow.verify(workspace_of(context, workspace), version, files_only=files_only)
    if as_json:
        print_json({"sound": not found.problems, "problems": found.problems, "withdrawn": found.withdrawn})
        return ExitCode.NOT_SOUND if found.problems else ExitCode.DONE
    for source, reason in found.withdrawn.items():
        talk("[yellow]warning[/] it rests on {}, withdrawn since: {}", source, reason)
    for problem in found.problems:
        talk("[bold red]error[/] {}", problem)
    if found.problems:
        talk("{} is not as it was written: {} problems", version, len(found.problems))
        return ExitCode.NOT_SOUND
    talk("{} is sound: {} files, manifest {}", version, found.files, found.sha256[:12])
    return ExitCode.DONE


def push(
    context: typer.Context,
    version: Annotated[str, typer.Argument(help="Version, or folder of an export.")],
    repo: Annotated[str, typer.Option(help="Data set on the Hugging Face Hub, as ORG/NAME.")],
    public: Annotated[bool, typer.Option("--public", help="For everybody; tier open only.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be sent, and send nothing.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Send a finished version to the Hugging Face Hub, as far as its tier allows."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import table

    plan = flow.plan_push(workspace_of(context, workspace), version, repo, public=public)
    manifest = plan.export.manifest
    if dry_run:
        data(table("", ("file", "bytes"), plan.files.items()))
    whole = (manifest.version, manifest.tier.value, len(plan.files), f"{sum(plan.files.values()):,}")
    where = (plan.repo, "public" if plan.public else "private")
    talk("{} of tier {}: {} files, {} bytes → {}, {}", *whole, *where)
    if manifest.status == "candidate":
        talk("[yellow]not reviewed[/]: this version holds candidates that nobody has accepted; its card says so")
    if not dry_run:
        talk("pushed to {}, tag {}", flow.push(plan), manifest.version)


def withdraw(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Id of a work, as `pedcorpus sources` lists it.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept with the name and the time.")],
    steward: Annotated[str | None, typer.Option(help="Who says so; default: settings, else your login.")] = None,
    give_back: Annotated[bool, typer.Option("--give-back", help="Let the work into later versions again.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Bar a work from every later export; what was made of it stays in the corpus."""
    from pedcorpus import flow

    place = workspace_of(context, workspace)
    report = flow.withdraw(place, source, reason=reason, steward=steward, give_back=give_back)
    talk("{} is {}", source, "let in again" if give_back else "withdrawn: no later export holds what rests on it")
    for version, rows in report.versions.items():
        talk("{} holds {} rows that rest on it, and stays as it is", version, rows)


def diff(
    context: typer.Context,
    earlier: Annotated[str, typer.Argument(help="Version, or folder of an export.")],
    later: Annotated[str, typer.Argument(help="The one to hold against it.")],
    row: Annotated[str, typer.Option(help="Beginning of a row's id: show its two texts.")] = "",
    examples: Annotated[int, typer.Option("-n", "--examples", min=0, help="List so many changed rows.")] = 10,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    """Tell what came, went and changed between two versions, by task, source and reason."""
    from pedcorpus import flow

    compared = flow.diff_exports(workspace_of(context, workspace), earlier, later)
    if row:
        changed, segments = flow.row_texts(compared, row)
        talk("{} {}", changed.change, " → ".join(dict.fromkeys(name for name in (changed.before, changed.id) if name)))
        data(Text.assemble(*(_shown(segment.kind, segment.text) for segment in segments)))
    elif as_json:
        changes = [asdict(each.row) | {"reason": each.reason} for each in compared.changes]
        print_json({"unchanged": compared.unchanged, "changes": changes})
    else:
        _tell(compared, examples)
    return ExitCode.DONE


def _shown(kind: str, text: str) -> tuple[str, str]:
    """Marked by brackets too, for whoever sees no colours."""
    before, after = _MARKS[kind]
    return f"{before}{text}{after}", _STYLES[kind]


def _tell(compared: flow.VersionDiff, examples: int) -> None:
    from pedcorpus.cli.reports import table

    changes = compared.changes
    talk("{} rows are the same in both", compared.unchanged)
    if not changes:
        return
    for name in ("task", "source"):
        counts = Counter((str(getattr(each.row, name)), str(each.row.change)) for each in changes)
        keys = sorted({key for key, _ in counts})
        data(table("", (name, *_CHANGES), [(key, *(counts[key, change] for change in _CHANGES)) for key in keys]))
        data("")
    reasons = Counter((each.row.change, each.reason) for each in changes)
    data(
        table(
            "", ("change", "reason", "rows"), [(*key, count) for key, count in sorted(reasons.items())], numbers_from=2
        )
    )
    if shown := changes[:examples]:
        rows = [(each.row.change, each.row.id[:8], each.row.task, each.row.topic, each.reason) for each in shown]
        data("")
        data(table("", ("change", "id", "task", "topic", "reason"), rows, numbers_from=9))
        talk(
            "next: {}", f"pedcorpus diff {compared.earlier.manifest.version} {compared.later.manifest.version} --row ID"
        )
