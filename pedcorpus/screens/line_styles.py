"""The styles in which a pane draws its lines, worked out once and not for each line anew."""

from __future__ import annotations

from rich.style import Style
from textual.scroll_view import ScrollView

__all__ = ["LineStyles"]


class LineStyles(ScrollView):
    """A pane of lines that keeps its styles until the theme, the focus or its size class changes them."""

    _kept_styles: dict[str, Style] | None = None

    def line_style(self, component: str = "") -> Style:
        """The pane's own style, with that of a component class upon it if one is named."""
        if self._kept_styles is None:
            self._kept_styles = {"": self.rich_style}
        if component not in self._kept_styles:
            upon = self.get_component_rich_style(component, partial=True)
            self._kept_styles[component] = self._kept_styles[""] + upon
        return self._kept_styles[component]

    def notify_style_update(self) -> None:
        self._kept_styles = None
        super().notify_style_update()
