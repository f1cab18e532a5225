"""`weir topology`: findings on the terminal and as JSON, the drawing as DOT."""

import json
import unittest

from program import ProgramTest

# A system whose only route leads back to itself.
LOOP = """\
title = "Round and round"
[address.app]
[site.relay]
system = "relay"
[system.relay]
pool = "all"
[system.relay.route.all]
domains = ["*"]
smart_hosts = ["relay"]
[domain."a.example"]
mx = ["10 relay"]
[source.mail]
to = ["a.example"]
"""


class TopologyTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("loop.toml", LOOP)

    def test_findings_as_text(self):
        done = self.weir("topology", "loop.toml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("routing loop", done.stdout)
        self.assertIn("1 finding\n", done.stdout)

    def test_findings_as_json(self):
        done = self.weir("topology", "loop.toml", "--json")
        topology = json.loads(done.stdout)
        self.assertEqual([finding["kind"] for finding in topology["findings"]], ["routing loop"])
        self.assertIn({"name": "relay", "kind": "site"}, topology["nodes"])
        names = {node["name"] for node in topology["nodes"]}
        for arc in topology["arcs"]:
            self.assertLessEqual({arc["from"], arc["to"]}, names)

    def test_drawing_for_graphviz(self):
        done = self.weir("topology", "loop.toml", "--dot", "t.dot")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("digraph", (self.folder / "t.dot").read_text(encoding="utf-8"))

    def test_domain_that_does_not_exist(self):
        done = self.weir("topology", "loop.toml", "--set", 'source.mail.to=["b.example"]')
        self.assertEqual(done.returncode, 2)
        self.assertIn("no such domain", done.stderr)

    def test_scenario_without_systems(self):
        done = self.weir("topology", "small.toml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Nothing found", done.stdout)


if __name__ == "__main__":
    unittest.main()
