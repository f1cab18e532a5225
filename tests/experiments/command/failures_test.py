"""What can go wrong while it runs: disks, pipes, limits, signals. Exit 3, and no half file."""

import json
import os
import resource
import signal
import subprocess
import time
import unittest

import h5py

from program import ENDLESS, ProgramTest


class DiskTest(ProgramTest):
    def mount(self, options):
        """A small file system of its own, or a skip that says why."""
        place = self.folder / "disk"
        place.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            self.skipTest(f"no file system can be mounted here: {done.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", place], check=False)
        return place

    def test_full_disk(self):
        disk = self.mount("size=48k")
        done = self.weir("run", "small.toml", "--set", "grid=1 min", "-o", "disk/r.h5")
        self.assert_fails(done, 3, "r.h5", "No space left on device")
        self.assertFalse((disk / "r.h5").exists())

    def test_full_disk_for_a_log(self):
        disk = self.mount("size=16k")
        done = self.weir("run", "small.toml", "--no-result", "--sender-log", "disk/log.csv")
        self.assert_fails(done, 3, "log.csv", "No space left on device")
        self.assertFalse((disk / "log.csv").exists())

    def test_read_only_target(self):
        self.mount("ro")
        done = self.weir("run", "small.toml", "-o", "disk/r.h5")
        self.assert_fails(done, 3, "disk/r.h5", "Read-only file system")

    def test_folder_that_is_not_there(self):
        done = self.weir("run", "small.toml", "-o", "nosuch/r.h5")
        self.assert_fails(done, 3, "nosuch/r.h5", "No such file or directory")

    def test_target_that_is_a_folder(self):
        (self.folder / "r.h5").mkdir()
        done = self.weir("run", "small.toml", "-o", "r.h5")
        self.assert_fails(done, 3, "r.h5", "Is a directory")

    def test_file_size_limit(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

        done = self.weir("run", "small.toml", "-o", "r.h5", preexec_fn=limit)
        self.assert_fails(done, 3, "r.h5", "File too large")
        self.assertNotIn("r.h5", self.files())

    def test_what_stood_under_the_name_stays_until_the_new_one_is_whole(self):
        self.weir("run", "small.toml", "-o", "r.h5")
        before = (self.folder / "r.h5").read_bytes()

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

        done = self.weir("run", "small.toml", "--seed", "2", "-o", "r.h5", preexec_fn=limit)
        self.assertEqual(done.returncode, 3)
        self.assertTrue((self.folder / "r.h5").read_bytes() == before)


class PipeTest(ProgramTest):
    def closed_pipe(self, *arguments):
        reader, writer = os.pipe()
        os.close(reader)
        try:
            return self.weir(*arguments, stdout=writer)
        finally:
            os.close(writer)

    def test_closed_pipe_is_a_write_error(self):
        for arguments in (["run", "small.toml"], ["run", "small.toml", "--json"], ["init"],
                          ["check", "small.toml"], ["run", "small.toml", "--variants"]):
            with self.subTest(arguments):
                self.assert_fails(self.closed_pipe(*arguments), 3, "standard output",
                                  "Broken pipe")

    def test_reader_that_stops_early(self):
        program = os.environ["WEIR_PROGRAM"]
        done = subprocess.run(
            ["bash", "-c", f"'{program}' run small.toml --json | head -c 10 >/dev/null; "
                           "echo ${PIPESTATUS[0]}"],
            cwd=self.folder, capture_output=True, text=True, check=False)
        # All of it fits into a pipe: who reads ten bytes and goes may come too late to matter.
        self.assertIn(done.stdout.strip(), ("0", "3"))

    def test_full_device(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            self.assert_fails(self.weir("run", "small.toml", stdout=full), 3,
                              "No space left on device")


class SignalTest(ProgramTest):
    def wait_for(self, condition, what):
        for _ in range(1200):
            if condition():
                return
            time.sleep(0.05)
        self.fail(f"in a minute there was no {what}")

    def begin(self, rate, *more):
        """A run that would take hours, once it is under way."""
        self.write("endless.toml", ENDLESS.replace("RATE", rate))
        process = self.start("run", "endless.toml", "-o", "r.h5", *more)
        self.wait_for(lambda: (self.folder / "r.h5.part").exists(), "r.h5.part")
        time.sleep(0.3)
        return process

    def test_first_signal_ends_cleanly_and_keeps_what_there_is(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number.name):
                process = self.begin("20000/h", "--json")
                process.send_signal(number)
                out, err = process.communicate(timeout=60)
                self.assertEqual(process.returncode, 3, err)
                self.assertIn("interrupted", err)
                summary = json.loads(out)
                self.assertTrue(summary["interrupted"])
                self.assertEqual(self.files(), ["r.h5"], "the part got its name")
                with h5py.File(self.folder / "r.h5") as file:
                    self.assertEqual(file.attrs["interrupted"], 1)
                    self.assertEqual(int(file["source_arrived"][:, 0].sum()),
                                     summary["sources"]["mail"]["recipients"]["submitted"])
                (self.folder / "r.h5").unlink()

    def test_summary_for_people_says_so_too(self):
        process = self.begin("20000/h")
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
        self.assertIn("INTERRUPTED", out)

    def test_run_in_which_nothing_happens_has_a_result(self):
        self.write("idle.toml", ENDLESS.replace('"poisson", rate = "RATE"',
                                                '"campaign", messages = 0')
                   .replace("3000 d", "2 d"))
        done = self.weir("run", "idle.toml", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["delay_s"]["p50"], None)
        with h5py.File(self.folder / "idle.h5") as file:
            self.assertEqual(file["time"].shape, (48,))

    def test_second_signal_ends_at_once(self):
        process = self.begin("900000000/h")  # minutes of work before the flag is looked at
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        self.assertIsNone(process.poll(), "the first one lets it go on to a good place")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
        self.assertEqual(process.returncode, 128 + signal.SIGTERM)
        self.assertNotIn("r.h5", self.files())

    def interrupt_batch(self, seconds):
        process = self.start("run", "small.toml", "--variants", "--replications", "20000",
                             "--jobs", "2", "--json", "-o", "r.h5")
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 3, err)
        self.assertIn("interrupted", err)
        return out

    def test_interrupted_batch_keeps_the_receivers_that_are_done(self):
        # A busy machine may need longer until the first receiver is done.
        out = self.interrupt_batch(2) or self.interrupt_batch(8) or self.interrupt_batch(32)
        variants = json.loads(out)["variants"]
        receivers = {v["receivers"] for v in variants.values()}
        self.assertEqual(len(receivers), 1, "each variant over the same receivers")
        self.assertFalse(any(v["complete"] for v in variants.values()))
        with h5py.File(self.folder / "r.h5") as file:
            self.assertEqual(file["windows"].shape, (2, receivers.pop()))

    def test_killed_run_leaves_a_readable_part_and_no_result(self):
        process = self.begin("60000/h")
        part = self.folder / "r.h5.part"
        before = part.stat().st_size
        self.wait_for(lambda: part.stat().st_size > before, "flushed block")
        time.sleep(0.3)  # the flush itself is over
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        self.assertEqual(self.files(), ["r.h5.part"])
        with h5py.File(part) as file:
            rows = file["time"].shape[0]
            self.assertGreaterEqual(rows, 24)
            self.assertEqual(list(file["time"][:3]), [3600, 7200, 10800])
            self.assertGreater(int(file["source_arrived"][:rows, 0].min()), 50_000)


if __name__ == "__main__":
    unittest.main()
