"""Result files of real runs, read by h5py, xarray and ncdump: names, units, dates and values, and
the same figures as in the JSON summary."""

import json
import math
import os
import subprocess
import sys
import unittest
import warnings
from pathlib import Path

import h5py
import numpy as np
import xarray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "command"))
from program import PROGRAM, SMALL, ProgramTest  # noqa: E402

SCENARIO = SMALL + """
[address.second]
ip = "198.51.100.7"
[site.other]
[source.elsewhere]
site = "other"
arrivals = { model = "poisson", rate = "30/h" }
recipients = "zipf"
spam = "3 %"
"""
COUNTS = ("arrived", "attempted", "accepted", "deferred", "rejected", "delivered")


class RunFileTest(unittest.TestCase):
    """One run for all tests; nobody writes to it."""

    @classmethod
    def setUpClass(cls):
        maker = ProgramTest()
        maker.setUp()
        cls.addClassCleanup(maker.doCleanups)
        scenario = SCENARIO.replace("[site.receiver.throttle.ip]",
                                    "[site.receiver]\ntransient = \"10 %\"\n"
                                    "[site.receiver.throttle.ip]")
        scenario = scenario.replace("[source.mail]", "[source.mail]\nsite = \"receiver\"")
        scenario = scenario.replace("[source.daily]", "[source.daily]\nsite = \"receiver\"")
        scenario = scenario.replace("title =", 'utc_offset = "+09:00"\ntitle =')
        maker.write("s.toml", scenario)
        cls.scenario = scenario
        done = maker.weir("run", "s.toml", "--json", "-o", "r.h5", "--set", "lane.pause=5 min",
                          "--variant", "all-at-once")
        assert done.returncode == 0, done.stderr
        cls.summary = json.loads(done.stdout)
        cls.path = maker.folder / "r.h5"
        cls.file = h5py.File(cls.path)
        cls.addClassCleanup(cls.file.close)

    def total(self, name):
        return int(self.file[name][()].sum())

    def test_series_add_up_to_the_summary(self):
        attempts = self.summary["attempts"]
        for kind in ("lane", "address", "site", "source"):
            self.assertEqual(self.total(f"{kind}_attempted"), attempts["total"], kind)
            for name in ("accepted", "deferred", "rejected"):
                self.assertEqual(self.total(f"{kind}_{name}"), attempts[name], f"{kind}_{name}")
        self.assertEqual(self.total("source_arrived"), self.summary["recipients"]["submitted"])
        self.assertEqual(self.total("source_delivered"), self.summary["recipients"]["delivered"])

    def test_series_by_source_are_those_of_the_sources(self):
        names = list(self.file["source"].asstr()[()])
        self.assertEqual(names, list(self.summary["sources"]))
        for i, name in enumerate(names):
            recipients = self.summary["sources"][name]["recipients"]
            self.assertEqual(int(self.file["source_arrived"][:, i].sum()), recipients["submitted"])
            self.assertEqual(int(self.file["source_delivered"][:, i].sum()),
                             recipients["delivered"])
            self.assertEqual(int(self.file["source_queue"][-1, i]), recipients["in_flight"])
            self.assertEqual(int(self.file["source_held"][-1, i]), recipients["held"])

    def test_addresses_and_sites_are_sums_of_their_lanes(self):
        lanes = [label.split("@") for label in self.file["lane"].asstr()[()]]
        for kind, part in (("address", 0), ("site", 1)):
            for name in COUNTS + ("queue",):
                whole = self.file[f"{kind}_{name}"][()]
                for i, label in enumerate(self.file[kind].asstr()[()]):
                    own = [j for j, lane in enumerate(lanes) if lane[part] == label]
                    np.testing.assert_array_equal(
                        whole[:, i], self.file[f"lane_{name}"][()][:, own].sum(axis=1))

    def test_summary_group_is_the_json_object(self):
        group = {name: dataset[()] for name, dataset in self.file["summary"].items()}
        for name, value in self.summary["recipients"].items():
            if name != "expanded":
                self.assertEqual(int(group[name]), value, name)
        self.assertEqual(int(group["messages"]), self.summary["messages"])
        self.assertEqual(int(group["attempts"]), self.summary["attempts"]["total"])
        self.assertEqual(int(group["windows_opened"]), self.summary["windows"]["opened"])
        self.assertEqual(float(group["window_hours"]), self.summary["windows"]["hours"])
        self.assertEqual(int(group["events"]), self.summary["events"])
        for name, value in self.summary["delay_s"].items():
            stored = float(group[f"delay_{name}"])
            self.assertTrue(math.isnan(stored) if value is None else stored == value, name)

    def test_reputation_and_state_end_as_in_the_summary(self):
        for i, label in enumerate(self.file["lane"].asstr()[()]):
            address, site = label.split("@")
            figures = self.summary["addresses"][f"{address}@{site}"]
            stored = float(self.file["lane_reputation"][-1, i])
            if figures.get("reputation_end") is None:
                self.assertTrue(math.isnan(stored), label)
                self.assertEqual(int(self.file["lane_state"][-1, i]), -1)
            else:
                self.assertEqual(stored, figures["reputation_end"])
                self.assertIn(int(self.file["lane_state"][-1, i]), range(4))

    def test_delay_histogram_gives_the_quantiles_within_its_error(self):
        for source in ("mail", "elsewhere"):
            group = self.file[f"latency/{source}"]
            lower, counts = group["bucket_lower"][()], group["recipients"][()]
            never = int(group["never_delivered"][()])
            recipients = self.summary["sources"][source]["recipients"]
            self.assertEqual(int(counts.sum()), recipients["delivered"] + recipients["junked"])
            released = recipients["submitted"] - recipients["held"]
            self.assertEqual(int(counts.sum()) + never, released)
            error = float(group["relative_error"][()])
            for level, name in ((0.5, "p50"), (0.9, "p90"), (0.99, "p99")):
                printed = self.summary["sources"][source]["delay_s"][name]
                rank = math.ceil(level * released)
                bucket = int(np.searchsorted(np.cumsum(counts), rank))
                if bucket == len(lower):
                    self.assertIsNone(printed, name)
                    continue
                growth = (1 + error) / (1 - error)  # of a bucket's bounds
                self.assertGreaterEqual(printed, lower[bucket] * (1 - 2 * error))
                self.assertLessEqual(printed, lower[bucket] * growth * (1 + 2 * error))

    def test_no_count_is_negative(self):
        def check(name, item):
            if isinstance(item, h5py.Dataset) and item.dtype.kind == "i" and "state" not in name \
                    and not name.startswith("digest/"):
                self.assertGreaterEqual(int(item[()].min()), 0, name)

        self.file.visititems(check)

    def test_every_number_has_units_and_words(self):
        def check(name, item):
            if isinstance(item, h5py.Dataset) and item.dtype.kind in "if" \
                    and not name.startswith("config"):
                self.assertIn("units", item.attrs, name)
                if item.attrs.get("CLASS") != b"DIMENSION_SCALE" or "bucket" in name:
                    self.assertIn("long_name", item.attrs, name)

        self.file.visititems(check)

    def test_provenance(self):
        attributes = self.file.attrs
        self.assertEqual(f"{int(attributes['fingerprint'], 16):016x}", self.summary["fingerprint"])
        self.assertEqual(int(attributes["seed"]), 1)
        text = {name: self.file[f"config/{name}"].asstr()[()]
                for name in ("scenario_toml", "effective_toml")}
        self.assertEqual(text["scenario_toml"], self.scenario)
        self.assertIn(b"--variant all-at-once", attributes["history"])
        self.assertIn('pause = "5 min"', text["effective_toml"])
        self.assertNotIn("dist", text["effective_toml"])

    def test_effective_scenario_runs_and_gives_the_same_events(self):
        folder = self.path.parent
        (folder / "effective.toml").write_text(self.file["config/effective_toml"].asstr()[()])
        done = subprocess.run([PROGRAM, "run", "effective.toml", "--json", "--no-result"],
                              cwd=folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["fingerprint"], self.summary["fingerprint"])

    def test_xarray_reads_names_units_dates_and_values(self):
        for engine in ("h5netcdf", "netcdf4"):
            with self.subTest(engine), warnings.catch_warnings():
                warnings.filterwarnings("error", module="xarray")
                with xarray.open_dataset(self.path, engine=engine) as data:
                    self.assertEqual(data["source_arrived"].dims, ("time", "source"))
                    self.assertEqual(data["lane_queue"].dims, ("time", "lane"))
                    self.assertEqual(list(data["site"].values), ["receiver", "other"])
                    # Midnight in Tokyo is 15:00 the day before in UTC; the first row is an hour on.
                    self.assertEqual(data["time"].values[0],
                                     np.datetime64("2026-03-01T16:00:00"))
                    self.assertEqual(len(data["time"]), 72)
                    self.assertEqual(data["source_arrived"].attrs["units"], "1")
                    self.assertEqual(int(data["source_arrived"].sel(source="daily").sum()),
                                     self.summary["sources"]["daily"]["recipients"]["submitted"])

    def test_ncdump_reads_dates(self):
        done = subprocess.run(["ncdump", "-t", "-v", "time", self.path], capture_output=True,
                              text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn('"2026-03-01 16"', done.stdout)
        self.assertIn("source_arrived:units", done.stdout)

    def test_no_wall_clock_in_the_file(self):
        done = subprocess.run(["ncdump", "-h", self.path], capture_output=True, text=True,
                              check=False)
        for word in ("wall", "rss", "created", "hostname", os.uname().nodename):
            self.assertNotIn(word, done.stdout)


class VariantsFileTest(ProgramTest):
    def setUp(self):
        super().setUp()
        done = self.weir("run", "small.toml", "--variants", "--replications", "5", "--json",
                         "--set", "report=mail", "-o", "v.h5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.json = json.loads(done.stdout)

    def test_figures_by_variant_and_receiver_are_those_of_the_summary(self):
        with xarray.open_dataset(self.folder / "v.h5", engine="h5netcdf") as data:
            self.assertEqual(list(data["variant"].values), list(self.json["variants"]))
            self.assertEqual(data["windows"].dims, ("variant", "receiver"))
            self.assertEqual(data["delivered"].dims, ("variant", "receiver", "day"))
            for name, figures in self.json["variants"].items():
                own = data.sel(variant=name)
                self.assertEqual(int(own["attempts"].sum()), figures["attempts"]["total"])
                self.assertEqual(int(own["delivered_all"].sum()),
                                 figures["recipients"]["delivered"])
                self.assertEqual(int((own["windows"] > 0).sum()),
                                 round(figures["throttled"]["share"] * 5))
                self.assertAlmostEqual(float(own["delivered"].sel(day=1).mean()),
                                       figures["delivered_by_day"]["1"]["mean"], places=9)

    def test_both_engines_and_ncdump_read_it(self):
        with xarray.open_dataset(self.folder / "v.h5", engine="netcdf4") as data:
            self.assertEqual(int(data.sizes["receiver"]), 5)
            self.assertEqual(data["delay"].attrs["units"], "s")
        done = subprocess.run(["ncdump", "-h", self.folder / "v.h5"], capture_output=True,
                              text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_scenario_is_in_it_with_its_unknowns(self):
        with h5py.File(self.folder / "v.h5") as file:
            self.assertEqual(file["config/scenario_toml"].asstr()[()], SMALL)
            self.assertIn("lognormal", file["config/effective_toml"].asstr()[()])


if __name__ == "__main__":
    unittest.main()
