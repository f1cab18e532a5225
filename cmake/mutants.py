"""Plants each fault of tests/mutants/ in a copy of the tree and wants the named tests to notice.

A patch starts with three lines:
    Breaks: <the law or rule it breaks>
    Test: <regular expression of the ctest tests that must notice>
    Target: <the executables of tests/CMakeLists.txt that hold them>
It is killed when it applies and builds and at least one of these tests fails. It is an error when
they all pass, when it does not apply or build, and when they fail or are missing without it.
"""

import argparse
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "build" / "mutants"
COPY, LOG = HOME / "tree", HOME / "log"
# Lies in the copy as build/test lies here, so that ccache sees the same relative paths.
BUILD = COPY / "build" / "test"


class Unusable(Exception):
    """A patch that proves nothing; the text says why."""


def run(log, *command, cwd=COPY, stdin=None):
    """Whether the command succeeded; what it said is added to the log."""
    with open(LOG / log, "a", encoding="utf-8") as out:
        return subprocess.run(list(map(str, command)), cwd=cwd, stdin=stdin, stdout=out,
                              stderr=subprocess.STDOUT, check=False).returncode == 0


def copy_tree():
    """Makes the copy equal to the working tree, touching only what differs, so that a second run
    builds little."""
    listed = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT,
                            capture_output=True, text=True, check=True).stdout
    names = {name for name in listed.split("\0") if name and (ROOT / name).is_file()}
    for name in names:
        source, target = ROOT / name, COPY / name
        if not target.exists() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            shutil.copymode(source, target)
    for path in COPY.rglob("*"):
        name = str(path.relative_to(COPY))
        if path.is_file() and name not in names and not name.startswith("build/"):
            path.unlink()


class Mutant:
    def __init__(self, path):
        self.path, self.name = path, path.stem
        fields = dict(re.findall(r"^(Breaks|Test|Target): *(\S.*)$", path.read_text(), re.M))
        missing = {"Breaks", "Test", "Target"} - fields.keys()
        if missing:
            raise SystemExit(f"{path}: the line '{missing.pop()}: ...' is missing at its top")
        self.breaks, self.test, self.targets = (
            fields["Breaks"], fields["Test"], fields["Target"].replace(",", " ").split())

    def patch(self, *options):
        with open(self.path, encoding="utf-8") as text:
            return run(f"{self.name}.log", "patch", "-p1", "--batch", "--no-backup-if-mismatch",
                       "--fuzz=0", "-r", "-", *options, stdin=text)

    def build(self, jobs):
        return run(f"{self.name}.log", "cmake", "--build", BUILD, "-j", jobs, "--target",
                   *self.targets)

    def failures(self):
        """How many of the tests ran, and how many of them failed: only those of the targets, for
        what else lies in the copy was built at another time."""
        mine = f"^({'|'.join(self.targets)})[.].*({self.test})"
        report = LOG / f"{self.name}.xml"
        report.unlink(missing_ok=True)
        run(f"{self.name}.log", "ctest", "--test-dir", BUILD, "-R", mine, "-E", "_NOT_BUILT$",
            "--output-on-failure", "--output-junit", report)
        if not report.exists():
            return 0, 0
        suite = xml.etree.ElementTree.parse(report).getroot()
        ran = int(suite.get("tests")) - int(suite.get("skipped")) - int(suite.get("disabled"))
        return ran, int(suite.get("failures"))

    def judge(self, jobs):
        """Whether the tests notice. Leaves the copy as it was."""
        (LOG / f"{self.name}.log").unlink(missing_ok=True)
        if not self.build(jobs):
            raise Unusable("does not build without the fault")
        ran, failed = self.failures()
        if ran == 0:
            raise Unusable(f"no test matches {self.test}")
        if failed:
            raise Unusable("its tests fail without the fault")
        if not self.patch("--dry-run"):
            raise Unusable("does not apply")
        self.patch()
        try:
            if not self.build(jobs):
                raise Unusable("does not build")
            return self.failures()[1] > 0
        finally:
            if not self.patch("--reverse"):
                copy_tree()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--jobs", default="1")
    arguments = parser.parse_args()
    paths = {path.stem: path for path in sorted((ROOT / "tests" / "mutants").glob("*.patch"))}
    for name in arguments.names:
        if name not in paths:
            raise SystemExit(f"no tests/mutants/{name}.patch; there are: {', '.join(paths)}")
    mutants = [Mutant(paths[name]) for name in arguments.names or paths]
    if not mutants:
        print("there is no mutant yet: nothing ran")
        return

    for folder in (COPY, LOG):
        folder.mkdir(parents=True, exist_ok=True)
    copy_tree()
    if not run("configure.log", "cmake", "--preset", "test"):
        raise SystemExit(f"the copy cannot be configured; see {LOG / 'configure.log'}")

    killed = 0
    for mutant in mutants:
        since = time.monotonic()
        try:
            noticed = mutant.judge(arguments.jobs)
            verdict = "killed" if noticed else "SURVIVED"
            killed += noticed
        except Unusable as reason:
            verdict = f"ERROR: {reason}"
        print(f"{mutant.name:32} {verdict:10} {time.monotonic() - since:4.0f} s  {mutant.breaks}",
              flush=True)
    print(f"{len(mutants)} mutants, {killed} killed")
    if killed < len(mutants):
        print(f"logs stand in {LOG}")
        sys.exit(1)


if __name__ == "__main__":
    main()
