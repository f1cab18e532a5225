"""What other programs read in a result file: h5py, xarray with both engines, ncdump."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import h5py
import numpy
import xarray

WRITER = pathlib.Path(os.environ["WEIR_BUILD_DIR"]) / "tests" / "analysis" / "write_result"
ENGINES = ("h5netcdf", "netcdf4")
HOURS = numpy.arange(100)
DATES = numpy.datetime64("2026-01-05T00:00:00", "ns") + HOURS * numpy.timedelta64(3600, "s")
ACCEPTED = numpy.stack([HOURS, -HOURS, 2**60 + HOURS], axis=1)
LANES = ["mta1 → exchange", "mta1 → 日本", "mta2 → exchange"]


def text(value):
    """h5netcdf leaves fixed-length strings as bytes."""
    return value.decode() if isinstance(value, bytes) else str(value)


class WritesFile(unittest.TestCase):
    MODE = "sample"

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.path = str(pathlib.Path(cls.folder.name) / "run.h5")
        subprocess.run([WRITER, cls.MODE, cls.path], check=True)


class Xarray(WritesFile):
    def each_engine(self, group=None):
        for engine in ENGINES:
            with xarray.open_dataset(self.path, engine=engine, group=group) as dataset:
                yield dataset

    def test_reads_integers_exactly(self):
        for dataset in self.each_engine():
            self.assertEqual(dataset["accepted"].dims, ("time", "lane"))
            numpy.testing.assert_array_equal(dataset["accepted"].values, ACCEPTED)

    def test_decodes_dates(self):
        for dataset in self.each_engine():
            numpy.testing.assert_array_equal(dataset["time"].values, DATES)

    def test_decodes_fractions_of_a_second(self):
        expected = DATES[0] + numpy.arange(5) * numpy.timedelta64(250, "ms")
        for dataset in self.each_engine("fine"):
            numpy.testing.assert_array_equal(dataset["instant"].values, expected)
            numpy.testing.assert_array_equal(dataset["queue"].values, numpy.arange(5) ** 2)

    def test_reads_missing_rows_as_nan(self):
        expected = numpy.where(HOURS % 10 == 3, numpy.nan, 0.1 * HOURS)
        for dataset in self.each_engine():
            numpy.testing.assert_array_equal(dataset["delay"].values, expected)

    def test_reads_labels_in_utf8(self):
        for dataset in self.each_engine():
            self.assertEqual([text(label) for label in dataset["lane"].values], LANES)
            row = dataset["accepted"].sel(lane=LANES[1])
            numpy.testing.assert_array_equal(row.values, -HOURS)

    def test_reads_units_and_names(self):
        for dataset in self.each_engine():
            self.assertEqual(text(dataset["delay"].attrs["units"]), "s")
            self.assertEqual(text(dataset["delay"].attrs["long_name"]), "mean delay")
            self.assertEqual(text(dataset["accepted"].attrs["cell_methods"]), "time: sum")
            self.assertEqual(text(dataset["accepted"].attrs["source"]), "y" * 300)
            self.assertEqual(text(dataset["time"].attrs["utc_offset"]), "+01:00")
            self.assertEqual(text(dataset.attrs["title"]), "Warm-up, größer")
            self.assertEqual(dataset.attrs["seed"], 42)
            self.assertEqual(dataset.attrs["complete"], 1)

    def test_reads_scalars(self):
        for dataset in self.each_engine("summary"):
            self.assertEqual(dataset["delivered"].item(), 4711)
            self.assertEqual(dataset["share_late"].item(), 0.125)
            self.assertEqual(dataset.attrs["confidence"], 0.95)

    def test_reads_arrays(self):
        expected = numpy.sqrt(numpy.arange(120.0)).reshape(2, 60)
        expected[0, 7] = numpy.nan
        for dataset in self.each_engine():
            self.assertEqual(dataset["delivered"].dims, ("variant", "receiver"))
            numpy.testing.assert_array_equal(dataset["delivered"].values, expected)
        for dataset in self.each_engine("latency/exchange"):
            numpy.testing.assert_array_equal(dataset["bucket_count"].values, [5, 6, 7])
            numpy.testing.assert_array_equal(dataset["bucket_lower"].values, [0.0, 1.0, 1.0202])

    def test_reads_long_texts(self):
        expected = 'name = "Größe"\n' + "x" * 200_000 + "\n"
        for dataset in self.each_engine("config"):
            self.assertEqual(text(dataset["scenario_toml"].item()), expected)

    def test_turns_into_a_table(self):
        for dataset in self.each_engine():
            table = dataset[["accepted", "delay"]].to_dataframe()
            self.assertEqual(len(table), 300)


class Counts(WritesFile):
    """Series of integers have 32 bits until a value needs 64, and then all of them have."""

    MODE = "counts"
    ROWS = numpy.arange(100)

    def expected(self, wide):
        even = self.ROWS % 2 == 0
        column = numpy.where(even, 2**31 - 1 - self.ROWS, self.ROWS - 2**31)
        needs_64 = numpy.where(even, 2**31, -2**31 - 1)
        return numpy.stack([column, numpy.where(self.ROWS >= wide, needs_64, self.ROWS),
                            2 * self.ROWS], axis=1)

    def test_are_exact_and_as_wide_as_their_values_need(self):
        for engine in ENGINES:
            with xarray.open_dataset(self.path, engine=engine) as dataset:
                for wide in (0, 37, 99, 100):
                    series = dataset[f"counts_{wide}"]
                    self.assertEqual(series.dims, ("time", "lane"))
                    self.assertEqual(series.dtype, numpy.int64 if wide < 100 else numpy.int32)
                    self.assertEqual(text(series.attrs["long_name"]), "counts")
                    numpy.testing.assert_array_equal(series.values, self.expected(wide))

    def test_rows_longer_than_a_chunk_are_exact(self):
        with h5py.File(self.path, "r") as file:
            crowd = file["crowd"].shape[0]
            row = file["long_row"]
            self.assertLess(row.chunks[1], crowd)
            self.assertNotEqual(crowd % row.chunks[1], 0)
            self.assertEqual(row.dtype, numpy.int64)
            expected = self.ROWS[:, None] * (numpy.arange(crowd) + 2)
            expected[50, crowd - 1] += 2**40
            numpy.testing.assert_array_equal(row[()], expected)
            reals = file["long_rows"]
            cells = 1e-6 * numpy.arange(2 * crowd).reshape(2, crowd)
            for at in self.ROWS:
                wanted = at + cells if at % 3 else numpy.full_like(cells, numpy.nan)
                numpy.testing.assert_array_equal(reals[at], wanted)

    def test_names_order_and_scales_are_as_if_nothing_had_been_widened(self):
        with h5py.File(self.path, "r") as file:
            for name in ("counts_0", "counts_37", "counts_99", "counts_100"):
                self.assertEqual([scale[0].name for scale in file[name].dims], ["/time", "/lane"])
                self.assertEqual(list(file[name].attrs),
                                 list(file["counts_100"].attrs))
            scales = {file[reference].name
                      for reference, _ in file["lane"].attrs["REFERENCE_LIST"]}
            self.assertEqual(scales, {"/counts_0", "/counts_37", "/counts_99", "/counts_100"})

    def test_ncdump_reads_them(self):
        dump = subprocess.run(["ncdump", "-v", "counts_37", self.path], check=True, text=True,
                              stdout=subprocess.PIPE).stdout
        self.assertIn("int64 counts_37(time, lane) ;", dump)
        self.assertIn("int counts_100(time, lane) ;", dump)
        self.assertIn("-2147483611, -2147483649, 74", dump)


class EmptySeries(WritesFile):
    MODE = "empty"

    def test_can_be_read(self):
        for engine in ENGINES:
            with xarray.open_dataset(self.path, engine=engine) as dataset:
                self.assertEqual(dataset["accepted"].shape, (0,))


class H5py(WritesFile):
    def setUp(self):
        self.file = h5py.File(self.path, "r")
        self.addCleanup(self.file.close)

    def datasets(self):
        found = []
        self.file.visititems(
            lambda _, item: found.append(item) if isinstance(item, h5py.Dataset) else None)
        return found

    def test_finds_a_scale_on_every_dimension(self):
        self.assertEqual(len(self.datasets()), 14)
        for dataset in self.datasets():
            if dataset.attrs.get("CLASS") != b"DIMENSION_SCALE":
                for dimension in dataset.dims:
                    self.assertEqual(len(dimension), 1, dataset.name)

    def test_finds_the_filters_on_every_long_dataset(self):
        for dataset in self.datasets():
            if dataset.maxshape and (dataset.maxshape[0] is None or dataset.size >= 128):
                self.assertTrue(dataset.shuffle and dataset.fletcher32, dataset.name)
                self.assertEqual((dataset.compression, dataset.compression_opts), ("gzip", 1))

    def test_finds_creation_order_kept(self):
        order = h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED
        for item in [self.file["summary"], self.file["latency/exchange"], self.file["/"]]:
            self.assertEqual(item.id.get_create_plist().get_link_creation_order(), order)
            self.assertEqual(item.id.get_create_plist().get_attr_creation_order(), order)
        for dataset in self.datasets():
            self.assertEqual(dataset.id.get_create_plist().get_attr_creation_order(), order)

    def test_finds_no_times_of_writing(self):
        for dataset in self.datasets():
            self.assertFalse(dataset.id.get_create_plist().get_obj_track_times(), dataset.name)

    def test_finds_fixed_length_text_attributes(self):
        for item in [self.file, *self.datasets()]:
            for name in item.attrs:
                kind = item.attrs.get_id(name).get_type()
                if isinstance(kind, h5py.h5t.TypeStringID) and name != "CLASS" and name != "NAME":
                    self.assertFalse(kind.is_variable_str(), name)
                    self.assertEqual(kind.get_strpad(), h5py.h5t.STR_NULLTERM)

    def test_finds_the_format_of_hdf5_1_8(self):
        self.assertEqual(pathlib.Path(self.path).read_bytes()[8], 2)  # version of the superblock


class Ncdump(WritesFile):
    def dump(self, *options):
        return subprocess.run(["ncdump", *options, self.path], check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    def test_lists_dimensions_units_and_groups(self):
        header = self.dump("-h")
        for line in ["time = UNLIMITED ; // (100 currently)", "lane = 3 ;",
                     "int64 accepted(time, lane) ;", 'delay:units = "s" ;',
                     "double delivered(variant, receiver) ;", "group: summary {",
                     'time:units = "seconds since 2026-01-05 00:00:00" ;']:
            self.assertIn(line, header)

    def test_decodes_dates(self):
        dates = self.dump("-t", "-v", "time")
        self.assertIn('time = "2026-01-05", "2026-01-05 01", "2026-01-05 02"', dates)
        self.assertIn('"2026-01-09 03" ;', dates)


class SameBytes(unittest.TestCase):
    def test_come_out_of_the_same_input(self):
        with tempfile.TemporaryDirectory() as folder:
            contents = []
            for name in ("a.h5", "b.h5"):
                path = pathlib.Path(folder) / name
                subprocess.run([WRITER, "sample", path], check=True)
                contents.append(path.read_bytes())
        self.assertEqual(contents[0], contents[1])


if __name__ == "__main__":
    unittest.main()
