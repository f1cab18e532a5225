"""`weir sweep` with replications by precision: each point stops on its own, whoever made it."""

import csv
import json
import os
import signal
import time
import unittest

import h5py

from program import SMALL, ProgramTest

EXPERIMENT = """
[experiment.replications]
min = 10
max = MAX
precision = "PRECISION"
metric = "attempts"

[experiment.factors]
sigma = { path = "site.receiver.throttle.ip.probation.sigma", values = [0.01, 1.0] }
"""


class SweepPrecisionTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write_experiment("4 %", 400)

    def write_experiment(self, precision, most):
        self.write("s.toml", SMALL + EXPERIMENT.replace("PRECISION", precision)
                   .replace("MAX", str(most)))

    def sweep(self, *arguments, code=0):
        done = self.weir("sweep", *arguments, "--json", "--quiet")
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def merged(self, folder, code=0):
        done = self.weir("sweep", "merge", folder, "--csv", "runs.csv", "--quiet")
        self.assertEqual(done.returncode, code, done.stderr)
        return (self.folder / folder / "sweep.h5").read_bytes()

    def test_each_point_stops_on_its_own(self):
        standing = self.sweep("s.toml", "-o", "out")
        self.merged("out")
        with h5py.File(self.folder / "out" / "sweep.h5") as file:
            done = (file["state"][:] == 0).sum(axis=1)
            self.assertEqual(set(file["state"][:].ravel()), {0, 4}, "done or not needed")
            self.assertEqual(done[0], 10, "hardly an unknown: the fewest do")
            self.assertGreater(done[1], 10)
            for point, count in enumerate(done):
                self.assertTrue((file["state"][point, :count] == 0).all())
        self.assertEqual((standing["runs"], standing["undecided"]), (int(done.sum()), 0))
        with open(self.folder / "runs.csv", encoding="utf-8") as table:
            self.assertEqual(len(list(csv.reader(table))), 1 + done.sum(), "no row without a run")
        self.assertEqual(int(done[1]), self.stopped_by_run(), "where `weir run` would stop")

    def stopped_by_run(self):
        done = self.weir("run", "small.toml", "--set",
                         "site.receiver.throttle.ip.probation.sigma=1.0", "--replications", "auto",
                         "--precision", "4 %", "--figure", "attempts", "--no-result", "--json")
        return json.loads(done.stdout)["goal"]["receivers"]

    def test_does_not_depend_on_workers_shards_or_kills(self):
        self.sweep("s.toml", "-o", "out", "--jobs", "1")
        whole = self.merged("out")
        for shard in ("1/2", "2/2"):
            self.sweep("s.toml", "-o", "shards", "--shard", shard, "--jobs", "3")
        self.assertTrue(self.merged("shards") == whole)
        for after in (0.15, 0.3, 0.5):
            process = self.start("sweep", "s.toml", "-o", "killed", "--quiet",
                                 start_new_session=True)
            time.sleep(after)
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        self.sweep("resume", "killed", "--jobs", "2")
        self.assertTrue(self.merged("killed") == whole)

    def test_runs_made_for_another_precision_change_nothing(self):
        self.sweep("s.toml", "-o", "out")
        whole = self.merged("out")
        self.write_experiment("3 %", 400)
        finer = self.sweep("s.toml", "-o", "more")
        self.write_experiment("4 %", 400)
        again = self.sweep("s.toml", "-o", "more")
        self.assertGreater(finer["runs"], again["runs"])
        self.assertTrue(self.merged("more") == whole)

    def test_says_when_the_cap_came_first_and_exits_with_4(self):
        self.write_experiment("4 %", 12)
        standing = self.sweep("s.toml", "-o", "out", code=4)
        self.assertEqual((standing["not_reached"], standing["runs"]), (1, 22))
        done = self.weir("sweep", "status", "out")
        self.assertEqual(done.returncode, 4)
        self.assertRegex(done.stdout, r"NOT REACHED +the precision of 1 point: raise `max`")
        self.assert_fails(self.weir("sweep", "merge", "out"), 4, "NOT REACHED")
        self.assertTrue((self.folder / "out" / "sweep.h5").exists())

    def test_the_plan_tells_the_range(self):
        done = self.weir("sweep", "s.toml", "--plan")
        self.assertRegex(done.stdout, r"runs +at most 800 \(10 to 400 replications each, until "
                                      r"attempts is known to within 4 %")
        plan = json.loads(self.weir("sweep", "s.toml", "--plan", "--json").stdout)
        self.assertEqual(plan["until"], {"metric": "attempts", "precision": 0.04, "min": 10})

    def test_wrong_rules_are_refused_with_their_place(self):
        good = EXPERIMENT.replace("PRECISION", "5 %").replace("MAX", "400")
        for wrong, *texts in ((good.replace('"attempts"', '"attemps"'),
                               "experiment.replications.metric", "did you mean 'attempts'?"),
                              (good.replace("400", "10").replace("min = 10", "min = 20"),
                               "experiment.replications.max", "must not be below `min`"),
                              (good.replace("min = 10", "min = 5"),
                               "experiment.replications.min", "must lie between 10 and"),
                              (good.replace("5 %", "5"), "experiment.replications.precision",
                               "a share from 0 % to 100 %")):
            self.write("bad.toml", SMALL + wrong)
            with self.subTest(texts):
                for arguments in (["sweep", "bad.toml", "-o", "out"], ["check", "bad.toml"]):
                    self.assert_fails(self.weir(*arguments), 2, "bad.toml:", *texts)


if __name__ == "__main__":
    unittest.main()
