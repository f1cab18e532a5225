"""The program behind ./do bench, as people and scripts call it."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

KEYS = ["work", "n", "ns", "reference_ns", "ratio", "required", "aim"]
PROGRAM = Path(os.environ["WEIR_BUILD_DIR"]) / "bench" / "weir_bench"


def bench(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)


class BenchProgram(unittest.TestCase):
    def test_writes_each_row_of_the_table_as_json(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rows.json"
            ran = bench("--tiny", "--only", "B1 hold, exponential", "--json", str(file))
            self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
            rows = json.loads(file.read_text())["rows"]
            self.assertEqual(os.listdir(folder), ["rows.json"])
        self.assertEqual(len(rows), ran.stdout.count("B1 hold, exponential"))
        for row in rows:
            self.assertEqual(list(row), KEYS)
            self.assertAlmostEqual(row["ratio"] * row["reference_ns"] / row["ns"], 1, places=4)
        self.assertTrue(any(row["required"] is None for row in rows))
        self.assertTrue(any(row["required"] == 0.4 and row["aim"] == 0.33 for row in rows))

    def test_a_wrong_argument_names_the_remedy(self):
        ran = bench("--fast")
        self.assertEqual((ran.returncode, ran.stdout), (1, ""))
        self.assertEqual(ran.stderr, "bench: no option '--fast'; --help lists them\n")

    def test_lists_what_would_run(self):
        listed = bench("--list").stdout.splitlines()
        self.assertIn("B1 hold, exponential 100", listed)
        self.assertNotIn("B1 hold, exponential, drawn inside 10000000", listed)
        self.assertIn("B1 hold, exponential, drawn inside 10000000",
                      bench("--list", "--full").stdout.splitlines())


if __name__ == "__main__":
    unittest.main()
