"""cmake/SourceDigest.cmake: another source, another digest; and the program has the present one."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path.cwd()
SCRIPT = ROOT / "cmake/SourceDigest.cmake"
PARTS = ("sim", "models", "analysis", "experiments")


class SourceDigestTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="weir-digest-")
        self.addCleanup(folder.cleanup)
        self.tree = Path(folder.name) / "tree"
        for part in PARTS:
            shutil.copytree(ROOT / part, self.tree / part)

    def digest(self, root=None):
        out = self.tree.parent / "digest.cc"
        subprocess.run(["cmake", f"-DROOT={root or self.tree}", f"-DOUT={out}", "-P", SCRIPT],
                       check=True, capture_output=True)
        return re.search(r'"([0-9a-f]{64})"', out.read_text(encoding="utf-8")).group(1)

    def test_does_not_depend_on_the_place(self):
        self.assertEqual(self.digest(), self.digest(ROOT))

    def test_the_program_was_built_with_the_present_one(self):
        built = Path(os.environ["WEIR_BUILD_DIR"], "experiments/source_digest.cc")
        self.assertIn(self.digest(ROOT), built.read_text(encoding="utf-8"))

    def test_changes_with_every_kind_of_source(self):
        seen = {self.digest()}
        for name in ("sim/kernel.h", "sim/random.cc", "models/retry/postfix.cc",
                     "models/CMakeLists.txt", "analysis/sketch.cc", "experiments/run/summary.cc",
                     "experiments/ensemble/distribution.cc", "experiments/scenario/reader.cc"):
            with self.subTest(name):
                path = self.tree / name
                path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
                digest = self.digest()
                self.assertNotIn(digest, seen)
                seen.add(digest)

    def test_changes_when_a_source_comes_goes_or_is_renamed(self):
        seen = {self.digest()}
        new = self.tree / "models/retry/new.cc"
        for change in (lambda: new.write_text("// new\n", encoding="utf-8"),
                       lambda: new.rename(new.with_name("newer.cc")),
                       lambda: (self.tree / "sim/fingerprint.cc").unlink()):
            change()
            digest = self.digest()
            self.assertNotIn(digest, seen)
            seen.add(digest)

    def test_what_decides_no_result_plays_no_part(self):
        before = self.digest()
        for name in ("experiments/command/text.cc", "analysis/file/column.cc",
                     "experiments/scenarios/pools.toml"):
            path = self.tree / name
            path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        self.assertEqual(self.digest(), before)


if __name__ == "__main__":
    unittest.main()
