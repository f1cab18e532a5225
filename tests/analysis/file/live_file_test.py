"""A result file while it grows: whoever opens NAME.live, at any time, sees a whole file with all
rows that were shown so far."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import h5py
import numpy
import xarray

WRITER = pathlib.Path(os.environ["WEIR_BUILD_DIR"]) / "tests" / "analysis" / "write_result"
COLUMNS = 5
ROWS = 600


class LiveFile(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "run.h5"
        self.live = self.path.with_suffix(".h5.live")
        self.shown = 0

    def start(self):
        writer = subprocess.Popen([WRITER, "live", self.path], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE)
        self.addCleanup(writer.communicate)
        self.addCleanup(writer.kill)
        os.set_blocking(writer.stdout.fileno(), False)
        return writer

    def let_it_write(self, writer, rows):
        writer.stdin.write(b"\n" * (rows // 30))
        writer.stdin.flush()

    def note_what_was_shown(self, writer):
        lines = (writer.stdout.read() or b"").splitlines(keepends=True)
        complete = [line for line in lines if line.endswith(b"\n")]
        if complete:
            self.shown = int(complete[-1])

    def check(self, counts, peaks):
        """The values of so many rows; 32 bits held them until they did not."""
        rows = numpy.arange(len(counts))
        numpy.testing.assert_array_equal(counts, rows)
        for column, peak in enumerate(peaks):
            expected = numpy.where(rows >= 100 * (column + 1), 2**40 + rows, -rows)
            numpy.testing.assert_array_equal(peak, numpy.tile(expected[:, None], (1, COLUMNS)))

    def read_with_h5py(self):
        with h5py.File(self.live, "r") as file:
            self.assertEqual(file.attrs["complete"], 0)
            self.check(file["count"][()], [file[f"peak_{i}"][()] for i in range(COLUMNS)])
            return file["time"].shape[0]

    def read_with_xarray(self, engine):
        with xarray.open_dataset(self.live, engine=engine) as data:
            self.check(data["count"].values, [data[f"peak_{i}"].values for i in range(COLUMNS)])
            return data.sizes["time"]

    def read_with_ncdump(self):
        dump = subprocess.run(["ncdump", "-v", "count", self.live], text=True, check=False,
                              capture_output=True)
        if not self.live.exists() or "No such file" in dump.stderr:  # not when it looked, or now
            raise FileNotFoundError
        self.assertEqual((dump.returncode, dump.stderr), (0, ""))
        return int(dump.stdout.split("UNLIMITED ; // (")[1].split()[0])

    def test_is_whole_at_any_time_for_every_reader(self):
        writer = self.start()
        readers = [self.read_with_h5py, self.read_with_ncdump,
                   lambda: self.read_with_xarray("h5netcdf"),
                   lambda: self.read_with_xarray("netcdf4")]
        seen, allowed = [0], 0
        while writer.poll() is None:
            if seen[-1] == allowed < ROWS:  # it goes on while the next readers read
                allowed += 30
                self.let_it_write(writer, 30)
            self.note_what_was_shown(writer)
            try:
                rows = readers[len(seen) % len(readers)]()
            except FileNotFoundError:  # not yet, or no longer
                continue
            self.assertGreaterEqual(rows, self.shown)
            self.assertGreaterEqual(rows, seen[-1])
            seen.append(rows)
        self.assertEqual(writer.returncode, 0)
        self.assertGreaterEqual(len(set(seen)), ROWS // 30, "the readers saw the file grow")
        self.assertFalse(self.live.exists())
        self.assertFalse(self.live.with_suffix(".live.new").exists())
        with h5py.File(self.path, "r") as file:
            self.assertEqual(file["count"].shape, (ROWS,))

    def test_stays_as_it_was_for_who_has_it_open(self):
        writer = self.start()
        self.let_it_write(writer, 60)
        while self.shown < 60:
            self.note_what_was_shown(writer)
        with h5py.File(self.live, "r") as file:
            before = file["time"].shape[0]
            self.let_it_write(writer, ROWS - 60)
            writer.wait()
            self.assertEqual(before, 60)
            self.assertFalse(self.live.exists())
            self.check(file["count"][()], [file[f"peak_{i}"][()] for i in range(COLUMNS)])

    def test_of_a_killed_run_stays_and_the_next_run_removes_it(self):
        writer = self.start()
        self.let_it_write(writer, 300)
        while self.shown < 10:
            self.note_what_was_shown(writer)
        writer.kill()
        writer.wait()
        self.assertGreaterEqual(self.read_with_h5py(), self.shown)
        with subprocess.Popen([WRITER, "endless", self.path], stdout=subprocess.PIPE) as next_run:
            next_run.stdout.readline()
            next_run.kill()
        self.assertFalse(self.live.exists(), "nobody takes it for the run that goes on")


if __name__ == "__main__":
    unittest.main()
