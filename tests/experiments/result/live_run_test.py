"""`weir run --live`: the result so far, read by other programs while the run goes on."""

import signal
import sys
import time
import unittest
from pathlib import Path

import h5py
import numpy
import xarray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "command"))
from program import ENDLESS, ProgramTest  # noqa: E402


class LiveRunTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("endless.toml", ENDLESS.replace("RATE", "20000/h"))
        self.live = self.folder / "r.h5.live"

    def begin(self):
        process = self.start("run", "endless.toml", "-o", "r.h5", "--live", "--json")
        deadline = time.monotonic() + 60
        while not self.live.exists():
            self.assertIsNone(process.poll(), "it is there from the beginning on")
            self.assertLess(time.monotonic(), deadline)
        return process

    def check(self, data):
        """Whole rows of all series; returns how many."""
        rows = data.sizes["time"]
        if rows:
            hours = (data["time"].values - data["time"].values[0]) / numpy.timedelta64(1, "h")
            numpy.testing.assert_array_equal(hours, numpy.arange(rows))
            numpy.testing.assert_array_equal(
                data["lane_attempted"].values,
                sum(data[f"lane_{name}"].values for name in ("accepted", "deferred", "rejected")))
            arrived = data["source_arrived"].values[:, 0]
            self.assertGreater(arrived.min(), 10_000)
            delivered = data["source_delivered"].values[:, 0].sum()
            self.assertEqual(arrived.sum() - delivered, data["source_queue"].values[-1, 0])
        return rows

    def test_grows_for_readers_until_the_result_is_there(self):
        process = self.begin()
        seen = []
        deadline = time.monotonic() + 60
        while len(set(seen)) < 3:
            self.assertLess(time.monotonic(), deadline, f"rows seen: {seen}")
            engine = ("h5netcdf", "netcdf4")[len(seen) % 2]
            with xarray.open_dataset(self.live, engine=engine) as data:
                seen.append(self.check(data))
        self.assertEqual(seen, sorted(seen))
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(self.files(), ["r.h5"])
        with xarray.open_dataset(self.folder / "r.h5", engine="h5netcdf") as data:
            self.assertEqual(data.attrs["complete"], 1)
            self.assertGreaterEqual(data.sizes["time"], seen[-1])

    def test_of_a_killed_run_is_left_with_its_part(self):
        process = self.begin()
        time.sleep(1.5)
        process.kill()
        process.communicate()
        self.assertEqual(self.files(), ["r.h5.live", "r.h5.part"])
        with h5py.File(self.live) as file:
            self.assertEqual(file.attrs["complete"], 0)

    def test_gives_the_same_values_as_without(self):
        for name, more in (("a.h5", []), ("b.h5", ["--live"])):
            done = self.weir("run", "small.toml", "--set", "grid=1 min", "-o", name, *more)
            self.assertEqual(done.returncode, 0, done.stderr)
        with xarray.open_dataset(self.folder / "a.h5", engine="h5netcdf") as one, \
                xarray.open_dataset(self.folder / "b.h5", engine="h5netcdf") as other:
            xarray.testing.assert_identical(one, other)

    def test_wants_a_name_and_a_single_run(self):
        for arguments, text in ((["--live"], "-o FILE"),
                                (["--live", "-o", "r.h5", "--no-result"], "--no-result"),
                                (["--live", "-o", "r.h5", "--variants"], "single run"),
                                (["--live", "-o", "r.h5", "--replications", "3"], "single run")):
            with self.subTest(arguments):
                self.assert_fails(self.weir("run", "small.toml", *arguments), 1, text)
                self.assertEqual(self.files(), [])


if __name__ == "__main__":
    unittest.main()
