#include "experiments/trace_file/trace_reader.h"

#include <array>
#include <cstdlib>

#include <gtest/gtest.h>
#include <zlib.h>

#include "experiments/trace_file/trace_writer.h"
#include "tests/experiments/trace_file/trace_support.h"

namespace weir::experiments {
namespace {

using namespace std::chrono_literals;

const std::string kHead =
    "# weir-trace 1\n# start 2026-11-22T20:34:20\nseconds,bytes,recipients,domain,sender,kind\n";

class TraceReaderTest : public testing::FolderTest {
 protected:
  /// Reads the whole file; ":line: text" of the error, or "fine".
  std::string verdict(const std::string& text) const {
    fault_ = TraceFault::unreadable;
    try {
      check_trace(write("t", text));
    } catch (const TraceError& error) {
      fault_ = error.fault();
      return std::string{error.what()}.substr(path("t").size());
    }
    return "fine";
  }
  TraceFault fault() const { return fault_; }

  std::string write_gzip(const std::string& name, const std::string& text) const {
    gzFile file = ::gzopen(path(name).c_str(), "wb");
    ::gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    ::gzclose(file);
    return path(name);
  }

 private:
  mutable TraceFault fault_{};
};

TEST_F(TraceReaderTest, ReadsEveryColumn) {
  TraceReader reader{write("t", kHead + "3.25,1141,2,D.E,a@b.c,message\n4,5,1,x.y,,notice\n")};
  EXPECT_EQ(reader.start(), std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} +
                                std::chrono::seconds{74'060});
  const auto first = reader.next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->at, SimTime{3s + 250ms});
  EXPECT_EQ(first->size, Bytes{1141});
  EXPECT_EQ(first->recipients, 2U);
  EXPECT_EQ(reader.domains()[first->domain], "d.e");
  EXPECT_NE(first->sender, 0U);
  const auto second = reader.next();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->sender, 0U);
  EXPECT_EQ(second->kind, TraceKind::notice);
  EXPECT_FALSE(reader.next());
}

TEST_F(TraceReaderTest, GivesBackWhatTheWriterWrote) {
  TraceWriter writer{path("t")};
  writer.begin({.start = {}, .comments = {"a, \"comment\""}});
  for (int i = 0; i < 1000; ++i)
    writer.write({.at = SimTime{i * 123'456'789ns},
                  .size = Bytes{i},
                  .recipients = 1,
                  .domain = i % 2 == 0 ? "d.e" : "\"odd, one\" ",
                  .sender = "a@b.c",
                  .kind = TraceKind::message});
  writer.finish();
  TraceReader reader{path("t")};
  for (int i = 0; i < 1000; ++i) {
    const auto arrival = reader.next();
    ASSERT_EQ(arrival->at, SimTime{i * 123'456'789ns});
    ASSERT_EQ(reader.domains()[arrival->domain], i % 2 == 0 ? "d.e" : "\"odd, one\" ");
  }
}

TEST_F(TraceReaderTest, HandsOutBlocks) {
  TraceReader reader{write("t", kHead + "1,1,1,a,,message\n2,1,1,b,,message\n3,1,1,a,,message\n")};
  std::array<TraceArrival, 2> block{};
  EXPECT_EQ(reader.read(block), 2U);
  EXPECT_EQ(block[1].at, SimTime{2s});
  EXPECT_EQ(reader.read(block), 1U);
  EXPECT_EQ(block[0].at, SimTime{3s});
  EXPECT_EQ(block[0].domain, 0U);
  EXPECT_EQ(reader.read(block), 0U);
}

TEST_F(TraceReaderTest, ReadsGzipAndCarriageReturns) {
  const auto file =
      write_gzip("t.gz", kHead + "1,1,1,a,,message\r\n\r\n# remark\r\n2,1,1,b,,message");
  EXPECT_EQ(check_trace(file).arrivals, 2U);
}

TEST_F(TraceReaderTest, ReadsATraceWhoseColumnsWereCutOrMoved) {
  const auto text = "# weir-trace 1\n# start 2026-11-22T20:34:20Z\nrecipients,seconds\n4,1.5\n";
  TraceReader reader{write("t", text)};
  const auto arrival = reader.next();
  EXPECT_EQ(arrival->at, SimTime{1500ms});
  EXPECT_EQ(arrival->recipients, 4U);
  EXPECT_EQ(reader.domains()[arrival->domain], "");
}

TEST_F(TraceReaderTest, CountsATraceThrough) {
  write("t", kHead + "1,1,2,a,,message\n2,1,3,b,,notice\n2,1,1,a,,message\n");
  const auto totals = check_trace(path("t"));
  EXPECT_EQ(totals.arrivals, 3U);
  EXPECT_EQ(totals.recipients, 6U);
  EXPECT_EQ(totals.notices, 1U);
  EXPECT_EQ(totals.domains, 2U);
  EXPECT_EQ(totals.first, SimTime{1s});
  EXPECT_EQ(totals.last, SimTime{2s});
}

TEST_F(TraceReaderTest, RefusesAMissingFile) {
  try {
    const TraceReader reader{path("none")};
    FAIL() << "opened a file that is not there";
  } catch (const TraceError& error) {
    EXPECT_EQ(error.fault(), TraceFault::unreadable);
    EXPECT_NE(std::string{error.what()}.find("check the path"), std::string::npos);
  }
}

TEST_F(TraceReaderTest, RefusesATraceWithoutArrivals) {
  EXPECT_EQ(verdict(kHead),
            ":3: the trace has no arrivals; at least one line is needed below the "
            "column names");
  EXPECT_EQ(fault(), TraceFault::empty);
  EXPECT_EQ(verdict(""), ":0: the file is empty; make it with: weir import postfix LOG");
  EXPECT_EQ(fault(), TraceFault::empty);
}

TEST_F(TraceReaderTest, RefusesAnUnsortedTraceAndTheRemedyWorks) {
  const auto text = kHead + "10,1,1,a,,message\n9.5,1,1,b,,message\n9.5,1,1,a,,message\n";
  EXPECT_EQ(verdict(text),
            ":5: the arrival at 9.5 s is earlier than the one in line 4 at 10 s; "
            "sort the trace: LC_ALL=C sort -s -t, -k1,1n FILE");
  EXPECT_EQ(fault(), TraceFault::unsorted);
  const auto command = "LC_ALL=C sort -s -t, -k1,1n " + path("t") + " > " + path("sorted");
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(check_trace(path("sorted")).arrivals, 3U);
}

TEST_F(TraceReaderTest, RefusesNumbersThatAreNone) {
  EXPECT_EQ(verdict(kHead + "x,1,1,a,,message\n"),
            ":4: seconds = 'x': a number of seconds from 0 on, with up to 9 decimals; correct the "
            "line or import the log again");
  for (const auto* row :
       {",1,1,a,,message", "-1,1,1,a,,message", "-0,1,1,a,,message", "1.,1,1,a,,message",
        "1.-5,1,1,a,,message", "1.0000000001,1,1,a,,message", "1e3,1,1,a,,message",
        "9300000000,1,1,a,,message", "1,-1,1,a,,message", "1,1.5,1,a,,message", "1,1,0,a,,message",
        "1,1,4294967296,a,,message", "1,1,1,a,,spam", "nan,1,1,a,,message", " 1,1,1,a,,message"}) {
    EXPECT_NE(verdict(kHead + row + "\n"), "fine") << row;
    EXPECT_EQ(fault(), TraceFault::bad_value) << row;
  }
}

TEST_F(TraceReaderTest, RefusesTheWrongNumberOfFields) {
  EXPECT_NE(verdict(kHead + "1,1,1,a,message\n").find("6 fields were expected"), std::string::npos);
  EXPECT_NE(verdict(kHead + "1,1,1,a,,message,x\n").find("found more"), std::string::npos);
  EXPECT_NE(verdict(kHead + "1,1,1,\"a,,message\n").find("a quote is not closed"),
            std::string::npos);
  EXPECT_NE(verdict(kHead + "1,1,1,\"a\"b,,message\n").find("text follows a closing quote"),
            std::string::npos);
}

TEST_F(TraceReaderTest, RefusesAnotherVersionAndOtherFiles) {
  EXPECT_NE(verdict("# weir-trace 2\n").find("'# weir-trace 1' was expected"), std::string::npos);
  EXPECT_EQ(fault(), TraceFault::version);
  EXPECT_NE(verdict(std::string(100, '\x01')), "fine");
  EXPECT_EQ(fault(), TraceFault::version);
}

TEST_F(TraceReaderTest, RefusesAHeaderThatLacksSomething) {
  const std::string version = "# weir-trace 1\n";
  EXPECT_NE(verdict(version + "seconds\n1\n").find("no start date"), std::string::npos);
  EXPECT_EQ(fault(), TraceFault::header);
  EXPECT_NE(verdict(version + "# start soon\nseconds\n1\n").find("start = 'soon'"),
            std::string::npos);
  EXPECT_NE(verdict(version + "# start 2026-11-22T00:00:00\nsecond\n").find("unknown column"),
            std::string::npos);
  EXPECT_NE(verdict(version + "# start 2026-11-22T00:00:00\nseconds,seconds\n").find("twice"),
            std::string::npos);
  EXPECT_NE(verdict(version + "# start 2026-11-22T00:00:00\nbytes\n").find("is missing"),
            std::string::npos);
  EXPECT_NE(verdict(version).find("the line of column names is missing"), std::string::npos);
}

TEST_F(TraceReaderTest, RefusesAnEndlessLine) {
  EXPECT_NE(verdict(kHead + std::string(1'000'000, '1')).find(":4: the line is longer than 65536"),
            std::string::npos);
  EXPECT_EQ(fault(), TraceFault::overlong);
}

TEST_F(TraceReaderTest, RefusesAGzipFileThatEndsEarlyWhereverItWasCut) {
  std::string text = kHead;
  for (int i = 0; i < 3000; ++i)
    text += std::to_string(i) + "," + std::to_string(i * 7919 % 10'007) + ",1,a.b,,message\n";
  const auto whole = read(write_gzip("t.gz", text));
  for (std::size_t length = 100; length < whole.size(); length += 97) {
    verdict(whole.substr(0, length));
    ASSERT_EQ(fault(), TraceFault::truncated) << length;
  }
  EXPECT_EQ(verdict(whole), "fine");
}

}  // namespace
}  // namespace weir::experiments
