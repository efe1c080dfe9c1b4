"""How torch's threads wait for one another on a CPU; to be said before torch is loaded."""

from __future__ import annotations

import os

__all__ = ["wait_without_spinning"]


def wait_without_spinning() -> None:
    """Lets idle OpenMP threads sleep instead of spin, unless the environment says otherwise.

    Where other processes want the processors too, spinning threads burn the time that the working thread needs: on
    two crowded cores a step of the tiny model took 5 to 20 times as long.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
