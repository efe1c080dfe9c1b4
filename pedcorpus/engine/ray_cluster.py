"""Ray itself: one started on this machine, or a cluster at an address; without its dashboard, reports and chatter."""

from __future__ import annotations

import importlib
import logging
import os
import socket
from importlib.metadata import version
from typing import Any

from pedcorpus.errors import MissingExtra, UsageError

__all__ = ["connect", "workers_of"]

_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
}
_OF_A_CLUSTER = {"RAY_py_gcs_connect_timeout_s": "5", "RAY_NUM_REDIS_GET_RETRIES": "2"}
"""Where something else than Ray answers, it would ask on for seven minutes; read as Ray is imported."""
_ANSWER_S = 5.0
"""Seconds in which a cluster's address must answer."""
_STORE_BYTES = 512 << 20
"""Memory in which a Ray of ours holds items and results on their way."""

_connected: tuple[str, int] | None = None


def connect(address: str, jobs: int) -> Any:  # ray is imported late, and untyped
    """Ray, connected to `address`, or with none to one of our own that has `jobs` processors; a second call is free.

    Raises:
        MissingExtra: Ray is not installed.
        UsageError: no cluster answers at the address, or its workers run another version of this package.
    """
    global _connected
    for name, value in (_ENVIRONMENT | (_OF_A_CLUSTER if address else {})).items():
        os.environ.setdefault(name, value)
    try:
        ray = importlib.import_module("ray")
        importlib.import_module("ray.data")
    except ImportError as error:
        raise MissingExtra("the engine ray", "ray") from error
    if not ray.is_initialized() or _connected not in (None, (address, jobs)):
        if address:
            _join(ray, address)
        else:
            _start(ray, jobs)
        _connected = (address, jobs)
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # what goes wrong is raised
    ray.data.DataContext.get_current().enable_progress_bars = False
    return ray


def workers_of(ray: Any) -> int:  # as above
    """Processors that items can run on."""
    return max(int(ray.cluster_resources().get("CPU", 1)), 1)


def _start(ray: Any, jobs: int) -> None:  # as above
    ray.shutdown()
    ray.init(
        address="local",
        num_cpus=jobs or os.cpu_count() or 1,
        object_store_memory=_STORE_BYTES,
        include_dashboard=False,
        log_to_driver=False,
        logging_level=logging.ERROR,
    )


def _join(ray: Any, address: str) -> None:  # as above
    try:
        _knock(address)
        ray.shutdown()
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, RuntimeError, ValueError) as error:  # a ConnectionError is an OSError
        why = " ".join(str(error).split()) or type(error).__name__
        raise UsageError(
            f"no Ray cluster answers at {address!r} ({why[:200]}); start one with `ray start --head`, "
            "run this on one of its machines, and give the host:port that it prints, or auto; "
            "where the cluster asks for a token, set RAY_AUTH_TOKEN to it"
        ) from error
    there = ray.get(ray.remote(version).remote("pedcorpus"))
    if there != version("pedcorpus"):
        ray.shutdown()
        raise UsageError(
            f"the cluster runs pedcorpus {there}, this is {version('pedcorpus')}; install the same on both"
        )


def _knock(address: str) -> None:
    """Ray itself waits a minute and more for a machine that is not there."""
    if address == "auto":
        return
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or "/" in host:
        raise ValueError("expected host:port or auto")
    with socket.create_connection((host, int(port)), timeout=_ANSWER_S):
        pass
