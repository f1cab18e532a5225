"""What the commands that draw the ways of mail, `weir topology` and `weir capacity`, refuse, and
that they draw."""

import unittest
import xml.etree.ElementTree as ElementTree

from program import ProgramTest

COMMANDS = "topology", "capacity"


class DrawingCommandsTest(ProgramTest):
    def each(self, *arguments):
        """The command's name and how it ended, for each of them."""
        for command in COMMANDS:
            with self.subTest(command=command):
                yield command, self.weir(command, "small.toml", *arguments)

    def test_drawing(self):
        for command, done in self.each("--svg", "drawing.svg"):
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("A small scenario", done.stdout, command)
            ElementTree.parse(self.folder / "drawing.svg")
            (self.folder / "drawing.svg").unlink()

    def test_drawing_that_cannot_be_written(self):
        for _, done in self.each("--svg", "nosuch/drawing.svg"):
            self.assertEqual(done.returncode, 3)
            self.assertIn("nosuch/drawing.svg", done.stderr)

    def test_bad_scenario(self):
        for _, done in self.each("--set", "lane.connection_limit=0"):
            self.assertEqual(done.returncode, 2)
            self.assertIn("connection_limit", done.stderr)

    def test_variant_that_does_not_exist(self):
        for command, done in self.each("--variant", "all-at-one"):
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"weir {command}: --variant all-at-one", done.stderr)
            self.assertIn("all-at-once", done.stderr)


if __name__ == "__main__":
    unittest.main()
