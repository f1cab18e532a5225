#include "experiments/trace_file/trace_writer.h"

#include <csignal>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "tests/experiments/trace_file/trace_support.h"

namespace weir::experiments {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

const TraceHeader kHeader{.start = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 20h,
                          .comments = {"from a test"}};

TraceRow row_at(Duration since_start, std::string_view domain = "d.e") {
  return {.at = SimTime{since_start},
          .size = Bytes{10},
          .recipients = 2,
          .domain = domain,
          .sender = "a@b.c",
          .kind = TraceKind::message};
}

class TraceWriterTest : public testing::FolderTest {};

/// What a failing write says.
template <class Action>
std::string failure_of(Action action) {
  try {
    action();
  } catch (const TraceWriteError& error) {
    return error.what();
  }
  return "no failure";
}

void write_much(TraceWriter& writer) {
  writer.begin(kHeader);
  for (int i = 0; i < 100'000; ++i) writer.write(row_at(std::chrono::seconds{i}));
  writer.finish();
}

TEST_F(TraceWriterTest, WritesWhatPeopleCanRead) {
  TraceWriter writer{path("t")};
  writer.begin(kHeader);
  writer.write(row_at(3s));
  writer.write(row_at(4s + 250ms));
  writer.finish();
  EXPECT_EQ(read(path("t")),
            "# weir-trace 1\n# start 2026-11-22T20:00:00\n# from a test\n"
            "seconds,bytes,recipients,domain,sender,kind\n"
            "3,10,2,d.e,a@b.c,message\n4.25,10,2,d.e,a@b.c,message\n");
}

TEST_F(TraceWriterTest, QuotesWhatWouldBreakALine) {
  TraceWriter writer{path("t")};
  auto row = row_at(0s);
  row.sender = "\"odd, one\"@b.c";
  row.domain = "new\nline";
  row.kind = TraceKind::notice;
  writer.write(row);
  writer.finish();
  EXPECT_EQ(read(path("t")), "0,10,2,new?line,\"\"\"odd, one\"\"@b.c\",notice\n");
}

TEST(TraceWriter, WritesTimesWithoutLoss) {
  EXPECT_EQ(format_trace_seconds(SimTime{}), "0");
  EXPECT_EQ(format_trace_seconds(SimTime{1ns}), "0.000000001");
  EXPECT_EQ(format_trace_seconds(SimTime{100s + 500ms}), "100.5");
}

TEST_F(TraceWriterTest, GivesTheNameOnlyToAWholeTrace) {
  write("t", "the old one");
  TraceWriter writer{path("t")};
  writer.begin(kHeader);
  writer.flush();
  EXPECT_EQ(read(path("t")), "the old one");
  EXPECT_TRUE(read(path("t.part")).starts_with(kTraceVersion));
  writer.finish();
  EXPECT_TRUE(read(path("t")).starts_with(kTraceVersion));
  EXPECT_FALSE(fs::exists(path("t.part")));
}

TEST_F(TraceWriterTest, LeavesThePartWhenItIsNotFinished) {
  {
    TraceWriter writer{path("t")};
    writer.begin(kHeader);
    writer.write(row_at(1s));
  }
  EXPECT_FALSE(fs::exists(path("t")));
  EXPECT_TRUE(read(path("t.part")).ends_with("1,10,2,d.e,a@b.c,message\n"));
}

TEST_F(TraceWriterTest, RefusesATargetThatCannotBeWritten) {
  EXPECT_EQ(failure_of([this] { TraceWriter{path("none/t")}; }),
            path("none/t") +
                ": opening the trace failed: No such file or directory; make the "
                "folder first, or choose another with -o");
  EXPECT_NE(failure_of([this] { TraceWriter{path("")}; }).find("name a file, not a folder"),
            std::string::npos);
}

TEST_F(TraceWriterTest, SaysThatTheDiskIsFull) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const auto text = failure_of([] {
    TraceWriter writer{"/dev/full"};
    write_much(writer);
  });
  EXPECT_EQ(text,
            "/dev/full: writing the trace failed: No space left on device; free some space "
            "or write elsewhere with -o");
}

TEST_F(TraceWriterTest, SaysThatAFileSizeLimitWasReached) {
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{.rlim_cur = 100'000, .rlim_max = before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto text = failure_of([this] {
    TraceWriter writer{path("t")};
    write_much(writer);
  });
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_NE(text.find("File too large; raise the file-size limit"), std::string::npos) << text;
  EXPECT_FALSE(fs::exists(path("t")));
}

TEST_F(TraceWriterTest, SaysThatThePipeWasClosed) {
  std::signal(SIGPIPE, SIG_IGN);
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  const int reading = ::open(path("pipe").c_str(), O_RDONLY | O_NONBLOCK);
  TraceWriter writer{path("pipe")};
  ::close(reading);
  const auto text = failure_of([&writer] { write_much(writer); });
  EXPECT_NE(text.find("Broken pipe; the program that reads the pipe ended early"),
            std::string::npos)
      << text;
}

TEST_F(TraceWriterTest, WritesToStandardOutput) {
  ::testing::internal::CaptureStdout();
  TraceWriter writer{"-"};
  writer.begin(kHeader);
  writer.finish();
  EXPECT_TRUE(::testing::internal::GetCapturedStdout().starts_with(kTraceVersion));
}

}  // namespace
}  // namespace weir::experiments
