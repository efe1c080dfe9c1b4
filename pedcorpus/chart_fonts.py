"""Fonts in which a chart can write Chinese; the drawing is done where the chart is."""

from __future__ import annotations

__all__ = ["chinese_fonts"]

_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "SimHei",
)


def chinese_fonts() -> list[str]:
    """Families of those that matplotlib finds on this machine, best first; none on a bare one."""
    from matplotlib.font_manager import get_font_names  # takes a second: most commands draw nothing

    installed = set(get_font_names())
    return [name for name in _FAMILIES if name in installed]
