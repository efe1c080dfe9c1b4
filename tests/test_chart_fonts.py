import matplotlib.font_manager
import pytest

from pedcorpus.chart_fonts import chinese_fonts


@pytest.mark.parametrize(
    ("installed", "found"),
    [
        pytest.param(["SimHei", "Arial", "Noto Sans CJK SC"], ["Noto Sans CJK SC", "SimHei"], id="best first"),
        pytest.param(["DejaVu Sans"], [], id="a bare machine"),
    ],
)
def test_chinese_is_written_in_what_is_installed(installed, found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matplotlib.font_manager, "get_font_names", lambda: installed)
    assert chinese_fonts() == found
