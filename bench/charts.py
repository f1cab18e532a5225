"""Line charts over two logarithmic axes, as plain SVG."""

import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 840, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 270, 44, 44
COLOURS = ("#2171b5", "#c0392b", "#2e8b57", "#8e5ea2", "#b8860b")

STYLE = """\
text { font: 13px sans-serif; fill: #333 }
.title { font-size: 15px; font-weight: bold }
.grid { stroke: #ddd }
.axis { stroke: #777 }
.line { fill: none; stroke-width: 2 }
"""


class Scale:
    """A logarithmic axis from `begin` to `end` in the picture."""

    def __init__(self, values, begin, end, least_span):
        self._low, high = math.log10(min(values)), math.log10(max(values))
        self._span = max(high - self._low, least_span)
        self._begin, self._end = begin, end

    def at(self, value):
        share = (math.log10(value) - self._low) / self._span
        return round(self._begin + share * (self._end - self._begin), 1)

    def ticks(self):
        """Powers of ten; between them 2 and 5 where there is room."""
        steps = (1,) if self._span > 2.5 else (1, 2, 5) if self._span > 1 else (1, 1.5, 2, 3, 5, 7)
        first, last = math.floor(self._low), math.ceil(self._low + self._span)
        for power in range(first, last + 1):
            for step in steps:
                value = step * 10.0**power
                if -1e-9 <= math.log10(value) - self._low <= self._span + 1e-9:
                    yield value


def tick_text(value):
    power = round(math.log10(value))
    return f"10^{power}" if value == 10.0**power and power >= 4 else f"{value:g}"


def _text(x, y, text, kind="label", anchor="start", turn=None):
    turned = f' transform="rotate({turn} {x} {y})"' if turn is not None else ""
    return (f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}"{turned}>'
            f"{escape(text)}</text>")


def _grid(x, y, x_label, y_label):
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    for tick in y.ticks():
        yield f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y.at(tick)}" y2="{y.at(tick)}"/>'
        yield _text(LEFT - 6, y.at(tick) + 4, tick_text(tick), anchor="end")
    for tick in x.ticks():
        yield _text(x.at(tick), bottom + 18, tick_text(tick), anchor="middle")
    yield f'<line class="axis" x1="{LEFT}" x2="{right}" y1="{bottom}" y2="{bottom}"/>'
    yield _text((LEFT + right) / 2, HEIGHT - 8, x_label, anchor="middle")
    yield _text(16, (TOP + bottom) / 2, y_label, anchor="middle", turn=-90)


def _lines(x, y, lines):
    for i, line in enumerate(lines):
        colour = COLOURS[i % len(COLOURS)]
        points = " ".join(f"{x.at(n)},{y.at(value)}" for n, value in line.points)
        yield f'<polyline class="line" stroke="{colour}" points="{points}"/>'
        for n, value in line.points:
            yield f'<circle cx="{x.at(n)}" cy="{y.at(value)}" r="3" fill="{colour}"/>'
        height = TOP + 12 + 20 * i
        yield (f'<line class="line" stroke="{colour}" x1="{WIDTH - RIGHT + 12}" '
               f'x2="{WIDTH - RIGHT + 32}" y1="{height}" y2="{height}"/>')
        yield _text(WIDTH - RIGHT + 38, height + 4, line.name)


def log_log(title, x_label, y_label, lines):
    """A picture of `lines`: each has a name and points (x, y), all above zero."""
    points = [point for line in lines for point in line.points]
    x = Scale([n for n, _ in points], LEFT, WIDTH - RIGHT, least_span=1)
    y = Scale([value for _, value in points], HEIGHT - BOTTOM, TOP, least_span=math.log10(2))
    parts = [_text(LEFT, 22, title, "title"), *_grid(x, y, x_label, y_label), *_lines(x, y, lines)]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}">\n<style>\n{STYLE}</style>\n'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n'
            + "\n".join(parts) + "\n</svg>\n")
