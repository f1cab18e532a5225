"""The page of performance: its tables and pictures, from what `./do bench --json` writes."""

import pathlib
import sys
import unittest
import xml.etree.ElementTree

sys.path.insert(0, "bench")
import charts  # noqa: E402
import performance  # noqa: E402


def row(work, n, ratio, required=None, aim=None, **rest):
    return {"work": work, "n": n, "ns": 12.34, "reference_ns": 100.0, "ratio": ratio,
            "required": required, "aim": aim, **rest}


GROWTH = [row("growth: a message, of so many (reference: 10^5)", n, ratio, 1.15, 1.15,
              figures={"resident size, MB": 12.5, "n of the reference": 100_000.0})
          for n, ratio in ((1_000_000, 1.01), (1_000_000_000, 1.2))]
PAGE = "before\n<!-- rows growth -->\nold\n<!-- end -->\nafter\n"


class Tables(unittest.TestCase):
    def test_a_block_has_its_rows_and_no_others(self):
        page = performance.with_tables(PAGE, [*GROWTH, row("B14 draw", 1, 0.5)])
        self.assertIn("| growth: a message, of so many (reference: 10^5) | 10^9 | 12.3 | 100.0 | "
                      "1.200 | 1.15 | 1.150 | **no** |", page)
        self.assertIn("10^6: resident size, MB: 12.5\n", page)
        self.assertNotIn("B14", page)
        self.assertNotIn("\nold\n", page)
        self.assertNotIn("n of the reference", page)
        self.assertTrue(page.startswith("before\n") and page.endswith("\nafter\n"))

    def test_writing_again_changes_nothing(self):
        once = performance.with_tables(PAGE, GROWTH)
        self.assertEqual(performance.with_tables(once, GROWTH), once)

    def test_what_was_not_measured_says_so(self):
        self.assertIn("Not measured yet.", performance.with_tables(PAGE, []))

    def test_a_block_of_another_name_is_refused(self):
        with self.assertRaisesRegex(ValueError, "'speed'; there are: kernel"):
            performance.with_tables("<!-- rows speed -->\n<!-- end -->", [])

    def test_verdicts(self):
        for of, expected in ((row("w", 1, 0.3, 0.4, 0.3), "yes, aim"),
                             (row("w", 1, 0.4, 0.4, 0.3), "yes"),
                             (row("w", 1, 0.41, 0.4, 0.3), "**no**"),
                             (row("w", 1, None, unavailable="package p"),
                              "not available: package p"),
                             (row("w", 1, 0.1, 0.4, 0.3, problem="the mean is 11"), "WRONG")):
            self.assertEqual(performance.verdict(of), expected)

    def test_the_page_has_every_block(self):
        page = pathlib.Path("docs/performance.md").read_text()
        for name in performance.BLOCKS:
            self.assertIn(f"<!-- rows {name} -->", page)


class Pictures(unittest.TestCase):
    def test_growth_begins_at_its_reference(self):
        [line] = performance.growth_lines(GROWTH)
        self.assertEqual(line.name, "a message, of so many")
        self.assertEqual(line.points, [(100_000.0, 1.0), (1_000_000, 1.01), (1_000_000_000, 1.2)])

    def test_a_picture_is_sound_and_has_every_point(self):
        [(name, content)] = performance.pictures(GROWTH)
        self.assertEqual(name, "growth.svg")
        tree = xml.etree.ElementTree.fromstring(content)
        circles = [each for each in tree.iter() if each.tag.endswith("circle")]
        self.assertEqual(len(circles), 3)
        self.assertLess(float(circles[0].get("cx")), float(circles[2].get("cx")))
        self.assertGreater(float(circles[0].get("cy")), float(circles[2].get("cy")))

    def test_ticks_are_few_and_round(self):
        scale = charts.Scale([100, 10_000_000], 0, 100, least_span=1)
        self.assertEqual([charts.tick_text(tick) for tick in scale.ticks()],
                         ["100", "1000", "10^4", "10^5", "10^6", "10^7"])


if __name__ == "__main__":
    unittest.main()
