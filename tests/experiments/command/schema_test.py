"""`weir schema` accepts what the reader accepts and refuses what an editor can see is wrong."""

import copy
import datetime
import json
import os
import subprocess
import tempfile
import tomllib
import unittest
from pathlib import Path

import jsonschema

SCENARIOS = Path("experiments/scenarios")
LATER_KEYWORDS = {"const", "if", "then", "else", "prefixItems", "contains", "propertyNames",
                  "$defs", "examples", "exclusiveMinimum", "exclusiveMaximum"}


def weir(*arguments):
    return subprocess.run([os.environ["WEIR_PROGRAM"], *map(str, arguments)],
                          capture_output=True, check=False, text=True)


def plain(value):
    """TOML as JSON: dates become texts."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


def keywords(schema):
    """The keywords in use; names of properties and definitions are none."""
    if isinstance(schema, list):
        for inner in schema:
            yield from keywords(inner)
    elif isinstance(schema, dict):
        for key, inner in schema.items():
            yield key
            if key in ("properties", "definitions"):
                for named in inner.values():
                    yield from keywords(named)
            elif key not in ("enum", "default", "required"):
                yield from keywords(inner)


class SchemaTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(weir("schema").stdout)
        cls.validator = jsonschema.Draft4Validator(cls.schema)
        cls.example = plain(tomllib.loads(weir("init").stdout))

    def accepts(self, scenario):
        return not list(self.validator.iter_errors(scenario))

    def changed(self, path, value):
        """The example with the value at a dotted path replaced."""
        scenario = copy.deepcopy(self.example)
        *folders, key = path.split("/")
        here = scenario
        for folder in folders:
            here = here.setdefault(folder, {})
        here[key] = value
        return scenario

    def reader_accepts(self, toml):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "s.toml")
            file.write_text(toml, encoding="utf-8")
            return weir("check", file).returncode == 0

    def test_is_a_schema_of_draft_4(self):
        jsonschema.Draft4Validator.check_schema(self.schema)
        self.assertEqual(set(keywords(self.schema)) & LATER_KEYWORDS, set())

    def test_has_all_it_refers_to(self):
        def references(schema):
            if isinstance(schema, dict):
                if isinstance(schema.get("$ref"), str):
                    yield schema["$ref"]
                schema = list(schema.values())
            if isinstance(schema, list):
                for inner in schema:
                    yield from references(inner)
        for reference in references(self.schema):
            self.assertIn(reference.removeprefix("#/definitions/"), self.schema["definitions"])

    def test_accepts_every_scenario_that_comes_with_weir(self):
        for file in sorted(SCENARIOS.glob("*.toml")):
            with self.subTest(file=file.name):
                self.validator.validate(plain(tomllib.loads(file.read_text(encoding="utf-8"))))

    def test_accepts_what_init_writes(self):
        self.validator.validate(self.example)

    def test_accepts_every_default(self):
        """The effective scenario has every parameter with its value."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "my.toml")
            file.write_text(weir("init").stdout, encoding="utf-8")
            effective = weir("check", "--effective", file)
        self.assertEqual(effective.returncode, 0, effective.stderr)
        self.validator.validate(plain(tomllib.loads(effective.stdout)))

    def test_accepts_models_by_name_or_as_tables_and_distributions_everywhere(self):
        dist = {"dist": "uniform", "from": "1 h", "to": "3 h"}
        for path, value in {
                "lane/retry": {"model": "fixed-list", "waits": ["5 min", "1 h"]},
                "lane/pause": dist,
                "lane/message_rate": "none",
                "lane/connection_limit": {"dist": "lognormal", "median": 10, "sigma": 0.5},
                "pool/all/lane/retry": "exim",
                "pool/all/selection": {"dist": "choice", "of": ["random", "least-used"]},
                "site/exchange-online/throttle/second": "greylisting",
                "site/exchange-online/connector/own/type": "partner",
                "variant/other/anything": {"at": ["all"]},
                "experiment/where": "days > 3", "experiment/replications": 7,
                "experiment/replications ": {"min": 10, "precision": "5 %", "metric": "windows"},
                "experiment/zip": [["a", "b"]],
                "experiment/factors/lane.pause": ["1 h", "2 h"],
                "experiment/factors/days": {"path": "plan.warmup.days", "from": 1, "to": 5,
                                            "step": 2},
                "experiment/factors/pause": {"path": "lane.pause", "from": "1 h", "to": "9 h",
                                             "levels": 3, "scale": "log"},
                "start": "2026-03-02T08:30:00"}.items():
            with self.subTest(path=path):
                self.assertTrue(self.accepts(self.changed(path.strip(), value)))

    def test_refuses_misspelt_keys_wherever_the_reader_does(self):
        for path in ("horizn", "lane/conection_limit", "source/daily/unknwn", "plan/warmup/dayz",
                     "site/exchange-online/throtle", "site/exchange-online/throttle/ip/probatoin",
                     "source/daily/arrivals/rte", "address/new/ipp", "notices/sze",
                     "pool/all/lane/conection_limit", "experiment/replicatoins",
                     "experiment/factors/days/pth"):
            with self.subTest(path=path):
                self.assertFalse(self.accepts(self.changed(path, "1 h")))

    def test_refuses_a_bare_number_where_a_unit_is_due(self):
        for path, value in {"horizon": 14, "lane/pause": 900, "lane/message_rate": 5,
                            "source/daily/unknown": 0.5,
                            "plan/warmup/hold": 24,
                            "site/exchange-online/throttle/ip/window": 24,
                            "lane/transfer_time": {"dist": "uniform", "from": 1, "to": 3}}.items():
            with self.subTest(path=path):
                self.assertFalse(self.accepts(self.changed(path, value)))

    def test_refuses_wrong_words_types_and_bounds(self):
        for path, value in {"lane/retry": "postfixx", "lane/connection_limit": 0,
                            "lane/connection_limit ": "20",
                            "lane/messages_per_connection": 1.5,
                            "site/exchange-online/reply_times": "sometimes",
                            "site/exchange-online/throttle": {"model": "none"},
                            "source/daily/size": {"model": "lognormal"},
                            "experiment/replications": 0, "experiment/factors/x": 3,
                            "experiment/replications ": {"min": 1, "metric": "windows"},
                            "experiment/factors/y": {"path": "lane.pause", "scale": "lg"},
                            "plan/warmup": "flat"}.items():
            with self.subTest(path=path):
                self.assertFalse(self.accepts(self.changed(path.strip(), value)))

    def test_agrees_with_the_reader(self):
        base = weir("init").stdout
        for old, new in {"connection_limit = 10": "conection_limit = 10",
                         'horizon = "14 d"': "horizon = 14",
                         'retry = "postfix"': 'retry = "postfx"',
                         "days = 10": "dayz = 10",
                         'rate = "20/h"': "rate = 20",
                         'label = "flat"': 'label = "flat"\nstrat = "2026-03-02"'}.items():
            with self.subTest(change=new):
                self.assertIn(old, base)
                toml = base.replace(old, new)
                self.assertFalse(self.reader_accepts(toml))
                self.assertFalse(self.accepts(plain(tomllib.loads(toml))))


if __name__ == "__main__":
    unittest.main()
