"""Writes what a comparison found: tables and pictures, for docs/validation.md.

    report.py BUILD_FOLDER DOCS_FOLDER

takes what the tests left in BUILD_FOLDER/real and puts it into DOCS_FOLDER: the pictures into
validation/, the tables into validation.md, each between its two marks."""

import re
import shutil
import sys
from pathlib import Path

from pictures import Chart

MARKED = re.compile(r"(<!-- table (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


def number(value):
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def table(rows):
    lines = ["| | measured | simulated | allowed |", "| --- | ---: | ---: | --- |"]
    for row in rows:
        low, middle, high = row.band
        allowed = "exactly" if low == high else f"{number(low)} to {number(high)}"
        lines.append(f"| {row.what} | {number(row.measured)} | {number(middle)} | {allowed} |")
    return "\n".join(lines) + "\n"


class Report:
    """Files of one comparison, named after it."""

    def __init__(self, folder, name):
        self._folder, self._name = Path(folder) / "real", name
        self._folder.mkdir(parents=True, exist_ok=True)

    def write(self, what, text):
        (self._folder / f"{self._name}-{what}").write_text(text, encoding="utf-8")

    def table(self, what, rows):
        self.write(f"{what}.md", table(rows))

    def over_time(self, what, title, rows, step, stretches=()):
        """Rows are of instants `step` seconds apart, from 0; stretches are (from, until, word)."""
        xs = [i * step for i in range(len(rows))]
        high = max(max(row.measured for row in rows), max(row.band.high for row in rows))
        chart = Chart(title, "seconds", "messages", xs[-1], high)
        for stretch in stretches:
            chart.shade(*stretch)
        chart.band(xs, [row.band for row in rows])
        chart.measured(xs, [row.measured for row in rows])
        self.write(f"{what}.svg", chart.svg())

    def bars(self, what, title, names, rows):
        high = max(max(row.measured for row in rows), max(row.band.high for row in rows))
        chart = Chart(title, "", "messages", 1, high)
        chart.bars(names, [row.measured for row in rows], [row.band for row in rows])
        self.write(f"{what}.svg", chart.svg())


def publish(build, docs):
    found = Path(build) / "real"
    (Path(docs) / "validation").mkdir(exist_ok=True)
    for picture in sorted(found.glob("*.svg")):
        shutil.copy(picture, Path(docs) / "validation" / picture.name)
    page = Path(docs) / "validation.md"

    def filled(match):
        return match[1] + (found / f"{match[2]}.md").read_text(encoding="utf-8") + match[3]

    page.write_text(MARKED.sub(filled, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    publish(*sys.argv[1:])
