"""What a run leaves that was killed (SIGKILL) while it wrote: NAME.part with all flushed rows."""

import os
import pathlib
import random
import subprocess
import tempfile
import time
import unittest

import h5py
import numpy

WRITER = pathlib.Path(os.environ["WEIR_BUILD_DIR"]) / "tests" / "analysis" / "write_result"
KILLS = int(os.environ.get("WEIR_KILLS", "25"))


def write_and_kill(path, seconds):
    """Kills the writer and returns how many rows it had announced as flushed."""
    with subprocess.Popen([WRITER, "endless", path], stdout=subprocess.PIPE) as writer:
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.kill()
        lines = [first, *writer.stdout.readlines()]
    complete = [line for line in lines if line.endswith(b"\n")]
    return int(complete[-1])


class KilledRun(unittest.TestCase):
    def check_part(self, part, flushed):
        with h5py.File(part, "r") as file:
            self.assertEqual(file.attrs["complete"], 0)
            rows = numpy.arange(flushed)
            numpy.testing.assert_array_equal(file["time"][:flushed], rows)
            numpy.testing.assert_array_equal(file["count"][:flushed], rows)
            depth = file["depth"][:flushed]
            numpy.testing.assert_array_equal(depth, numpy.tile(rows[:, None] + 0.5, (1, 8)))
            peaks = [name for name in file if name.startswith("peak_")]
            self.assertEqual(len(peaks), 20)
            for name in peaks:
                expected = numpy.where(rows < int(name[5:]), rows, 2**40 + rows)
                numpy.testing.assert_array_equal(file[name][:flushed], expected, name)

    def test_leaves_all_flushed_rows_and_no_final_name(self):
        chance = random.Random(1)
        for kill in range(KILLS):
            with self.subTest(kill=kill), tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "run.h5"
                flushed = write_and_kill(path, chance.uniform(0.0, 0.7))
                self.assertFalse(path.exists())
                self.check_part(str(path) + ".part", flushed)


if __name__ == "__main__":
    unittest.main()
