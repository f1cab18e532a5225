"""docs/rules.md: every rule by its id, the files that speak of it, and the tests named by it.

  rules_page.py            checks that the page is up to date and that nothing is missing from it
  rules_page.py --update   writes it

The rules come from `weir explain --rules`; a rule is implemented where a file under models/ or
experiments/ names its id; its tests are those called RuleS4_59.
"""

import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

PAGE = Path("docs/rules.md")
TITLES = {
    "S0": "Delivery inside Exchange Online",
    "S1": "Exchange Online as a relay",
    "S2": "Inbound connectors",
    "S3": "Roles of mail servers, and SPF",
    "S4": "Groups, filters, block lists, throttling, connectors, direct send",
}
SIMULATED = {"modelled", "partly modelled"}


def rules():
    out = subprocess.run([os.environ["WEIR_PROGRAM"], "explain", "--rules"], capture_output=True,
                         check=True, text=True).stdout
    return [line.split("\t") for line in out.splitlines()]


def ids_in(text):
    """The ids that a text names, "S4-64 to S4-66" and "S4-09..13" written out."""
    found = set(re.findall(r"\bS[0-4]-\d\d\b", text))
    for document, first, last in re.findall(
            r"\b(S[0-4])-(\d\d)(?:\s*(?:to|and|\.\.)\s*)(?:S[0-4]-)?(\d\d)\b", text):
        found |= {f"{document}-{n:02}" for n in range(int(first), int(last) + 1)}
    return found


def implementations():
    """By rule: the files of the product that name it, models before all else."""
    files = {}
    for folder in ("models", "experiments"):
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix not in (".h", ".cc") or path.parts[1] in ("explain", "command"):
                continue
            for rule in ids_in(path.read_text(encoding="utf-8")):
                files.setdefault(rule, []).append(path)
    return files


def tests():
    """By rule: the files under tests/ that have a test of its name."""
    files = {}
    for path in sorted(Path("tests").rglob("*.cc")):
        for document, number in set(re.findall(r"TEST(?:_[FP])?\(RuleS([0-4])_(\d\d)\b",
                                               path.read_text(encoding="utf-8"))):
            files.setdefault(f"S{document}-{number}", []).append(path)
    return files


def links(paths):
    return ", ".join(f"[{path.name}](../{path})" for path in paths)


def page():
    text = ["# The rules, one by one", "",
            "Written by `tests/rules/rules_page.py --update` from `weir explain --rules` and the "
            "sources; `weir explain S4-57` tells the same of one rule. Effects: T throughput, L "
            "latency, R reputation, O routing, V visibility, D disposition, C configuration only."]
    implemented, tested = implementations(), tests()
    document = None
    for rule, effects, coverage, meaning, how in rules():
        if rule[:2] != document:
            document = rule[:2]
            text += ["", f"## {document}: {TITLES[document]}", "",
                     "| rule | effects | meaning | what weir does | files | tests |",
                     "| --- | --- | --- | --- | --- | --- |"]
        done = coverage if coverage not in SIMULATED else ""
        what = " ".join(part for part in (done + "." if done else "", how) if part)
        cells = [rule, effects, meaning, what, links(implemented.get(rule, [])),
                 links(tested.get(rule, []))]
        text.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(text) + "\n"


class RulesTest(unittest.TestCase):
    def test_the_page_is_up_to_date(self):
        self.assertEqual(PAGE.read_text(encoding="utf-8"), page(),
                         f"{PAGE} is out of date: run {__file__} --update and commit it")

    def test_every_rule_is_there(self):
        self.assertEqual(len(rules()), 146)
        self.assertEqual([], [rule for rule, _, coverage, _, _ in rules()
                              if coverage == "not modelled yet"])

    def test_every_modelled_rule_has_a_file_and_a_test(self):
        implemented, tested = implementations(), tests()
        modelled = [rule for rule, _, coverage, _, _ in rules() if coverage in SIMULATED]
        self.assertEqual([], [rule for rule in modelled if rule not in implemented])
        self.assertEqual([], [rule for rule in modelled if rule not in tested])

    def test_every_rule_says_what_is_done_about_it(self):
        self.assertEqual([], [rule for rule, _, _, _, how in rules() if not how])

    def test_no_link_is_dead(self):
        for target in re.findall(r"\]\(\.\./([^)]+)\)", PAGE.read_text(encoding="utf-8")):
            self.assertTrue(Path(target).is_file(), target)


if __name__ == "__main__":
    if "--update" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        unittest.main()
