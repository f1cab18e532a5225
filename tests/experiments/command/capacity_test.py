"""`weir capacity`: the answer on the terminal and as JSON, the drawing, and what it refuses."""

import json
import unittest
import xml.etree.ElementTree as ElementTree

from program import ProgramTest


class CapacityTest(ProgramTest):
    def test_the_first_sentence_names_the_setting(self):
        done = self.weir("capacity", "small.toml", "--set", "lane.message_rate=1/d")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("lane.message_rate breaks first", done.stdout)
        self.assertLessEqual(len(done.stdout.splitlines()), 40)

    def test_json_has_the_keys_that_its_page_lists(self):
        capacity = json.loads(self.weir("capacity", "small.toml", "--json").stdout)
        self.assertEqual(
            set(capacity),
            {"scenario", "verdict", "submitted_per_second", "carried", "most", "headroom", "loop",
             "spectral_radius", "refusal", "bottlenecks"})
        used = [place["utilisation"] for place in capacity["bottlenecks"]]
        self.assertEqual(used, sorted(used, reverse=True))
        for place in capacity["bottlenecks"]:
            if not place["while_new"]:
                self.assertAlmostEqual(place["utilisation"], place["asked"] / place["ceiling"])

    def test_the_same_question_has_the_same_answer(self):
        self.assertEqual(self.weir("capacity", "small.toml", "--json").stdout,
                         self.weir("capacity", "small.toml", "--json").stdout)

    def test_drawing(self):
        done = self.weir("capacity", "small.toml", "--svg", "c.svg")
        self.assertEqual(done.returncode, 0, done.stderr)
        ElementTree.parse(self.folder / "c.svg")

    def test_drawing_that_cannot_be_written(self):
        done = self.weir("capacity", "small.toml", "--svg", "nosuch/c.svg")
        self.assertEqual(done.returncode, 3)
        self.assertIn("nosuch/c.svg", done.stderr)

    def test_bad_scenario(self):
        done = self.weir("capacity", "small.toml", "--set", "lane.connection_limit=0")
        self.assertEqual(done.returncode, 2)
        self.assertIn("connection_limit", done.stderr)

    def test_variant_that_does_not_exist(self):
        done = self.weir("capacity", "small.toml", "--variant", "all-at-one")
        self.assertEqual(done.returncode, 1)
        self.assertIn("all-at-once", done.stderr)


if __name__ == "__main__":
    unittest.main()
