"""Golden scenarios: the fingerprint and every figure of the summary, as they were committed.

  golden_test.py            checks every scenario here, with the program that WEIR_PROGRAM names
  golden_test.py --update   rewrites the expected files; say why under "Changed results"

The same files must come out by every compiler, preset and number of workers.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = Path(os.environ["WEIR_PROGRAM"]).resolve()
# What each golden runs, beside its scenario. A run's own time and memory are no result.
RUNS = {
    "limits": ["--seed", "3"],
    "plans": [],
    "receivers": [],
    "replay": ["--receiver", "2"],
    "replay-variants": ["--variants", "--replications", "6"],
}
TIMES = {"wall_s", "peak_rss_bytes"}


def weir(*arguments):
    """Runs the program in this folder."""
    return subprocess.run([PROGRAM, *arguments], cwd=HERE, capture_output=True, text=True,
                          check=False)


def without_times(value):
    if isinstance(value, dict):
        return {k: without_times(v) for k, v in value.items() if k not in TIMES}
    return value


def run(name, *more):
    """The result of a golden, times left out."""
    scenario = name.split("-")[0] + ".toml"
    done = weir("run", scenario, "--json", "--quiet", "--no-result", *RUNS[name], *more)
    if done.returncode != 0:
        raise AssertionError(f"{name}: exit {done.returncode}: {done.stderr}")
    return without_times(json.loads(done.stdout))


def expected_file(name):
    return HERE / f"{name}.expected.json"


def differences(expected, got, path=""):
    """Every path at which two results differ."""
    if isinstance(expected, dict) and isinstance(got, dict):
        return [d for key in sorted(expected.keys() | got.keys())
                for d in differences(expected.get(key), got.get(key), f"{path}.{key}")]
    same = expected == got and isinstance(expected, bool) == isinstance(got, bool)
    return [] if same else [f"{path[1:]}: expected {expected}, got {got}"]


def update():
    for name in RUNS:
        text = json.dumps(run(name), indent=1) + "\n"
        old = expected_file(name).read_text() if expected_file(name).exists() else ""
        expected_file(name).write_text(text)
        print(f"{name}: {'unchanged' if text == old else 'rewritten'}")


class GoldenTest(unittest.TestCase):
    maxDiff = None

    def test_every_scenario_gives_what_is_committed(self):
        for name in RUNS:
            with self.subTest(name):
                expected = json.loads(expected_file(name).read_text())
                self.assertEqual(differences(expected, run(name)), [],
                                 "if that is meant: golden_test.py --update, and say why")

    def test_a_changed_figure_is_found(self):
        expected = json.loads(expected_file("plans").read_text())
        expected["attempts"]["total"] += 1
        self.assertEqual(len(differences(expected, run("plans"))), 1)

    def test_the_scenarios_throttle_list_bounce_and_expire(self):
        for name, outcome in [("limits", "bounced"), ("plans", "junked"), ("replay", "expired")]:
            with self.subTest(name):
                self.assertGreater(run(name)["recipients"][outcome], 0)
        self.assertGreater(run("plans")["windows"]["opened"], 0)


class JobsTest(unittest.TestCase):
    """The number of workers changes no result, not even the last bit of a mean."""

    def variants(self, folder, jobs):
        file = Path(folder) / f"jobs{jobs}.h5"
        done = weir("run", "replay.toml", "--variants", "--replications", "8", "--json", "--quiet",
                    "--jobs", str(jobs), "-o", str(file))
        self.assertEqual(done.returncode, 0, done.stderr)
        return without_times(json.loads(done.stdout)), file.read_bytes()

    def test_one_two_and_four_workers_give_the_same_figures_and_the_same_file(self):
        with tempfile.TemporaryDirectory() as folder:
            one, two, four = (self.variants(folder, jobs) for jobs in (1, 2, 4))
        self.assertEqual(one[0], two[0])
        self.assertEqual(one[0], four[0])
        self.assertTrue(one[1] == two[1] == four[1], "the files differ")

    def test_receiver_r_of_a_batch_is_the_single_run_of_that_receiver(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "batch.h5"
            weir("run", "replay.toml", "--variants", "--replications", "3", "--quiet",
                 "-o", str(file))
            import h5py
            with h5py.File(file) as batch:
                fingerprints = batch["fingerprint"][0]
        for receiver, batch_fingerprint in enumerate(fingerprints):
            done = weir("run", "replay.toml", "--json", "--quiet", "--no-result",
                        "--receiver", str(receiver))
            alone = int(json.loads(done.stdout)["fingerprint"], 16)
            self.assertEqual(alone, int(batch_fingerprint) % 2**64)


class RepeatTest(unittest.TestCase):
    """Nothing of the clock, the machine's state or the hash order is in a result."""

    def result(self, folder, name):
        file = Path(folder) / name
        done = weir("run", "limits.toml", "--quiet", "--json", "-o", str(file),
                    "--sender-log", str(file) + ".log", "--receiver-trace", str(file) + ".trace")
        self.assertEqual(done.returncode, 0, done.stderr)
        return [file.read_bytes(), Path(str(file) + ".log").read_bytes(),
                Path(str(file) + ".trace").read_bytes(), without_times(json.loads(done.stdout))]

    def test_the_same_run_twice_gives_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            first, second = self.result(folder, "a"), self.result(folder, "b")
        for what, a, b in zip(["result file", "sender log", "trace", "summary"], first, second):
            self.assertTrue(a == b, f"the {what} differs")

    def test_another_seed_gives_another_fingerprint(self):
        self.assertNotEqual(run("plans")["fingerprint"],
                            run("plans", "--seed", "4")["fingerprint"])

    def test_the_locale_and_the_time_zone_change_nothing(self):
        environment = {**os.environ, "LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"}
        done = subprocess.run([PROGRAM, "run", "plans.toml", "--json", "--quiet", "--no-result"],
                              cwd=HERE, env=environment, capture_output=True, text=True,
                              check=False)
        self.assertEqual(without_times(json.loads(done.stdout)), run("plans"))

    def test_the_grid_of_the_series_changes_no_event(self):
        fingerprints = {run("limits", "--set", f"grid={grid}")["fingerprint"]
                        for grid in ("3 h", "17 min", "100 h")}
        self.assertEqual(len(fingerprints), 1)


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    else:
        unittest.main()
