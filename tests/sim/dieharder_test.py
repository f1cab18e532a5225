"""Draws of many streams in turn pass dieharder's tests of randomness.

A stream by itself is Philox, which others have tested; what is ours is the key. So neighbouring
keys, entities and ordinals each give one number in turn, and what comes out must look random too.
Everything is fixed: the same numbers give the same verdicts each time.
"""

import os
import pathlib
import shutil
import subprocess
import unittest

WRITE_DRAWS = pathlib.Path(os.environ["WEIR_BUILD_DIR"], "tests", "sim", "write_draws")

# dieharder's number of the test, and how many samples it takes.
TESTS = {
    "birthdays": ("0", "100"),
    "operm5": ("1", "20"),
    "runs": ("15", "100"),
    "sts_runs": ("101", "20"),
}


def dieharder(source, number, samples):
    """[(name, p-value, assessment)] of one test over what the command `source` writes."""
    with subprocess.Popen(source, stdout=subprocess.PIPE) as stream:
        command = ["dieharder", "-g", "200", "-d", number, "-p", samples, "-S", "1"]
        text = subprocess.run(command, stdin=stream.stdout, stdout=subprocess.PIPE, check=True,
                              text=True).stdout
        stream.stdout.close()  # ends the source
    rows = [[field.strip() for field in line.split("|")] for line in text.splitlines()]
    return [(row[0], float(row[4]), row[5]) for row in rows
            if len(row) >= 6 and row[5] in ("PASSED", "WEAK", "FAILED")]


@unittest.skipIf(shutil.which("dieharder") is None, "dieharder is missing: run ./do deps test")
class Dieharder(unittest.TestCase):

    def check(self, source):
        for name, (number, samples) in TESTS.items():
            with self.subTest(name):
                verdicts = dieharder(source, number, samples)
                self.assertTrue(verdicts, "dieharder gave no verdict")
                for row in verdicts:
                    self.assertNotEqual(row[2], "FAILED", row)

    def test_finds_no_pattern_in_neighbouring_keys(self):
        self.check([WRITE_DRAWS, "keys"])

    def test_finds_no_pattern_in_neighbouring_entities(self):
        self.check([WRITE_DRAWS, "entities"])

    def test_finds_no_pattern_in_neighbouring_ordinals(self):
        self.check([WRITE_DRAWS, "ordinals"])

    def test_would_find_one(self):
        verdicts = dieharder(["sh", "-c", "yes 0123456789abcdef"], *TESTS["runs"])
        self.assertIn("FAILED", [row[2] for row in verdicts])


if __name__ == "__main__":
    unittest.main()
