"""Screens stand still for those who look at them: what is scrolled to is there at once."""

import pytest
from textual import constants


@pytest.fixture(autouse=True)
def _without_animations(monkeypatch):
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
