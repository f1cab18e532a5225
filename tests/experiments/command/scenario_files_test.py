"""Every scenario that comes with weir is sound, and so is the one that `weir init` writes."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SCENARIOS = Path("experiments/scenarios")


def weir(*arguments, cwd=None):
    return subprocess.run([os.environ["WEIR_PROGRAM"], *map(str, arguments)], cwd=cwd,
                          capture_output=True, check=False, text=True)


class ScenarioFilesTest(unittest.TestCase):
    def test_every_scenario_is_sound(self):
        scenarios = sorted(SCENARIOS.glob("*.toml"))
        self.assertTrue(scenarios)
        for scenario in scenarios:
            with self.subTest(scenario=scenario.name):
                done = weir("check", scenario)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("sound", done.stdout)

    def test_every_receiver_that_presets_names_can_be_built_on(self):
        receivers = sorted((SCENARIOS / "receivers").glob("*.toml"))
        self.assertTrue(receivers)
        listed = weir("presets").stdout
        for receiver in receivers:
            self.assertIn(str(receiver), listed)
            with self.subTest(receiver=receiver.name), tempfile.TemporaryDirectory() as folder:
                scenario = Path(folder, "mine.toml")
                scenario.write_text(f'extends = "{receiver.resolve()}"\n[source.mail]\n'
                                    'site = "gmail"\n[address.new]\n', encoding="utf-8")
                done = weir("check", scenario)
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_what_init_writes_is_sound_and_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            written = weir("init")
            self.assertEqual(written.returncode, 0, written.stderr)
            Path(folder, "my.toml").write_text(written.stdout, encoding="utf-8")
            for command in (["check", "my.toml"], ["run", "my.toml"]):
                with self.subTest(command=command[0]):
                    done = weir(*command, cwd=folder)
                    self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(Path(folder, "my.h5").is_file())
            self.assertEqual(list(Path(folder).glob("*.part")), [])

    def test_a_misspelt_key_is_refused_with_a_suggestion(self):
        with tempfile.TemporaryDirectory() as folder:
            text = weir("init").stdout.replace("connection_limit", "conection_limit")
            Path(folder, "my.toml").write_text(text, encoding="utf-8")
            done = weir("check", "my.toml", cwd=folder)
            self.assertEqual(done.returncode, 2)
            self.assertIn("did you mean 'connection_limit'", done.stderr)


if __name__ == "__main__":
    unittest.main()
