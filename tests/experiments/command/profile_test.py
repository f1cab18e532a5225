"""`weir run --profile`: every event is told of, and the run is the same."""

import json
import unittest

from program import ProgramTest


class ProfileTest(ProgramTest):
    def run_json(self, *arguments):
        done = self.weir("run", "small.toml", "--no-result", "--json", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_accounts_for_all_events_and_all_time_of_the_same_run(self):
        plain = self.run_json()
        self.assertNotIn("profile", plain)
        summary = self.run_json("--profile")
        self.assertEqual(summary["fingerprint"], plain["fingerprint"])
        profile = summary["profile"]
        kinds = profile["kinds"].values()
        self.assertEqual(sum(kind["count"] for kind in kinds), summary["events"])
        self.assertEqual(profile["events"], summary["events"])
        self.assertEqual(sum(kind["ties"] for kind in kinds), profile["ties"])
        self.assertAlmostEqual(
            sum(kind["time_share"] for kind in kinds) + profile["agenda"]["time_share"], 1)
        self.assertEqual(profile["kinds"]["reply-arrives"]["count"], summary["attempts"]["total"])
        for kind in kinds:
            self.assertGreater(kind["count"], 0)
            self.assertLess(kind["ties"], kind["count"] + 1)
            self.assertGreaterEqual(kind["time_margin"], 0)

    def test_is_a_table_for_people(self):
        done = self.weir("run", "small.toml", "--no-result", "--profile")
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.splitlines()
        head = next(i for i, line in enumerate(lines) if line.split()[:2] == ["event", "count"])
        table = {line.split()[0]: line for line in lines[head + 1:-2]}
        self.assertIn("reply-arrives", table)
        self.assertIn("connection-opens", table)
        self.assertIn("finding the next", lines[-2])
        self.assertIn("were measured", lines[-1])
        for line in lines[head:]:
            self.assertLessEqual(len(line), 100, line)

    def test_is_for_a_single_run(self):
        for arguments in (["--variants"], ["--replications", "2"]):
            with self.subTest(arguments):
                done = self.weir("run", "small.toml", "--profile", *arguments)
                self.assert_fails(done, 1, "--profile", "single run")
                self.assertEqual(self.files(), [])


if __name__ == "__main__":
    unittest.main()
