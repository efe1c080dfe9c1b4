"""How torch's threads wait for one another on a CPU; to be said before torch is loaded."""

from __future__ import annotations

import os

__all__ = ["wait_without_spinning"]


def wait_without_spinning() -> None:
    """Lets idle OpenMP threads sleep instead of spin, unless the environment says otherwise.

    Spinning threads are as fast on an idle machine, but where other processes want the processors too they burn the
    time that the working thread needs: a step of the tiny model took 4 to 20 times as long.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
