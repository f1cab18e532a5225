"""`weir sweep`: what is planned, what is run, what is kept when runs fail or are killed."""

import json
import os
import resource
import signal
import subprocess
import time
import unittest

from program import EXPERIMENT, PROGRAM, SMALL, ProgramTest

# More mail than anybody waits for, at one of two points.
HEAVY = """\
title = "One point is too much"
horizon = "3 d"
[source.mail]
arrivals = { model = "poisson", rate = "20/h" }
[address.new]
[site.receiver]
[experiment.factors]
rate = { path = "source.mail.arrivals.rate", values = ["20/h", "900000000/h", "30/h"] }
"""


class SweepTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("s.toml", SMALL + EXPERIMENT)

    def sweep(self, *arguments, **more):
        return self.weir("sweep", *arguments, "--json", **more)

    def standing(self, *arguments, code=0, **more):
        done = self.sweep(*arguments, **more)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def lines(self, folder="out"):
        """Every line of every journal, as a table of its fields."""
        return [dict(field.split("=", 1) for field in line.split("\t"))
                for file in sorted((self.folder / folder / "journal").iterdir())
                for line in file.read_text(encoding="utf-8").splitlines()]


class PlanTest(SweepTest):
    def test_says_what_would_be_run_and_writes_nothing(self):
        done = self.weir("sweep", "s.toml", "-o", "out", "--plan")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"days +1, 2, 4 \(3 levels of plan.warmup.days\)")
        self.assertRegex(done.stdout, r"points +5 of 6")
        self.assertRegex(done.stdout, r"runs +15 \(3 replications each")
        self.assertRegex(done.stdout, r"pilot +3 runs: .* of memory")
        self.assertRegex(done.stdout, r"time +about .* with \d+ job")
        self.assertEqual(self.files(), [])

    def test_as_json(self):
        plan = json.loads(self.sweep("s.toml", "--plan", "--jobs", "2").stdout)
        self.assertEqual((plan["points"], plan["replications"], plan["runs"]), (5, 3, 15))
        self.assertEqual(plan["factors"][1], {"name": "limit", "path": "lane.connection_limit",
                                              "levels": ["1", "2"]})
        self.assertEqual(plan["jobs"], 2)
        self.assertGreater(plan["pilot"]["wall_s"], 0)
        self.assertGreater(plan["pilot"]["peak_rss_bytes"], 1_000_000)
        self.assertAlmostEqual(plan["estimated_s"], 15 * plan["pilot"]["wall_s"] / 2)

    def test_wrong_experiment_is_refused_by_sweep_and_by_check(self):
        text = (SMALL + EXPERIMENT).replace("plan.warmup.days", "plan.warmap.days")
        self.write("bad.toml", text)
        for arguments in (["sweep", "bad.toml", "-o", "out"], ["check", "bad.toml"]):
            done = self.weir(*arguments)
            self.assert_fails(done, 2, "bad.toml:", "the scenario has no 'plan.warmap'",
                              "did you mean 'warmup'?", "nothing was run")
        self.assertEqual(self.files(), [])

    def test_a_scenario_with_an_experiment_runs_as_before(self):
        plain = json.loads(self.weir("run", "small.toml", "--no-result", "--json").stdout)
        swept = json.loads(self.weir("run", "s.toml", "--no-result", "--json").stdout)
        self.assertEqual(plain["fingerprint"], swept["fingerprint"])

    def test_wrong_calls(self):
        for arguments, text in ((["s.toml"], "-o FOLDER"), ([], "name a scenario"),
                                (["s.toml", "-o", "out", "--shard", "3/2"], "from 1 to N"),
                                (["s.toml", "-o", "out", "--shard", "0/2"], "from 1 to N"),
                                (["s.toml", "-o", "out", "--memory-limit", "2"], "with its unit"),
                                (["s.toml", "-o", "out", "--time-limit", "2"], "with its unit")):
            with self.subTest(arguments):
                self.assert_fails(self.weir("sweep", *arguments), 1, text)
        self.assert_fails(self.weir("sweep", "status", "nowhere"), 3, "there is no sweep",
                          "weir sweep SCENARIO -o nowhere")
        self.assertEqual(self.files(), [])


class RunsTest(SweepTest):
    def test_every_run_once_and_none_again(self):
        standing = self.standing("s.toml", "-o", "out")
        self.assertEqual((standing["runs"], standing["done"], standing["failed"]), (15, 15, 0))
        lines = self.lines()
        self.assertEqual(len({line["id"] for line in lines}), 15)
        for line in lines:
            self.assertEqual(line["state"], "done")
            self.assertLessEqual(len(line["delivered"].split()), 3, "a number a day")
            self.assertGreater(sum(map(int, line["delivered"].split())), 0)
        for again in (["s.toml", "-o", "out"], ["resume", "out"], ["retry", "out", "--failed"]):
            self.assertEqual(self.standing(*again)["done"], 15)
            self.assertEqual(self.lines(), lines)

    def test_a_run_is_what_weir_run_makes_of_it(self):
        self.standing("s.toml", "-o", "out")
        prints = set()
        for days, limit in ((1, 1), (1, 2), (2, 1), (2, 2), (4, 1)):
            for receiver in range(3):
                summary = json.loads(self.weir(
                    "run", "s.toml", "--set", f"plan.warmup.days={days}", "--set",
                    f"lane.connection_limit={limit}", "--receiver", receiver, "--no-result",
                    "--json").stdout)
                prints.add(int(summary["fingerprint"], 16))
        found = {int(line["fingerprint"]) % 2**64 for line in self.lines()}
        self.assertEqual(found, prints)

    def test_another_sweep_over_the_same_folder_takes_what_is_done(self):
        self.standing("s.toml", "-o", "out")
        self.write("more.toml", (SMALL + EXPERIMENT).replace("[1, 2]", "[1, 2, 3]")
                   .replace('title = "A small scenario"', 'title = "The same, wider"'))
        done = self.sweep("more.toml", "-o", "out")
        self.assertIn("another sweep stood in out", done.stderr)
        self.assertEqual(json.loads(done.stdout)["done"], 7 * 3)
        self.assertEqual(len(self.lines()), 7 * 3, "only the two new points were run")

    def test_another_seed_is_another_sweep(self):
        self.standing("s.toml", "-o", "out")
        self.standing("s.toml", "-o", "out", "--seed", "2")
        self.assertEqual(len({line["id"] for line in self.lines()}), 30)

    def test_common_random_numbers_are_the_default(self):
        self.write("x.toml", SMALL + """
[experiment]
replications = 2
[experiment.factors]
limit = { path = "lane.connection_limit", values = [1, 2] }
""")
        self.standing("x.toml", "-o", "common")
        self.standing("x.toml", "-o", "own", "--set", "experiment.common_random_numbers=false")
        submitted = [[int(line["submitted"]) for line in self.lines(folder)]
                     for folder in ("common", "own")]
        reputations = [{line["id"] for line in self.lines(folder)} for folder in ("common", "own")]
        self.assertEqual(len(submitted[0]), 4)
        self.assertFalse(reputations[0] & reputations[1], "other numbers are other runs")

    def test_shards_need_nothing_of_each_other(self):
        self.standing("s.toml", "-o", "whole")
        for part in (1, 2, 3):
            standing = self.standing("s.toml", "-o", "out", "--shard", f"{part}/3")
            self.assertEqual((standing["runs"], standing["done"]), (5, 5))
        self.assertEqual(self.standing("status", "out")["done"], 15)
        ids = [sorted(line["id"] for line in self.lines(f)) for f in ("whole", "out")]
        self.assertEqual(*ids)
        names = sorted(p.name for p in (self.folder / "out/journal").iterdir())
        self.assertEqual(names, [f"shard-{i}-of-3.journal" for i in (1, 2, 3)])

    def test_two_at_once_over_one_folder_are_kept_apart(self):
        self.write("x.toml", HEAVY)
        self.start("sweep", "x.toml", "-o", "out")
        for _ in range(600):
            if (self.folder / "out/journal/all.journal").exists():
                break
            time.sleep(0.05)
        time.sleep(0.2)
        self.assert_fails(self.weir("sweep", "resume", "out"), 3, "another process is at work",
                          "--shard i/N")

    def test_without_an_experiment_there_is_one_point(self):
        self.assertEqual(self.standing("small.toml", "-o", "out")["runs"], 1)


class SubmitTest(SweepTest):
    """The scripts, run as Slurm and GNU parallel would; with the real ones: cluster_test.py."""

    def test_slurm_script_makes_all_runs(self):
        done = self.weir("sweep", "submit", "s.toml", "-o", "out", "--slurm", "--shards", "4")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"15 runs of about .* in 4 shards\nto start: sbatch /")
        script = self.folder / "out/submit.sbatch"
        self.assertIn("#SBATCH --array=1-4\n", script.read_text(encoding="utf-8"))
        for task in "1234":
            subprocess.run(["sh", script], check=True, stdout=subprocess.DEVNULL, cwd="/",
                           env={**os.environ, "SLURM_ARRAY_TASK_ID": task})
        self.assertEqual(self.standing("status", "out")["done"], 15)
        self.assertEqual(len(list((self.folder / "out/journal").glob("shard-*"))), 4)

    def test_parallel_script_makes_all_runs(self):
        done = self.weir("sweep", "submit", "s.toml", "-o", "out", "--parallel", "--shards", "3")
        self.assertEqual(done.returncode, 0, done.stderr)
        # In the place of GNU parallel: what follows its options, each number in the place of {}.
        stand_in = self.folder / "bin/parallel"
        stand_in.parent.mkdir()
        stand_in.write_text("""#!/bin/sh
while [ "${1#--}" != "$1" ]; do
  case $1 in --resume-failed) shift ;; *) shift 2 ;; esac
done
command=$1; shift 2
for n; do sh -c "$(printf '%s' "$command" | sed "s/{}/$n/")" || exit; done
""", encoding="utf-8")
        stand_in.chmod(0o755)
        path = f"{stand_in.parent}:{os.environ['PATH']}"
        subprocess.run(["sh", self.folder / "out/submit.sh"], check=True, cwd="/",
                       stdout=subprocess.DEVNULL, env={**os.environ, "PATH": path})
        self.assertEqual(self.standing("status", "out")["done"], 15)

    def test_wrong_calls(self):
        for more, text in (([], "--slurm or --parallel?"),
                           (["--slurm", "--parallel"], "--slurm or --parallel?"),
                           (["--slurm", "--shard-time", "5"], "with its unit")):
            self.assert_fails(self.weir("sweep", "submit", "s.toml", "-o", "out", *more), 1, text)
        self.assertEqual(self.files(), [])


class FailureTest(SweepTest):
    def test_a_run_that_takes_too_long_costs_only_itself(self):
        self.write("x.toml", HEAVY)
        standing = self.standing("x.toml", "-o", "out", "--time-limit", "3 s", code=3)
        self.assertEqual((standing["done"], standing["failed"]), (2, 1))
        self.assertIn("longer than 3 s", standing["failures"][0]["reason"])
        self.assertEqual(self.standing("status", "out", code=3)["failed"], 1)
        lines = len(self.lines())
        self.standing("resume", "out", code=3)
        self.assertEqual(len(self.lines()), lines, "what failed is not tried again by itself")
        self.standing("retry", "out", "--failed", "--time-limit", "1 s", code=3)
        self.assertEqual([line["attempt"] for line in self.lines()
                          if line["state"] == "failed"], ["1", "2"])

    def test_a_run_that_wants_too_much_memory_costs_only_itself(self):
        if b"__asan_init" in PROGRAM.read_bytes():
            self.skipTest("the address sanitizer takes all the addresses there are")
        # 30 million messages that all wait in one lane.
        self.write("x.toml", HEAVY.replace('"900000000/h"', '"10000000/h"').replace(
            "[site.receiver]", '[site.receiver]\n[lane]\nconnection_limit = 1\n'))
        standing = self.standing("x.toml", "-o", "out", "--memory-limit", "400 MB", code=3)
        self.assertEqual((standing["done"], standing["failed"]), (2, 1))
        self.assertIn("more memory than a run may take", standing["failures"][0]["reason"])

    def children_of(self, process):
        out = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)],
                             capture_output=True, text=True, check=False).stdout
        return [int(word) for word in out.split()]

    def wait_for_child(self, process):
        for _ in range(1200):
            # Not one just forked, which is still this program's picture.
            for child in self.children_of(process):
                with open(f"/proc/{child}/cmdline", "rb") as file:
                    if b"sweep-worker" in file.read():
                        time.sleep(0.3)
                        return child
            time.sleep(0.05)
        self.fail("no child in a minute")

    def test_a_run_that_crashes_costs_only_itself(self):
        # Not SIGSEGV, which the address sanitizer would turn into an exit code.
        for number, name in ((signal.SIGABRT, "Aborted"), (signal.SIGKILL, "Killed")):
            with self.subTest(name):
                folder = f"out-{number.value}"
                self.write("x.toml", HEAVY.replace('["20/h", "900000000/h", "30/h"]',
                                                   '["900000000/h", "20/h", "30/h"]'))
                process = self.start("sweep", "x.toml", "-o", folder, "--json", "--jobs", "1")
                os.kill(self.wait_for_child(process), number)
                out, err = process.communicate(timeout=100)
                self.assertEqual(process.returncode, 3, err)
                standing = json.loads(out)
                self.assertEqual((standing["done"], standing["failed"]), (2, 1))
                self.assertIn(f"signal {number.value} ({name})", standing["failures"][0]["reason"])

    def test_a_signal_begins_no_more_runs_and_keeps_what_is_done(self):
        self.write("x.toml", SMALL + "[experiment]\nreplications = 3000\n")
        process = self.start("sweep", "x.toml", "-o", "out", "--json")
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 3, err)
        self.assertIn("to go on: weir sweep resume out", err)
        standing = json.loads(out)
        self.assertEqual(standing["failed"], 0, "what a signal ends is no failure")
        self.assertEqual(standing["done"], len(self.lines()))
        self.assertLess(standing["done"], 3000)

    def test_children_go_when_the_sweep_is_killed(self):
        self.write("x.toml", HEAVY.replace('"20/h", ', ""))
        process = self.start("sweep", "x.toml", "-o", "out")
        child = self.wait_for_child(process)
        process.kill()
        process.communicate()
        for _ in range(100):
            if not os.path.exists(f"/proc/{child}"):
                return
            with open(f"/proc/{child}/stat", encoding="utf-8") as file:
                if " Z " in file.read():  # dead, and nobody here to notice
                    return
            time.sleep(0.05)
        self.fail("the child lives on")

    def test_full_disk_is_said(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (2500, 2500))

        done = self.sweep("s.toml", "-o", "out", preexec_fn=limit)
        self.assert_fails(done, 3, "all.journal", "File too large")
        standing = self.standing("resume", "out")
        self.assertEqual(standing["done"], 15)


if __name__ == "__main__":
    unittest.main()
