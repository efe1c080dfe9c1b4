"""LICENSE.md: under which terms the works of a version may be used, and the lines that they want to be shown."""

from __future__ import annotations

from pedcorpus.export.card.markdown import table
from pedcorpus.export.contents import Contents

__all__ = ["terms_text"]


def terms_text(contents: Contents) -> str:
    """The whole LICENSE.md; the Hub's `license_link` takes no file of another name."""
    rows = [
        [f"`{item['id']}`", item["title"], item["publisher"], item["edition"], item["license"], item["tier"]]
        for item in contents.licences["sources"]
    ]
    credit = [f"- `{source.id}`: {source.attribution}" for source in contents.sources if source.attribution]
    sections = [
        f"# Terms of {contents.title}",
        "Each row names the works that it rests on in `evidence`, and their licences in `license`. A row that rests on "
        "several works stands under the licences of all of them, and in the strictest of their tiers. This version is "
        f"of tier `{contents.release.tier}`: nothing stricter is in it.",
        table(["source", "title", "publisher", "edition", "licence", "tier"], rows),
        *(["To be shown wherever the works are used:", "\n".join(credit)] if credit else []),
    ]
    return "\n\n".join(sections) + "\n"
