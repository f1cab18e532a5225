"""Writes the tables and pictures of docs/performance.md from what `./do bench --json` found.

    ./do bench --full --peers --json rows.json
    python3 bench/performance.py rows.json

A table stands between `<!-- rows NAME -->` and `<!-- end -->`, and what was there is replaced; the
pictures go to docs/performance/. The text around them is people's.
"""

import json
import math
import pathlib
import re
import sys
from typing import NamedTuple

import charts

PAGE = pathlib.Path("docs/performance.md")

# The blocks of the page: which rows stand in each.
BLOCKS = {
    "kernel": r"B[1-4] (?!.*(ns-3|Boost))|constant delays",
    "models": r"(B5|B7|B10) (?!.*(ns-3|SimGrid|SimPy))",
    "chance": r"B14 ",
    "runs": r"warmup-90k, |memory|B11|B12",
    "growth": r"growth: ",
    "peers": r"ns-3|SimGrid|SimPy|Boost",
}

# The figure of a row that tells where a line of growth begins.
REFERENCE_N = "n of the reference"


class Line(NamedTuple):
    name: str
    points: list  # (n, value)


def verdict(row):
    if "problem" in row:
        return "WRONG"
    if "unavailable" in row:
        return f"not available: {row['unavailable']}"
    if row["required"] is None or row["ratio"] is None:
        return ""
    if row["ratio"] > row["required"]:
        return "**no**"
    return "yes, aim" if row["ratio"] <= row["aim"] else "yes"


def power_of_ten(n):
    exponent = round(math.log10(n)) if n > 0 else 0
    return f"10^{exponent}" if n >= 1000 and n == 10**exponent else f"{n:,}"


def cell(value, digits):
    return "" if value is None else f"{value:,.{digits}f}"


def table(rows):
    yield "| work | n | ns | reference, ns | ratio | required | aim | holds |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for row in rows:
        yield "| " + " | ".join([
            row["work"], power_of_ten(row["n"]), cell(row["ns"], 1), cell(row["reference_ns"], 1),
            cell(row["ratio"], 3), cell(row["required"], 2), cell(row["aim"], 3),
            verdict(row)]) + " |"
    figures = [(row, name, value) for row in rows for name, value in row.get("figures", {}).items()
               if name != REFERENCE_N]
    if figures:
        yield ""
    for row, name, value in figures:
        yield f"- {row['work']}, {power_of_ten(row['n'])}: {name}: {value:,.6g}"


def with_tables(page, rows):
    """The page with each block's table replaced."""
    def filled(match):
        name = match[1]
        if name not in BLOCKS:
            raise ValueError(f"{PAGE}: no block is called '{name}'; there are: "
                             + ", ".join(BLOCKS))
        chosen = [row for row in rows if re.search(BLOCKS[name], row["work"])]
        lines = table(chosen) if chosen else ["Not measured yet."]
        return "\n".join([f"<!-- rows {name} -->", *lines, "<!-- end -->"])
    return re.sub(r"<!-- rows (\w+) -->\n.*?<!-- end -->", filled, page, flags=re.DOTALL)


def by_size(rows, work, figure):
    """(n, figure of the row) of all rows of a work."""
    return sorted((row["n"], figure(row)) for row in rows if row["work"] == work)


def growth_lines(rows):
    for work in dict.fromkeys(row["work"] for row in rows if row["work"].startswith("growth: ")):
        points = by_size(rows, work, lambda row: row["ratio"])
        base = next(row for row in rows if row["work"] == work)["figures"][REFERENCE_N]
        yield Line(re.sub(r"growth: (.*?)( \(.*)?$", r"\1", work), [(base, 1.0), *points])


def hold_lines(rows):
    hold = "B1 hold, exponential"
    yield Line("std::priority_queue", by_size(rows, hold, lambda row: row["reference_ns"]))
    yield Line("weir", by_size(rows, hold, lambda row: row["ns"]))


def pictures(rows):
    """Name and content of each picture there are rows for."""
    growth = list(growth_lines(rows))
    if growth:
        title = "Cost of a unit of work, beside the smallest amount of it"
        yield "growth.svg", charts.log_log(title, "how many", "times the smallest", growth)
    hold = list(hold_lines(rows))
    if all(line.points for line in hold):
        yield "hold.svg", charts.log_log("A hold, payload touched", "events pending", "ns", hold)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: python3 bench/performance.py ROWS.json   (at the root of the project)")
    rows = json.loads(pathlib.Path(sys.argv[1]).read_text())["rows"]
    PAGE.write_text(with_tables(PAGE.read_text(), rows))
    folder = PAGE.with_suffix("")
    folder.mkdir(exist_ok=True)
    for name, content in pictures(rows):
        (folder / name).write_text(content)


if __name__ == "__main__":
    main()
