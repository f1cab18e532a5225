"""What `weir` says of a scenario that comes with it, as the object that --json prints."""

import functools
import json
import os
import subprocess


def weir(command, scenario, *options, variant=None):
    done = subprocess.run(
        [os.environ["WEIR_PROGRAM"], command, f"experiments/scenarios/{scenario}.toml", "--json",
         *options] + (["--variant", variant] if variant else []),
        capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def runs_of(scenario):
    """A function of the variant and further options that runs the scenario, each case once."""

    @functools.cache
    def run(variant=None, *options):
        return weir("run", scenario, "--no-result", "--quiet", *options, variant=variant)

    return run


def ended(result, source, outcome):
    """Recipients of a source that ended so."""
    return result["sources"][source]["recipients"][outcome]


def longest_s(result, source):
    return result["sources"][source]["delay_s"]["max"]
