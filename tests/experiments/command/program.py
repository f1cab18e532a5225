"""Runs the real program in a folder of its own; what the tests of the command share."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = Path(os.environ["WEIR_PROGRAM"]).resolve()

SMALL = """\
title = "A small scenario"
start = "2026-03-02"
horizon = "3 d"

[source.mail]
arrivals = { model = "campaign", messages = 900 }
plan = "warmup"
unknown = "2 %"

[source.daily]
arrivals = { model = "poisson", rate = "20/h" }

[plan.warmup]
model = "flat"
volume = 900
days = 2

[address.new]
ip = "192.0.2.10"

[site.receiver.throttle.ip]
model = "history-window"
probation = { dist = "lognormal", median = "900/d", sigma = 0.5 }

[variant.all-at-once]
plan.warmup = { model = "all-at-once" }
"""

# Of SMALL: five of six points.
EXPERIMENT = """
[experiment]
replications = 3
where = 'days * limit < 8'

[experiment.factors]
days = { path = "plan.warmup.days", values = [1, 2, 4] }
limit = { path = "lane.connection_limit", values = [1, 2] }
"""

# More mail than anybody waits for: to be interrupted.
ENDLESS = """\
horizon = "3000 d"
[source.mail]
arrivals = { model = "poisson", rate = "RATE" }
[address.new]
[site.receiver]
"""


class ProgramTest(unittest.TestCase):
    """Each test has an empty folder, with the scenario small.toml, in which the program runs."""

    def setUp(self):
        # Not used as a context: the folder lives as long as the test.
        folder = tempfile.TemporaryDirectory(prefix="weir-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.write("small.toml", SMALL)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return name

    def files(self):
        return sorted(p.name for p in self.folder.iterdir() if p.suffix != ".toml")

    def weir(self, *arguments, **more):
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **more}
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, check=False,
                              **options)

    def start(self, *arguments, **more):
        """Starts the program; it is killed when the test ends."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **more}
        process = subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=self.folder, **options)

        def clean_up():
            process.kill()
            process.communicate()

        self.addCleanup(clean_up)
        return process

    def assert_fails(self, done, code, *texts):
        """The exit code, and every text in what was said on standard error."""
        self.assertEqual(done.returncode, code, done.stderr)
        for text in texts:
            self.assertIn(text, done.stderr)
