"""Feeds mutated bytes to the readers until one crashes, hangs or lets a lost character through.

By hand, for some minutes; atheris is no dependency of the project:

    pip install atheris
    python tests/fuzz/fuzz_readers.py html -max_total_time=120 -max_len=4096 -timeout=10 CORPUS-FOLDER

The first argument is a target of `tests/fuzz/targets.py`; the rest goes to libFuzzer. What it finds goes to
`tests/fuzz/found` as `NAME.TARGET`, where `test_what_fuzzing_found_stays_mended` reads it from then on.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["pedcorpus.parse"]):
    from tests.fuzz.targets import TARGETS, check


def main() -> None:
    """Start libFuzzer on one target."""
    target = sys.argv.pop(1)
    corpus = next((Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")), None)
    if corpus is not None:
        corpus.mkdir(parents=True, exist_ok=True)
        (corpus / "seed").write_bytes(TARGETS[target].seed)
    atheris.Setup(sys.argv, lambda data: check(target, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
