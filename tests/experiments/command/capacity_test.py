"""`weir capacity`: the answer on the terminal and as JSON."""

import json
import unittest

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


if __name__ == "__main__":
    unittest.main()
