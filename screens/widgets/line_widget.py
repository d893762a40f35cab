"""The base of widgets that draw themselves line by line."""

from collections.abc import Iterable

from textual.events import Resize
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class LineWidget(Widget, can_focus=False):
    """Draws by `draw_line`, keeps the lines, and draws again only those it was told to.

    Textual renders every widget at each repaint; handing over kept lines halves the CPU of a key.
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Nothing is drawn yet."""
        super().__init__(id=id)
        self._drawn: dict[int, Strip] = {}

    def draw_line(self, y: int, width: int) -> Strip:
        """The line at `y`, exactly `width` cells wide."""
        raise NotImplementedError

    def repaint_lines(self, lines: Iterable[int]) -> None:
        """Draw these lines again, and only these."""
        width, height = self.size
        regions = [Region(0, y, width, 1) for y in lines if 0 <= y < height]
        for region in regions:
            self._drawn.pop(region.y, None)
        if regions:
            self.refresh(*regions)

    def repaint(self) -> None:
        """Draw everything again."""
        self._drawn.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line, as Textual asks for it."""
        return self._line(y, max(self.size.width, 0))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region, without Textual's styling where there is no border or padding to draw."""
        if any(self.gutter):
            return super().render_lines(crop)
        width = max(self.size.width, 0)
        strips = [self._line(y, width) for y in crop.line_range]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def on_resize(self, _event: Resize) -> None:
        """Forget the lines of another width."""
        self._drawn.clear()

    def _line(self, y: int, width: int) -> Strip:
        strip = self._drawn.get(y)
        if strip is None or strip.cell_length != width:
            strip = self._drawn[y] = self.draw_line(y, width)
        return strip
