"""What a person declares of a work, in `source.toml` inside its folder; or what the folder's name suggests.

Text in, records out: finding the file and matching its globs is left to whoever walks the folders.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from pedcorpus.errors import SettingsError
from pedcorpus.records import Record, Source, SourceKind, Tier, content_id
from pedcorpus.settings import nearest_key

__all__ = ["DECLARATION_FILE", "Declaration", "declaration_template", "read_declaration", "undeclared"]

DECLARATION_FILE = "source.toml"

_ID_PATTERN = r"^[\w][\w.-]{0,79}$"

# Tried in this order: a folder of consultations about a guideline holds consultations.
_KIND_WORDS = {
    SourceKind.CONSULTATION: r"consultation|dialog|问诊|对话|会诊|病例咨询|在线咨询",
    SourceKind.GRAPH: r"graph|triples|(?<![a-z])kg(?![a-z])|图谱|三元组",
    SourceKind.GUIDELINE: r"guideline|consensus|指南|共识|规范",
    SourceKind.DATASET: (
        r"data[-_]?sets?(?![a-z])|instruct|alpaca|sharegpt|preference|self[-_]?cognition"
        r"|(?<![a-z])(?:sft|dpo|rlhf|kto)(?![a-z])|数据集|指令|微调|偏好|自我认知"
    ),
    SourceKind.TEXTBOOK: r"textbook|教材|教科书",
}

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Declaration(Record):
    """A work with the files that belong to it and the meaning of their columns."""

    source: Source
    files: tuple[str, ...] = ()
    """Globs inside the work's folder, with forward slashes; none means every file."""
    columns: dict[str, str] = Field(default_factory=dict)
    """Header map: the file's column or key → ours (`head`, `has_symptom`, …; `ask`, `answer`, `safety_prompt`, …)."""


class _Keys(Record):
    """The keys of `source.toml`."""

    id: str | None = Field(default=None, pattern=_ID_PATTERN)
    title: _Text
    kind: SourceKind
    publisher: str = ""
    edition: str = ""
    license: _Text = "unknown"
    tier: Tier = Tier.INTERNAL
    language: Literal["zh", "en"] = "zh"
    attribution: str = ""
    files: tuple[_Text, ...] = ()
    columns: dict[_Text, _Text] = Field(default_factory=dict)

    @field_validator("files")
    @classmethod
    def _stays_inside(cls, files: tuple[str, ...]) -> tuple[str, ...]:
        for glob in files:
            if glob.startswith("/") or "\\" in glob or ".." in glob.split("/"):
                raise PydanticCustomError("outside", "globs are relative to the folder, with forward slashes")
        return files

    @model_validator(mode="after")
    def _open_needs_a_licence(self) -> _Keys:
        if self.tier is Tier.OPEN and self.license == "unknown":
            raise PydanticCustomError("licence", "license: tier 'open' needs one; name it, or choose tier 'internal'")
        return self


def read_declaration(text: str, *, where: str, folder_name: str) -> Declaration:
    """The declaration that `text` holds; `folder_name` is the id of a work that names none.

    Raises:
        SettingsError: not TOML, unknown or missing keys, wrong values; all of them at once, under `where`.
    """
    try:
        keys = _Keys.model_validate(tomllib.loads(text.removeprefix("\ufeff")))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(where, [f"not valid TOML: {error}; correct the line"]) from error
    except ValidationError as error:
        raise SettingsError(where, [_problem(item) for item in error.errors(include_url=False)]) from error
    fields = keys.model_dump(exclude={"files", "columns", "id"})
    source = Source(id=keys.id or _id_from(folder_name), declared=True, **fields)
    return Declaration(source=source, files=keys.files, columns=keys.columns)


def undeclared(folder_name: str, kind: SourceKind | None = None) -> Declaration:
    """What can be said of a folder without a declaration: `kind` as given, else as its name suggests."""
    title = folder_name.strip() or "untitled"
    return Declaration(source=Source(id=_id_from(folder_name), kind=kind or _kind_from(folder_name), title=title))


def declaration_template(declaration: Declaration | None = None) -> str:
    """A commented `source.toml` that says what `declaration` says; reading it gives the same, declared.

    Without one it is a sample to fill in, whose id is left to the folder's name.
    """
    told = declaration or undeclared("my-textbook", SourceKind.TEXTBOOK)
    lines = ["# What this folder holds. Rows made from it carry this licence and release tier.", ""]
    for key, comment in _COMMENTS.items():
        left_out = "# " if key == "id" and declaration is None else ""
        lines += [f"# {comment}", f"{left_out}{key} = {_toml(str(getattr(told.source, key)))}"]
    files = ", ".join(map(_toml, told.files))
    lines += ["# Files to read, as globs inside this folder; left out, every file is read."]
    lines += [f"files = [{files}]" if files else '# files = ["*.pdf"]']
    lines += ["", "# The file's column or key = ours (head, relation, tail, has_symptom, ...; ask, answer, ...)."]
    lines += ["[columns]" if told.columns else "# [columns]"]
    lines += [f"{_toml(theirs)} = {_toml(ours)}" for theirs, ours in told.columns.items()]
    return "\n".join(lines) + "\n"


_COMMENTS = {
    "id": "Short name of the work, unique in a corpus (letters, digits, . _ -); left out, the folder's name.",
    "title": "Title as it is cited.",
    "kind": f"One of {', '.join(SourceKind)}.",
    "publisher": "Who published it.",
    "edition": "Edition, version or year.",
    "license": "SPDX identifier where there is one, else the licence's own name, or unknown.",
    "tier": f"How far rows made from it may travel: one of {', '.join(Tier)}.",
    "language": "zh or en.",
    "attribution": "The line that the licence wants to be shown wherever the work is used.",
}


def _problem(error: Any) -> str:  # one of pydantic's ErrorDetails
    key = ".".join(str(part) for part in error["loc"])
    match error["type"]:
        case "extra_forbidden":
            return f"{key}: unknown key{nearest_key(key, list(_Keys.model_fields))}"
        case "missing":
            return f"{key}: missing; add {key} = ..., as in {_EXAMPLES[key]}"
        case "enum" | "literal_error":
            return f"{key}: expected one of {error['ctx']['expected']} (found {error['input']!r})"
        case "licence":
            return str(error["msg"])
        case _:
            return f"{key}: {error['msg']} (found {error['input']!r})"


_EXAMPLES = {"title": 'title = "儿科学"', "kind": 'kind = "textbook"'}


def _kind_from(folder_name: str) -> SourceKind:
    words = (kind for kind, pattern in _KIND_WORDS.items() if re.search(pattern, folder_name.casefold()))
    return next(words, SourceKind.TEXTBOOK)


def _id_from(folder_name: str) -> str:
    """The folder's name where it can serve as an id, else what is left of it and a digest that keeps it unique."""
    if re.fullmatch(_ID_PATTERN, folder_name):
        return folder_name
    kept = re.sub(r"[^\w.-]+", "-", folder_name).strip("-.")[:60]
    return f"{kept or 'source'}-{content_id(folder_name)[:6]}"


def _toml(value: str) -> str:
    """`value` as a TOML basic string, which is a JSON string but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
