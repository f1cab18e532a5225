"""Checks the hard limits: a line has 100 columns, a function 70 lines, a header 150, a file 500."""

import re

import tree

COLUMNS, FUNCTION, HEADER, FILE = 100, 70, 150, 500

_TYPE = re.compile(r"\s*(?:typedef\s+|inline\s+|static\s+|constexpr\s+|const\s+|\[\[.*?\]\]\s*)*"
                   r"(?:namespace|class|struct|union|enum|extern)\b")
_ACCESS = re.compile(r"^\s*(?:public|private|protected)\s*$")
_OPERATOR = re.compile(r"operator\s*(?:[=!<>+\-*/%&|^]+|\(\s*\)|\[\s*\])")
_LAMBDA = re.compile(r"\[[^\[\]]*\]\s*(?:\([^()]*\))?[^;=]*$")
_INITIALISER = re.compile(r"\)\s*(?:noexcept\s*(?:\([^()]*\)\s*)?)?:(?!:)")


def _without_templates(header):
    """Takes the parameter lists of templates away: they may hold = and class."""
    while match := re.search(r"\btemplate\s*<", header):
        depth, at = 1, match.end()
        while depth and at < len(header):
            depth += {"<": 1, ">": -1}.get(header[at], 0)
            at += 1
        header = header[:match.start()] + header[at:]
    return header


def _opens_function(header):
    """Whether the { after this text opens the body of a function; None for a member initialiser."""
    header = _OPERATOR.sub("operator", _without_templates(header))
    if _TYPE.match(header) or ")" not in header:
        return False
    if _INITIALISER.search(header) and re.search(r"[\w>]\s*$", header):
        return None
    if "=" in re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", header)):
        return bool(_LAMBDA.search(header))
    return True


def functions(text):
    """(first line, last line) of each function that is not inside another."""
    text = re.sub(r"^[ \t]*#[^\n]*(?:\\\n[^\n]*)*", lambda m: re.sub(r"[^\n]", " ", m.group()),
                  tree.blank(text), flags=re.M)
    start, at, body, depth = 0, 0, None, 0
    while at < len(text):
        char = text[at]
        if body is None and (char in ";}" or (char == ":" and _ACCESS.search(text[start:at]))):
            start = at + 1
        elif char == "{" and body is None:
            kind = _opens_function(text[start:at])
            if kind is None:
                at = _closing(text, at)
            elif kind:
                body, depth = start, 1
            else:
                start = at + 1
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                first = body + len(text[body:]) - len(text[body:].lstrip())
                yield text.count("\n", 0, first) + 1, text.count("\n", 0, at) + 1
                body, start = None, at + 1
        at += 1


def _closing(text, at):
    depth = 0
    while at < len(text):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at
        at += 1
    return at


def exceptions(root):
    """What cmake/sizes.txt allows: {header: lines}."""
    allowed = {}
    for number, words in tree.table(root, "sizes.txt"):
        if len(words) < 5 or not words[1].isdigit():
            raise SystemExit(f"cmake/sizes.txt:{number}: expected a header, its lines and a reason")
        allowed[words[0]] = int(words[1])
    return allowed


def check(root):
    allowed = exceptions(root)
    for name in tree.files(root, (".h", ".cc", ".py", ".cmake", "CMakeLists.txt")):
        text = tree.read(root, name)
        lines = text.splitlines()
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS:
                yield name, number, f"{len(line)} columns", f"break it before {COLUMNS}"
        limit = allowed.get(name, HEADER if name.endswith(".h") else FILE)
        if len(lines) > limit:
            yield (name, len(lines), f"{len(lines)} lines, {limit} allowed",
                   "split it by what it knows"
                   + (", or give a reason in cmake/sizes.txt" if name.endswith(".h") else ""))
        if name.endswith(tree.CXX):
            for first, last in functions(text):
                if last - first + 1 > FUNCTION:
                    yield (name, first, f"a function of {last - first + 1} lines",
                           f"name its steps and split it below {FUNCTION}")
    for name in allowed.keys() - set(tree.files(root, (".h",))):
        yield "cmake/sizes.txt", 1, f"{name} does not exist", "drop the line"


if __name__ == "__main__":
    tree.main(check, __doc__)
