"""The sample export, and a road of two steps a phase over it, trained once for all tests."""

import pytest

from pedcorpus.export.write import write_export
from pedcorpus.models.threads import wait_without_spinning
from pedcorpus.training import train
from tests.export.sample import sample_release

wait_without_spinning()

SMALL = (
    "trainer.max_steps=2",
    "trainer.logging_steps=1",
    "trainer.per_device_train_batch_size=2",
    "trainer.max_length=64",
    "cpt.tiny.vocab_size=400",
    "cpt.tiny.hidden_size=16",
    "cpt.tiny.intermediate_size=32",
    "cpt.tiny.num_hidden_layers=2",
    "cpt.tiny.num_attention_heads=2",
    "mue.r=2",
)


@pytest.fixture(scope="session")
def export(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports") / "v1"
    write_export(sample_release("v1"), folder)
    return folder


@pytest.fixture(scope="session")
def told():
    """What the session's road told of its progress."""
    return []


@pytest.fixture(scope="session")
def road(export, told, tmp_path_factory):
    """A finished run of all four phases."""
    import torch

    torch.set_num_threads(1)
    runs = tmp_path_factory.mktemp("workspace") / "runs"
    return train(export=export, runs=runs, overrides=SMALL, on_progress=told.append)
