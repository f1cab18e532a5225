"""Checks that no more .cc files than cmake/includes.txt allows pay for a heavy header."""

import tree


def reached(root):
    """For each file: the foreign headers it includes, itself or through headers of ours."""
    direct = {name: {included for _, included, _ in tree.includes(tree.read(root, name))}
              for name in tree.files(root)}

    def closure(name):
        seen, todo, foreign = set(), [name], set()
        while todo:
            at = todo.pop()
            if at in seen:
                continue
            seen.add(at)
            ours = direct[at] & direct.keys()
            foreign |= direct[at] - ours
            todo += ours
        return foreign

    return {name: closure(name) for name in direct if name.endswith(".cc")}


def check(root):
    foreign = reached(root)
    for _, (header, limit) in tree.table(root, "includes.txt"):
        def heavy(included, header=header):
            return included == header or included.startswith(header.rstrip("/") + "/")
        users = sorted(name for name in foreign if any(map(heavy, foreign[name])))
        if len(users) > int(limit):
            for name in users:
                yield (name, 1, f"one of {len(users)} files that include {header}",
                       f"keep it behind {limit} (cmake/includes.txt)")


if __name__ == "__main__":
    tree.main(check, __doc__)
