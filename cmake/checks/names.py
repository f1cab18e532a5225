"""Checks that no name of ours hides another of ours.

A type or constant must not be called like one of a namespace around it, nor, when it is private to
a file, like one that a header declares in the same namespace. A header that is read after such a
name would mean something else than in other files, and no compiler says so. A family of models may
have its own sense of a word in its own namespace (throttle::Attempt). Functions are not looked at:
they may be overloaded.
"""

import re
from collections import defaultdict

import tree

NAMESPACE = re.compile(r"namespace ([\w:]+) \{")
TYPE = re.compile(r"(?:template <.*> )?(?:struct|class|enum class|enum) (?:alignas\(\d+\) )?(\w+)"
                  r"(?! *;)(?!::)\b|using (\w+) =|using [\w:]+::(\w+);")
CONSTANT = re.compile(r"(?:inline |static |constexpr |const )+[\w:<>, ]*?\b(k[A-Z]\w*)\b")
LAYERS = tuple(f"{layer}/" for layer in tree.LAYERS)


def declared(text):
    """Yields (namespace, whether private to its file, name, line) of what stands in column 0."""
    space, private = "", False
    for number, line in enumerate(text.splitlines(), 1):
        if opened := NAMESPACE.match(line):
            space, private = opened[1], False
        elif line == "namespace {":
            private = True
        elif line == "}  // namespace":
            private = False
        elif found := TYPE.match(line) or CONSTANT.match(line):
            name = next(filter(None, found.groups()))
            if not line.rstrip().endswith(f" {name};") or line.startswith("using"):
                yield space, private, name, number


def around(space):
    """The namespaces around `space`, the innermost first."""
    parts = space.split("::")
    return ["::".join(parts[:n]) for n in range(len(parts) - 1, 0, -1)]


def check(root):
    own = []
    public = defaultdict(dict)  # namespace, name: where
    for name in tree.files(root, (".h", ".cc")):
        if not name.startswith(LAYERS):
            continue
        for space, private, what, line in declared(tree.read(root, name)):
            if private or not name.startswith("models/"):
                own.append((name, line, space, private, what))
            if name.endswith(".h") and not private:
                public[space].setdefault(what, f"{name}:{line}")
    for name, line, space, private, what in own:
        for outer in ([space] if private else []) + around(space):
            if there := public[outer].get(what):
                yield (name, line, f"{what} hides {outer}::{what} ({there})",
                       "call one of them otherwise")
                break


if __name__ == "__main__":
    tree.main(check, __doc__)
