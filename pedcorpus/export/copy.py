"""Copies a finished version, whole or not at all: the same bytes under the same name elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.export.folder import new_folder
from pedcorpus.export.manifest import MANIFEST_FILE
from pedcorpus.export.read import Export, open_export

__all__ = ["copy_export"]


def copy_export(export: Export, exports_dir: Path) -> Export:
    """The version in the folder `exports_dir`; where it is there already, it is only held against its manifest.

    Raises:
        UsageError: another version of this name is there.
        ExportError: it could not be written, or what is there is not as it was written.
    """
    target = exports_dir / export.manifest.version
    if not target.exists():
        with new_folder(target) as folder:
            for name in [*export.manifest.files, MANIFEST_FILE]:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(export.root / name, folder / name)
    copied = open_export(target)
    if copied.sha256 != export.sha256:
        raise UsageError(
            f"{target} is another version of this name (manifest {copied.sha256[:12]}, not {export.sha256[:12]}); "
            "move it away, or choose another workspace"
        )
    return copied
