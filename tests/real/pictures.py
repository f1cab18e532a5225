"""Charts as plain SVG: measured lines and points over simulated bands."""

import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 320
LEFT, RIGHT, TOP, BOTTOM = 60, 16, 56, 44

STYLE = """\
text { font: 13px sans-serif; fill: #333 }
.title { font-size: 15px; font-weight: bold }
.grid { stroke: #ddd }
.axis { stroke: #777 }
.band { fill: #9ecae1; fill-opacity: 0.6; stroke: none }
.simulated { fill: none; stroke: #2171b5; stroke-width: 1.5; stroke-dasharray: 5 3 }
.measured { fill: none; stroke: #c0392b; stroke-width: 1.5 }
.point { fill: #c0392b }
.bar { fill: #9ecae1; stroke: #2171b5 }
.whisker { stroke: #2171b5; stroke-width: 1.5 }
"""


def ticks(high, wanted=6):
    """Round numbers from 0 to at least `high`."""
    rough = max(high, 1e-9) / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return [i * step for i in range(math.ceil(high / step) + 1)]


class Chart:
    """An empty chart; x and y go from 0 to the values given."""

    def __init__(self, title, x_label, y_label, x_high, y_high):
        self._x_ticks, self._y_ticks = ticks(x_high), ticks(y_high)
        self._x_high, self._y_high = x_high, self._y_ticks[-1]
        self._parts = []
        self._text(LEFT, 20, title, "title")
        self._legend()
        self._grid(x_label, y_label)

    def x(self, value):
        return round(LEFT + value / self._x_high * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value):
        height = HEIGHT - TOP - BOTTOM
        return round(TOP + height * (1 - min(max(value, 0), self._y_high) / self._y_high), 1)

    def _add(self, name, **attributes):
        said = " ".join(f'{key.rstrip("_").replace("_", "-")}="{value}"'
                        for key, value in attributes.items())
        self._parts.append(f"<{name} {said}/>")

    def _text(self, x, y, text, kind="label", anchor="start", turn=None):
        turned = f' transform="rotate({turn} {x} {y})"' if turn is not None else ""
        self._parts.append(f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}"{turned}>'
                           f"{escape(text)}</text>")

    def _legend(self):
        self._add("line", class_="measured", x1=LEFT, x2=LEFT + 24, y1=36, y2=36)
        self._text(LEFT + 30, 40, "measured")
        self._add("rect", class_="band", x=LEFT + 110, y=30, width=24, height=12)
        self._add("line", class_="simulated", x1=LEFT + 110, x2=LEFT + 134, y1=36, y2=36)
        self._text(LEFT + 140, 40, "simulated: mean, and where one more run may lie")

    def _grid(self, x_label, y_label):
        bottom = HEIGHT - BOTTOM
        for tick in self._y_ticks:
            self._add("line", class_="grid", x1=LEFT, x2=WIDTH - RIGHT, y1=self.y(tick),
                      y2=self.y(tick))
            self._text(LEFT - 6, self.y(tick) + 4, f"{tick:g}", anchor="end")
        for tick in self._x_ticks:
            if tick <= self._x_high and x_label:
                self._text(self.x(tick), bottom + 18, f"{tick:g}", anchor="middle")
        self._add("line", class_="axis", x1=LEFT, x2=WIDTH - RIGHT, y1=bottom, y2=bottom)
        self._text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, x_label, anchor="middle")
        self._text(16, (TOP + bottom) / 2, y_label, anchor="middle", turn=-90)

    def band(self, xs, bands):
        along = [(x, band.high) for x, band in zip(xs, bands)]
        back = [(x, band.low) for x, band in zip(xs, bands)]
        points = " ".join(f"{self.x(x)},{self.y(y)}" for x, y in along + back[::-1])
        self._add("polygon", class_="band", points=points)
        self._line("simulated", xs, [band.middle for band in bands])

    def measured(self, xs, ys):
        self._line("measured", xs, ys)

    def _line(self, kind, xs, ys):
        points = " ".join(f"{self.x(x)},{self.y(y)}" for x, y in zip(xs, ys))
        self._add("polyline", class_=kind, points=points)

    def bars(self, names, measured, bands):
        """A bar for each name, as wide as there is room; x is not used otherwise."""
        room = self._x_high / len(names)
        for i, (name, value, band) in enumerate(zip(names, measured, bands)):
            middle = (i + 0.5) * room
            left, right = self.x(middle - room * 0.3), self.x(middle + room * 0.3)
            self._add("rect", class_="bar", x=left, y=self.y(band.middle),
                      width=round(right - left, 1),
                      height=round(self.y(0) - self.y(band.middle), 1))
            self._add("line", class_="whisker", x1=self.x(middle), x2=self.x(middle),
                      y1=self.y(band.low), y2=self.y(band.high))
            self._add("circle", class_="point", cx=self.x(middle), cy=self.y(value), r=4)
            self._text(self.x(middle), HEIGHT - BOTTOM + 18, name, anchor="middle")

    def shade(self, begin, end, text):
        """Marks a stretch of x, with a word at its top."""
        self._parts.insert(0, f'<rect x="{self.x(begin)}" y="{TOP}" '
                              f'width="{round(self.x(end) - self.x(begin), 1)}" '
                              f'height="{HEIGHT - TOP - BOTTOM}" fill="#f4f0e4"/>')
        self._text(self.x((begin + end) / 2), TOP + 14, text, anchor="middle")

    def svg(self):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
                f'width="{WIDTH}" height="{HEIGHT}">\n<style>\n{STYLE}</style>\n'
                f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n'
                + "\n".join(self._parts) + "\n</svg>\n")
