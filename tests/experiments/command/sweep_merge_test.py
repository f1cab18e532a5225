"""`weir sweep merge`: one file, the same to the byte however often the sweep was killed."""

import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest
import zlib

import h5py
import xarray

from program import EXPERIMENT, PROGRAM, SMALL, ProgramTest

# Runs of a few milliseconds, so that there are many to be killed in.
MANY = SMALL.replace('horizon = "3 d"', 'horizon = "2 d"') + """
[experiment]
replications = REPLICATIONS
[experiment.factors]
days = { path = "plan.warmup.days", values = [1, 2] }
mode = { path = "site.receiver.throttle.ip.in_window", values = ["closed", "trickle"] }
"""


class MergeTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("s.toml", SMALL + EXPERIMENT)

    def sweep(self, *arguments, code=0):
        done = self.weir("sweep", *arguments, "--quiet")
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def bytes_of(self, name):
        return (self.folder / name).read_bytes()

    def rows(self, name):
        text = (self.folder / name).read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text)))

    def test_a_dimension_for_each_factor_and_for_the_replication(self):
        self.sweep("s.toml", "-o", "out")
        self.sweep("merge", "out", "--csv", "t.csv")
        for engine in ("h5netcdf", "netcdf4"):
            with xarray.open_dataset(self.folder / "out/sweep.h5", engine=engine) as file:
                self.assertEqual(dict(file.sizes), {"days": 3, "limit": 2, "replication": 3,
                                                    "day": 3})
                self.assertEqual(list(file.days.values), [1, 2, 4])
                self.assertEqual(file.windows.dims, ("days", "limit", "replication"))
                left_out = file.sel(days=4, limit=2)
                self.assertTrue(bool(left_out.windows.isnull().all()))
                self.assertEqual(set(left_out.state.values), {3})
                self.assertEqual(int((file.state == 0).sum()), 15)
                self.assertEqual(file.delivered.dims[-1], "day")
        rows = self.rows("t.csv")
        self.assertEqual(len(rows), 15)
        ids = [row["id"] for row in rows]
        self.assertEqual(ids, sorted(ids), "rows in the order of ids")

    def test_figures_are_those_of_weir_run(self):
        self.sweep("s.toml", "-o", "out")
        self.sweep("merge", "out", "-o", "m.h5", "--csv", "t.csv")
        row = next(r for r in self.rows("t.csv")
                   if (r["days"], r["limit"], r["replication"]) == ("2", "1", "1"))
        run = json.loads(self.weir("run", "s.toml", "--set", "plan.warmup.days=2", "--set",
                                   "lane.connection_limit=1", "--receiver", "1", "--no-result",
                                   "--json").stdout)
        self.assertEqual(int(row["attempts"]), run["attempts"]["total"])
        self.assertEqual(int(row["delivered_all"]), run["recipients"]["delivered"])
        self.assertEqual(int(row["fingerprint"]) % 2**64, int(run["fingerprint"], 16))
        with xarray.open_dataset(self.folder / "m.h5") as file:
            cell = file.sel(days=2, limit=1, replication=1)
            self.assertEqual(float(cell.attempts), run["attempts"]["total"])
            self.assertEqual(int(cell.fingerprint) % 2**64, int(run["fingerprint"], 16))
            self.assertEqual(list(cell.delivered.values),
                             [float(row[f"delivered_{d}"]) for d in (1, 2, 3)])

    def test_traffics_of_each_receiver(self):
        nested = EXPERIMENT.replace("[experiment]\n", "[experiment]\ntraffics = 2\n", 1)
        self.write("n.toml", SMALL + nested)
        self.assertIn("6 replications each, 2 of each receiver",
                      self.sweep("n.toml", "--plan").stdout)
        self.sweep("s.toml", "-o", "plain")
        self.sweep("merge", "plain", "-o", "p.h5")
        self.sweep("n.toml", "-o", "nested")
        self.sweep("merge", "nested", "-o", "m.h5", "--csv", "t.csv")
        with xarray.open_dataset(self.folder / "m.h5") as file, \
                xarray.open_dataset(self.folder / "p.h5") as plain:
            split = file.set_index(replication=["receiver", "traffic"]).unstack("replication")
            self.assertEqual((split.sizes["receiver"], split.sizes["traffic"]), (3, 2))
            first = split.sel(traffic=0).fingerprint.values
            self.assertTrue((first == plain.fingerprint.values).all(), "the same runs")
            done = (split.state == 0).sel(traffic=0).values
            second = split.sel(traffic=1).fingerprint.values
            self.assertTrue((first != second)[done].all(), "another traffic, another run")
        row = next(r for r in self.rows("t.csv") if r["replication"] == "3")
        self.assertEqual((row["receiver"], row["traffic"]), ("1", "1"))

    def test_units_words_and_factors_that_go_together(self):
        self.write("x.toml", SMALL + """
[experiment]
zip = [["days", "volume"]]
[experiment.factors]
days = { path = "plan.warmup.days", values = [1, 2] }
window = { path = "site.receiver.throttle.ip.window", values = ["12 h", "2 d"] }
mode = { path = "site.receiver.throttle.ip.in_window", values = ["closed", "trickle"] }
volume = { path = "plan.warmup.volume", values = [900, 450] }
rate = { path = "source.daily.arrivals.rate", values = ["10/h", "480/d"] }
""")
        self.sweep("x.toml", "-o", "out")
        self.sweep("merge", "out")
        with xarray.open_dataset(self.folder / "out/sweep.h5") as file:
            self.assertEqual(list(file.windows.dims),
                             ["days_volume", "window", "mode", "rate", "replication"])
            self.assertEqual(list(file.days_volume.values), ["1, 900", "2, 450"])
            self.assertEqual(list(file["volume"].values), [900, 450])
            self.assertEqual(list(file.window.values), [12, 48])
            self.assertEqual(file.window.attrs["units"], "h")
            self.assertEqual(list(file.mode.values), ["closed", "trickle"])
            self.assertEqual(list(file.rate.values), [240, 480])
            self.assertEqual(file.rate.attrs["units"], "d-1")
        done = subprocess.run(["ncdump", "-h", self.folder / "out/sweep.h5"],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("days_volume = 2 ;", done.stdout)

    def test_no_clock_host_or_path_and_no_order_of_finishing(self):
        self.sweep("s.toml", "-o", "out", "--jobs", "2")
        self.sweep("merge", "out", "-o", "a.h5", "--csv", "a.csv")
        (self.folder / "elsewhere").mkdir()
        time.sleep(1.1)
        for part in (2, 1):
            self.sweep("s.toml", "-o", "elsewhere/b", "--shard", f"{part}/2", "--jobs", "1")
        self.sweep("merge", "elsewhere/b", "-o", "b.h5", "--csv", "b.csv")
        self.assertEqual(self.bytes_of("a.h5"), self.bytes_of("b.h5"))
        self.assertEqual(self.bytes_of("a.csv"), self.bytes_of("b.csv"))
        for file in ("a.h5", "a.csv"):
            self.assertNotIn(os.uname().nodename.encode() + b"\0", self.bytes_of(file))
            self.assertNotIn(str(self.folder).encode(), self.bytes_of(file))

    def test_what_is_missing_is_said_and_marked(self):
        self.sweep("s.toml", "-o", "out", "--shard", "1/2")
        done = self.weir("sweep", "merge", "out", "-o", "m.h5")
        self.assert_fails(done, 3, "7 of 15 runs are missing", "weir sweep status out")
        with h5py.File(self.folder / "m.h5") as file:
            self.assertEqual(int((file["state"][:] == 2).sum()), 7)
            self.assertEqual(int((file["state"][:] == 0).sum()), 8)
        self.sweep("resume", "out")
        self.sweep("merge", "out", "-o", "m.h5")

    def test_journals_may_be_copied_together(self):
        self.sweep("s.toml", "-o", "whole")
        self.sweep("merge", "whole", "-o", "whole.h5")
        for part in (1, 2):
            self.sweep("s.toml", "-o", f"host{part}", "--shard", f"{part}/2")
        for file in (self.folder / "host2/journal").iterdir():
            shutil.copy(file, self.folder / "host1/journal")
        shutil.copy(self.folder / "host1/journal/shard-1-of-2.journal",
                    self.folder / "host1/journal/again.journal")  # twice is as once
        self.sweep("merge", "host1", "-o", "copied.h5")
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of("copied.h5"))

    def test_two_results_of_one_run_are_not_passed_over(self):
        self.sweep("s.toml", "-o", "out")
        self.sweep("s.toml", "-o", "other", "--seed", "2")
        ours = (self.folder / "out/journal/all.journal").read_text().splitlines()
        theirs = (self.folder / "other/journal/all.journal").read_text().splitlines()
        # The same id, another result, a sound checksum: as another machine might compute it.
        line = theirs[0].replace(theirs[0].split("\t")[0], ours[0].split("\t")[0])
        line = line[:line.rindex("crc=")]
        line += f"crc={zlib.crc32(line.encode()):08x}\n"
        (self.folder / "out/journal/forged.journal").write_text(line)
        self.assert_fails(self.weir("sweep", "merge", "out"), 3, "two results that differ")

    def test_a_sweep_over_files_may_lie_anywhere(self):
        (self.folder / "plans").mkdir()
        for name, first in (("a", 10), ("b", 20)):
            (self.folder / f"plans/{name}.csv").write_text(f"day,messages\n1,{first}\n2,900\n")
        self.write("plans/x.toml", SMALL.replace('model = "flat"\nvolume = 900\ndays = 2',
                                                 'model = "table"\nfile = "a.csv"')
                   .replace("plan.warmup = { model", "# plan.warmup = { model") + """
[experiment.factors]
file = { path = "plan.warmup.file", values = ["a.csv", "b.csv"], labels = ["a", "b"] }
""")
        self.sweep("plans/x.toml", "-o", "out")
        self.sweep("merge", "out", "--csv", "t.csv")
        first = [row["delivered_1"] for row in sorted(self.rows("t.csv"), key=lambda r: r["file"])]
        self.assertNotEqual(first[0], first[1])


class KillTest(ProgramTest):
    KILLS = 50

    def kill_once(self, generator, first):
        """Begins or resumes the sweep, and kills it; True when it was through before."""
        arguments = ["s.toml", "-o", "out"] if first else ["resume", "out"]
        process = subprocess.Popen([PROGRAM, "sweep", *arguments, "--quiet"], cwd=self.folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        journal = self.folder / "out/journal/all.journal"
        before = journal.stat().st_size if journal.exists() else 0
        deadline = time.monotonic() + 60
        # Every third kill may come before anything is done, the others among the runs.
        if generator.random() < 0.67:
            while process.poll() is None and time.monotonic() < deadline and (
                    not journal.exists() or journal.stat().st_size == before):
                time.sleep(0.001)
        time.sleep(generator.uniform(0, 0.05))
        through = process.poll() is not None
        process.send_signal(signal.SIGKILL)
        _, err = process.communicate()
        if through:
            self.assertEqual(process.returncode, 0, err)
        return through

    def done(self):
        journal = self.folder / "out/journal/all.journal"
        if not journal.exists():
            return set()
        lines = journal.read_text(encoding="utf-8").split("\n")[:-1]
        ids = [line.split("\t")[0] for line in lines]
        self.assertEqual(len(ids), len(set(ids)), "no run was made twice")
        return set(ids)

    def test_killed_fifty_times_it_ends_with_the_same_file(self):
        self.write("s.toml", MANY.replace("REPLICATIONS", "150"))
        generator = random.Random(20260302)
        kills = 0
        known = set()
        while kills < self.KILLS:
            through = self.kill_once(generator, kills == 0)
            now = self.done()
            self.assertLessEqual(known, now, "a kill took what was done")
            known = now
            if through:
                break
            kills += 1
        self.assertGreaterEqual(kills, self.KILLS, "the runs were too few, or the machine too fast")
        last = self.weir("sweep", "resume", "out", "--json")
        self.assertEqual(last.returncode, 0, last.stderr)
        self.assertEqual(json.loads(last.stdout)["done"], 600)
        self.assertEqual(len(self.done()), 600)
        self.weir("sweep", "merge", "out", "-o", "killed.h5", "--csv", "killed.csv")
        self.weir("sweep", "s.toml", "-o", "calm", "--quiet")
        self.weir("sweep", "merge", "calm", "-o", "calm.h5", "--csv", "calm.csv")
        for ending in ("h5", "csv"):
            self.assertEqual((self.folder / f"killed.{ending}").read_bytes(),
                             (self.folder / f"calm.{ending}").read_bytes())


if __name__ == "__main__":
    unittest.main()
