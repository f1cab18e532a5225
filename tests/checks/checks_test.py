"""Plants each kind of violation in a small tree: the check must find it, and nothing else."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECKS = Path(__file__).resolve().parents[2] / "cmake" / "checks"

LAYERS = """\
layer sim Random123/
layer models sim/
layer analysis hdf5.h POSIX
layer tests *
header sim/random.h Random123/
interface models/throttle/policy.h
"""
CLEAN = {
    "cmake/layers.txt": LAYERS,
    "cmake/includes.txt": "hdf5.h 1\nEigen/Dense 0\n",
    "cmake/sizes.txt": "",
    "sim/random.h": "#pragma once\n#include <array>\n#include <Random123/philox.h>\n",
    "models/throttle/policy.h": '#pragma once\n#include "sim/random.h"\n',
}


class CheckTest(unittest.TestCase):
    def run_check(self, name, planted):
        """The lines that a check prints about the clean tree with these files planted."""
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**CLEAN, **planted}.items():
                file = Path(root) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            done = subprocess.run(
                [sys.executable, "-B", CHECKS / f"{name}.py", "--root", root],
                capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.returncode, 1 if done.stdout else 0)
        return done.stdout.splitlines()

    def assert_clean(self, name, planted):
        self.assertEqual(self.run_check(name, planted), [])

    def assert_finds(self, name, planted, *starts):
        found = self.run_check(name, planted)
        self.assertEqual(len(found), len(starts), found)
        for line, start in zip(found, starts):
            self.assertTrue(line.startswith(start), f"{line!r} does not start with {start!r}")

    def test_clean_tree_has_no_problem(self):
        for name in ("layers", "includes", "sizes", "words", "names"):
            self.assert_clean(name, {})


class LayersTest(CheckTest):
    def test_lower_layer_may_not_include_a_higher_one(self):
        self.assert_finds("layers", {"sim/a.cc": '\n#include "models/throttle/policy.h"\n'},
                          "sim/a.cc:2: sim/ may not include models/throttle/policy.h")

    def test_angle_brackets_do_not_hide_our_own_header(self):
        self.assert_finds("layers", {"sim/a.cc": "#include <models/throttle/policy.h>\n"},
                          "sim/a.cc:1: sim/ may not include models/throttle/policy.h")

    def test_models_see_only_the_interface_of_another_folder(self):
        self.assert_finds(
            "layers",
            {"models/throttle/bucket.h": "#pragma once\n",
             "models/retry/a.cc": '#include "models/throttle/policy.h"\n'
                                  '#include "models/throttle/bucket.h"\n'},
            "models/retry/a.cc:2: models/retry/a.cc reaches into models/throttle/")

    def test_a_folder_sees_its_own_headers_and_the_shared_ones(self):
        self.assert_clean(
            "layers",
            {"models/throttle/bucket.h": "#pragma once\n", "models/reply.h": "#pragma once\n",
             "models/throttle/a.cc": '#include "models/throttle/bucket.h"\n'
                                     '#include "models/reply.h"\n'})

    def test_nobody_includes_tests(self):
        self.assert_finds("layers", {"tests/help.h": "#pragma once\n",
                                     "models/a.cc": '#include "tests/help.h"\n'},
                          "models/a.cc:1: models/ includes tests/help.h")

    def test_third_party_header_not_in_the_table(self):
        self.assert_finds("layers", {"models/a.cc": "#include <hdf5.h>\n"},
                          "models/a.cc:1: models/ may not include <hdf5.h>")

    def test_third_party_header_in_a_header(self):
        self.assert_finds("layers", {"analysis/a.h": "#pragma once\n#include <hdf5.h>\n"},
                          "analysis/a.h:2: third-party <hdf5.h> in a header")

    def test_system_headers_only_where_allowed(self):
        self.assert_clean("layers", {"analysis/a.cc": "#include <fcntl.h>\n"})
        self.assert_finds("layers", {"sim/a.cc": "#include <fcntl.h>\n"},
                          "sim/a.cc:1: sim/ may not include <fcntl.h>")

    def test_relative_include(self):
        self.assert_finds("layers", {"sim/a.cc": '#include "random.h"\n'},
                          'sim/a.cc:1: "random.h" is no file of this tree')

    def test_commented_include_does_not_count(self):
        self.assert_clean("layers", {"sim/a.cc": '// #include "models/throttle/policy.h"\n'})

    def test_unknown_folder(self):
        self.assert_finds("layers", {"tools/a.cc": ""}, "tools/a.cc:1: tools is no layer")


class IncludesTest(CheckTest):
    def test_one_file_too_many(self):
        self.assert_finds(
            "includes",
            {"analysis/a.cc": "#include <hdf5.h>\n", "analysis/b.cc": "#include <hdf5.h>\n"},
            "analysis/a.cc:1: one of 2 files", "analysis/b.cc:1: one of 2 files")

    def test_including_it_through_our_header_counts(self):
        self.assert_finds(
            "includes",
            {"analysis/h.h": "#include <hdf5.h>\n", "analysis/a.cc": '#include "analysis/h.h"\n',
             "analysis/b.cc": '#include "analysis/h.h"\n'},
            "analysis/a.cc:1: one of 2 files", "analysis/b.cc:1: one of 2 files")

    def test_as_many_as_allowed(self):
        self.assert_clean("includes", {"analysis/a.cc": "#include <hdf5.h>\n"})

    def test_forbidden_header(self):
        self.assert_finds("includes", {"sim/a.cc": "#include <Eigen/Dense>\n"},
                          "sim/a.cc:1: one of 1 files that include Eigen/Dense")


def body(lines):
    return "{\n" + "  f();\n" * (lines - 2) + "}\n"


class SizesTest(CheckTest):
    def test_long_line(self):
        self.assert_finds("sizes", {"sim/a.cc": "//" + "x" * 99 + "\n"}, "sim/a.cc:1: 101 columns")

    def test_function_of_71_lines(self):
        self.assert_clean("sizes", {"sim/a.cc": "void g() " + body(70)})
        self.assert_finds("sizes", {"sim/a.cc": "\nvoid g() " + body(71)},
                          "sim/a.cc:2: a function of 71 lines")

    def test_functions_of_every_shape(self):
        for head in ("A::A() : a_{1}, b_{2} ", "template <class T = int>\nauto f(T t) -> int ",
                     "bool operator==(A a, B b) ", "TEST(A, B) ",
                     "void f(int a = 1) const noexcept ", "const auto kF = [](int x) ",
                     "static const Row& f(Row (*g)(int)) "):
            text = f"namespace weir {{\n{head}{body(80)}}}\n"
            found = self.run_check("sizes", {"sim/a.cc": text})
            self.assertEqual(len(found), 1, head)
            self.assertRegex(found[0], r"^sim/a.cc:2: a function of 8[01] lines")

    def test_method_inside_a_class(self):
        text = "class A final : public B<int> {\n public:\n  void f() override " + body(80) + "};\n"
        self.assert_finds("sizes", {"sim/a.cc": text}, "sim/a.cc:3: a function of 80 lines")

    def test_long_class_and_table_are_no_functions(self):
        table = "const Row kRows[] = {\n" + '  {"a{", f(1)},\n' * 90 + "};\n"
        small = "class A {\n" + "  void f() {}\n" * 90 + "};\n"
        self.assert_clean("sizes", {"sim/a.cc": table + small})

    def test_braces_in_comments_and_strings_do_not_count(self):
        text = "void g() {\n  // {\n  f(\"{\", '{', R\"({)\");\n}\n" + "void h() {}\n" * 80
        self.assert_clean("sizes", {"sim/a.cc": text})

    def test_long_file(self):
        self.assert_finds("sizes", {"sim/a.cc": "\n" * 501}, "sim/a.cc:501: 501 lines")

    def test_long_header_needs_a_reason(self):
        planted = {"sim/a.h": "#pragma once\n" * 151}
        self.assert_finds("sizes", planted, "sim/a.h:151: 151 lines, 150 allowed")
        self.assert_clean("sizes", {**planted, "cmake/sizes.txt": "sim/a.h 160 One table of it\n"})


class WordsTest(CheckTest):
    def test_each_banned_word(self):
        for file, text in (
                ("sim/a.cc", "int x = rand();"),
                ("sim/a.cc", "std::random_device r;"),
                ("models/a.cc", "std::normal_distribution<> d;"),
                ("models/a.cc", "std::chrono::system_clock::now();"),
                ("models/a.h", "double delay_ms = 0;\n#pragma once"),
                ("analysis/a.cc", "std::cout << 1;"),
                ("sim/a.cc", "using namespace std;"),
                ("sim/a.cc", "int get_name();"),
                ("sim/a.cc", "// TODO: more"),
                ("docs/a.md", "FIXME"),
                ("README.md", "mailsim runs"),
                ("cmake/a.cmake", "-ffast-math"),
                ("docs/a.md", "see /home/somebody/x")):
            self.assert_finds("words", {file: text + "\n"}, f"{file}:1: ")

    def test_header_without_pragma_once(self):
        self.assert_finds("words", {"sim/a.h": "int x;\n"}, "sim/a.h:1: no #pragma once")

    def test_words_that_only_look_like_them(self):
        self.assert_clean("words", {
            "sim/a.cc": "int operand(); auto x = std::get_if<A>(&v); snprintf(b, 1, f);\n",
            "sim/b.cc": "double to_seconds(Duration d);\n",
            "experiments/a.cc": "auto t = std::chrono::steady_clock::now();\n"})


class NamesTest(CheckTest):
    OUTER = {"sim/a.h": "#pragma once\nnamespace weir {\nstruct Place {\n};\n"
                        "inline constexpr int kMost = 1;\n}  // namespace weir\n"}

    @staticmethod
    def named(space, *lines, private=False):
        inner = ["namespace {", *lines, "}  // namespace"] if private else lines
        return "\n".join([f"namespace weir{space} {{", *inner, f"}}  // namespace weir{space}", ""])

    def test_name_of_a_namespace_around_it(self):
        for line in ("struct Place {", "enum class Place : char { a };", "using Place = int;",
                     "class Place final : public Base {", "using other::Place;",
                     "constexpr int kMost = 2;"):
            self.assert_finds("names", {**self.OUTER, "analysis/b.cc": self.named("::inner", line)},
                              "analysis/b.cc:2: ")

    def test_private_name_that_a_header_has(self):
        hidden = self.named("", "struct Place {", private=True)
        self.assert_finds("names", {**self.OUTER, "sim/b.cc": hidden}, "sim/b.cc:3: Place hides")

    def test_names_that_hide_nothing(self):
        self.assert_clean("names", {
            **self.OUTER,
            "sim/b.h": "#pragma once\n" + self.named("", "struct Place;"),
            "models/c.h": "#pragma once\n" + self.named("::throttle", "struct Place {"),
            "sim/d.cc": self.named("", "void Place::go() {", "struct Place::Part {"),
            "sim/e.cc": self.named("::e", "struct Own {", private=True),
            "sim/f.cc": self.named("::f", "struct Own {", private=True),
            "sim/g.h": "#pragma once\n" + self.named("::g", "struct Shared {"),
            "sim/g.cc": self.named("::g", "namespace {", "}  // namespace", "struct Shared {")})


if __name__ == "__main__":
    unittest.main()
