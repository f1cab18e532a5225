"""docs/reference/parameters.md is what the program writes."""

import os
import subprocess
import unittest
from pathlib import Path

REFERENCE = Path("docs/reference/parameters.md")


class ReferenceTest(unittest.TestCase):
    def test_is_what_the_program_writes(self):
        written = subprocess.run([os.environ["WEIR_PROGRAM"], "explain", "--markdown"],
                                 capture_output=True, check=True, text=True).stdout
        self.assertEqual(
            REFERENCE.read_text(encoding="utf-8"), written,
            f"{REFERENCE} is out of date: `./do build`, then "
            f"`build/release/weir explain --markdown > {REFERENCE}`, and commit it")

    def test_has_every_rule_and_rows_of_equal_width(self):
        text = REFERENCE.read_text(encoding="utf-8")
        self.assertEqual(text.count("\n| S"), 146)
        width = None
        for line in text.splitlines():
            cells = line.replace("\\|", "").count("|")
            if not line.startswith("|"):
                width = None
                continue
            width = width or cells
            self.assertEqual(cells, width, line)


if __name__ == "__main__":
    unittest.main()
