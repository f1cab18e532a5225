"""Runs clang-tidy-16 on the .cc files that changed, or on all of them.

Changed means: since the merge base with origin's main (or, standing on it, since the last commit
that passed, and without one in the last ten commits), and in the working tree. A changed header
counts as the .cc file of its name, else as one that includes it. A file that passed before is not
read again while it, the headers of ours it includes and .clang-tidy stay the same. The static
analyzer takes two thirds of the time and runs only with --all. Without it, no file is begun after
two minutes; those left are named, and come first the next time.
"""

import argparse
import hashlib
import math
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import tree

TIDY = "clang-tidy-16"
COMMITS_WITHOUT_RECORD = 10
SECONDS_FOR_CHANGED = 120


def git(root, *words):
    done = subprocess.run(["git", "-c", "safe.directory=*", *words],
                          cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def base(root, record):
    """The commit to compare with."""
    head = git(root, "rev-parse", "HEAD")
    for main in ("origin/HEAD", "origin/main", "main"):
        common = git(root, "merge-base", "HEAD", main)
        if common and common != head:
            return common
    last = record.read_text() if record.exists() else ""
    if last and git(root, "merge-base", "--is-ancestor", last, "HEAD") == "":
        return last
    count = f"--max-count={COMMITS_WITHOUT_RECORD + 1}"
    history = (git(root, "rev-list", count, "HEAD") or "").split()
    # The whole history is shorter than that: compare with the empty tree.
    return history[-1] if len(history) > COMMITS_WITHOUT_RECORD else \
        git(root, "hash-object", "-t", "tree", "/dev/null")


def direct_includes(root):
    known = set(tree.files(root))
    return {name: {included for _, included, _ in tree.includes(tree.read(root, name))} & known
            for name in known}


def changed(root, record, direct):
    """The .cc files that speak for what changed."""
    names = (git(root, "diff", "--name-only", base(root, record)) or "").split("\n")
    chosen = set()
    for name in names:
        if name.endswith(".cc") and name in direct:
            chosen.add(name)
        elif name.endswith(".h") and name in direct:
            users = sorted(user for user in direct if user.endswith(".cc") and name in direct[user])
            chosen.update(sorted(users, key=lambda user: user != name[:-2] + ".cc")[:1])
    return chosen


def digest(root, name, direct, settings):
    """Changes when anything does that the verdict on this file rests on."""
    seen, todo = set(), [name]
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            todo += direct[at]
    whole = hashlib.sha256(settings)
    for part in sorted(seen):
        whole.update(part.encode() + b"\0" + (Path(root) / part).read_bytes())
    return whole.hexdigest()


def tidy(root, build, checks, until, name):
    """What clang-tidy says of one file: nothing when it is content, None if out of time."""
    if time.monotonic() > until:
        return None
    done = subprocess.run(
        [TIDY, "--quiet", f"-p={build}", f"--checks={checks}",
         "--extra-arg=-Wno-unknown-warning-option", name],
        cwd=root, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--build", type=Path, required=True)
    arguments = parser.parse_args()
    root = Path(__file__).resolve().parents[2]
    passed = arguments.build / "tidy"
    passed.mkdir(parents=True, exist_ok=True)
    record = arguments.build / "tidied-commit"

    direct = direct_includes(root)
    compiled = (arguments.build / "compile_commands.json").read_text()
    names = {name for name in direct if name.endswith(".cc")} if arguments.all \
        else changed(root, record, direct)
    names = {name for name in names if f"/{name}\"" in compiled}
    checks = "" if arguments.all else "-clang-analyzer-*"
    settings = (root / ".clang-tidy").read_bytes() + checks.encode()
    stamps = {name: passed / digest(root, name, direct, settings) for name in names}
    due = sorted(name for name in names if not stamps[name].exists())

    until = time.monotonic() + (math.inf if arguments.all else SECONDS_FOR_CHANGED)
    failed, left = 0, []
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        look = partial(tidy, root, arguments.build, checks, until)
        for name, report in zip(due, pool.map(look, due)):
            if report is None:
                left.append(name)
            elif report:
                failed += 1
                print(report.rstrip())
            else:
                stamps[name].touch()
    if left:
        print(f"not read, for want of time: {' '.join(left)}")
    print(f"{len(due) - len(left)} files read, {len(names) - len(due)} unchanged, {len(left)} left "
          f"for the next check, {failed} with problems")
    if failed:
        sys.exit(1)
    if not left:
        record.write_text(git(root, "rev-parse", "HEAD") or "")


if __name__ == "__main__":
    main()
