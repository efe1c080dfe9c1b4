"""The extras that the program and the Makefile tell a user to install are extras that there are."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]


def test_an_error_names_no_extra_that_cannot_be_installed() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "pedcorpus").rglob("*.py")))
    named = set(re.findall(r"""MissingExtra\([^)]+, ['"]([\w-]+)['"]\)""", code))
    assert {"train", "ocr", "local-llm"} <= named <= DECLARED.keys()


def test_the_makefile_installs_no_extra_that_there_is_not() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {name for listed in re.findall(r"--editable '\.\[([\w,-]+)\]'", makefile) for name in listed.split(",")}
    assert {"train", "dev"} <= named <= DECLARED.keys()
