"""What the checks share: listing the files, reading C++ without comments, printing problems."""

import argparse
import re
import subprocess
import sys
from pathlib import Path

LAYERS = ("sim", "analysis", "models", "experiments")
CXX = (".h", ".cc")


def files(root, suffixes=CXX):
    """Relative paths of the files git knows under root, or of all files where git does not."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        names = [name for name in listed.stdout.split("\0") if name]
    else:
        names = [str(path.relative_to(root)) for path in Path(root).rglob("*") if path.is_file()]
        names = [name for name in names if not name.startswith("build/")]
    found = [name for name in names if name.endswith(suffixes) and (Path(root) / name).is_file()]
    return sorted(found)


def read(root, name):
    return (Path(root) / name).read_text(encoding="utf-8")


def table(root, name):
    """(line number, words) of each line of a table under cmake/, without comments."""
    for number, line in enumerate(read(root, f"cmake/{name}").splitlines(), 1):
        words = line.split("#")[0].split()
        if words:
            yield number, words


_COMMENT_OR_LITERAL = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)"'
    r"|\"(?:\\.|[^\"\\\n])*\"|(?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+'", re.S)


def blank(text, literals=True):
    """The text with comments, and literals if asked for, as spaces; line breaks stay."""
    def spaces(match):
        found = match.group()
        if not literals and not found.startswith(("//", "/*")):
            return found
        return re.sub(r"[^\n]", " ", found)
    return _COMMENT_OR_LITERAL.sub(spaces, text)


_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def includes(text):
    """(line, name, whether in quotes) of each #include."""
    text = blank(text, literals=False)
    for match in _INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match.group(2), match.group(1) == '"'


def main(check, doc):
    """Runs check(root), which yields (file, line, what, remedy); the exit code says if any came."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--root", default=Path(__file__).resolve().parents[2], type=Path)
    found = sorted(set(check(parser.parse_args().root)))
    for name, line, what, remedy in found:
        print(f"{name}:{line}: {what}: {remedy}")
    sys.exit(1 if found else 0)
