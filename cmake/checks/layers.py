"""Checks that every #include is one that cmake/layers.txt allows."""

import re
from pathlib import Path

import tree

STANDARD = re.compile(r"[a-z0-9_]+")
POSIX = re.compile(
    r"(sys|netinet|arpa|linux)/.*|(aio|dirent|errno|fcntl|limits|poll|pthread|sched|semaphore"
    r"|signal|spawn|stdlib|string|termios|time|unistd)\.h")


class Rules:
    """cmake/layers.txt."""

    def __init__(self, root):
        self.layers, self.headers, self.interfaces = {}, {}, set()
        for number, (kind, name, *allowed) in tree.table(root, "layers.txt"):
            if kind == "layer":
                self.layers[name] = allowed
            elif kind == "header":
                self.headers[name] = allowed
            elif kind == "interface":
                self.interfaces.add(name)
            else:
                raise SystemExit(f"cmake/layers.txt:{number}: '{kind}': expected layer, header "
                                 "or interface")


def matches(included, patterns):
    return any(pattern == "*" or included == pattern
               or (pattern == "POSIX" and POSIX.fullmatch(included))
               or (pattern.endswith("/") and included.startswith(pattern))
               for pattern in patterns)


def model_folder(name):
    """models/throttle for models/throttle/policy.h, nothing for models/record.h."""
    parts = name.split("/")
    return "/".join(parts[:2]) if parts[0] == "models" and len(parts) > 2 else None


def own_include(rules, name, included):
    """Why a file of ours may not include another, and what to do; nothing if it may."""
    layer, target = name.split("/")[0], included.split("/")[0]
    if layer == target:
        mine, theirs = model_folder(name), model_folder(included)
        if theirs and mine != theirs and included not in rules.interfaces:
            return (f"{name} reaches into {theirs}/",
                    "include its interface header (the list is in cmake/layers.txt)")
        return None
    if target in ("tests", "bench") and layer not in ("tests", "bench"):
        return f"{layer}/ includes {included}", f"nothing may depend on {target}/"
    if matches(included, rules.layers[layer]):
        return None
    return (f"{layer}/ may not include {included}",
            "move the code to the layer that may, or pass in what it needs (cmake/layers.txt)")


def foreign_include(rules, name, included):
    layer = name.split("/")[0]
    if "*" in rules.layers[layer]:
        return None
    if not matches(included, rules.layers[layer]):
        return (f"{layer}/ may not include <{included}>",
                "keep it behind a layer that may (cmake/layers.txt)")
    if name.endswith(".h") and not matches(included, rules.headers.get(name, [])):
        return (f"third-party <{included}> in a header",
                "include it in the .cc file and show plain types")
    return None


def check(root):
    rules = Rules(root)
    for name in tree.files(root):
        layer = name.split("/")[0]
        if layer not in rules.layers:
            yield name, 1, f"{layer} is no layer", "move the file, or add it to cmake/layers.txt"
            continue
        for line, included, quoted in tree.includes(tree.read(root, name)):
            if quoted and not (Path(root) / included).is_file():
                problem = (f'"{included}" is no file of this tree',
                           "write the path from the root; <> for other libraries")
            elif quoted or included.split("/")[0] in rules.layers:
                problem = own_include(rules, name, included)
            elif STANDARD.fullmatch(included):
                problem = None
            else:
                problem = foreign_include(rules, name, included)
            if problem:
                yield name, line, *problem


if __name__ == "__main__":
    tree.main(check, __doc__)
