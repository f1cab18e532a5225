"""Checks for words that do not belong here, and says what does."""

import re

import tree

TEXT = (".h", ".cc", ".py", ".md", ".cmake", ".txt", ".toml", "do", "run")
MODEL = r"(sim|models)/.*"
PRODUCT = r"(sim|models|analysis|experiments)/.*"
LIBRARY = r"(sim|models|analysis)/.*"
CODE = r".*\.(h|cc)"
ALL = r".*"

# (what, where it is looked for, remedy)
BANNED = [
    (r"\brand\s*\(|std::random_device|std::default_random_engine", CODE,
     "draw by key from sim/random.h; a test may use std::mt19937_64 with a seed"),
    (r"std::mt19937", PRODUCT, "draw by key from sim/random.h"),
    (r"std::(uniform_\w+|normal|exponential|poisson|lognormal|gamma|weibull|bernoulli|binomial"
     r"|discrete)_distribution", PRODUCT,
     "its algorithm differs by library: take the distributions of sim/random.h"),
    (r"\b(system_clock|steady_clock|high_resolution_clock|gettimeofday|clock_gettime)\b", LIBRARY,
     "simulated time comes from the Kernel; only experiments/ looks at the wall clock"),
    (r"\bdouble\s+\w+_(ns|us|ms|s|sec|min)_?\b(?!\()", MODEL,
     "a time is a Duration or a SimTime"),
    (r"\bstd::(cout|cerr|clog)\b|(?<!\w)(std::|fmt::)?printf\s*\(", LIBRARY,
     "return the text or the numbers; experiments/ prints"),
    (r"\bstd::endl\b", CODE, "'\\n': flushing is asked for by name"),
    (r"\busing namespace std;", CODE, "name what you use"),
    (r"(?<!std::)\bget_(?!future\()[a-z]\w*\s*\(", PRODUCT, "name the thing itself, without get_"),
    (r"^\s*#ifndef \w+_H_?\b", CODE, "#pragma once"),
    (r"-ffast-math|-Ofast|-march=native", ALL, "results must have the same bits everywhere"),
    (r"\b(TODO|FIXME|XXX)\b", ALL, "do it, or open an issue"),
    (r"\bmailsim\b", ALL, "the project is called weir"),
    (r"(?<![\w.])/(home|root|Users)/\w", ALL, "no path of one machine stands in the repository"),
]
# Where the words themselves are spoken of.
EXEMPT = ("cmake/checks/words.py", "tests/checks/")


def check(root):
    banned = [(re.compile(what), re.compile(where), remedy) for what, where, remedy in BANNED]
    for name in tree.files(root, TEXT):
        if name.startswith(EXEMPT):
            continue
        rules = [(what, remedy) for what, where, remedy in banned if where.fullmatch(name)]
        text = tree.read(root, name)
        for number, line in enumerate(text.splitlines(), 1):
            for what, remedy in rules:
                if match := what.search(line):
                    yield name, number, f"'{match.group().strip()}'", remedy
        if name.endswith(".h") and "#pragma once" not in text:
            yield name, 1, "no #pragma once", "put it on the first line"


if __name__ == "__main__":
    tree.main(check, __doc__)
