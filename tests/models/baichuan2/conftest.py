"""Every test of the model is asked of both layouts."""

import pytest

from tests.models.baichuan2.small import LAYOUTS, random_model


@pytest.fixture(params=LAYOUTS)
def model(request):
    return random_model(request.param)
