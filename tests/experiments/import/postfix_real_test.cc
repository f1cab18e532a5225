#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <numbers>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "experiments/import/postfix.h"
#include "experiments/trace_file/trace_reader.h"
#include "experiments/trace_file/trace_writer.h"
#include "tests/experiments/import/import_support.h"
#include "tests/support/statistics.h"

namespace weir::experiments {
namespace {

using testing::Imported;
using weir::testing::check_counts;

const std::string kLog = std::string{WEIR_SHARED_DATA} + "/postfix-relay/maillog.gz";

/// The real log; its README says how it was made.
class RealLog : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kLog)) GTEST_SKIP() << "the real log is not here: " << kLog;
  }

  static std::string read_text() {
    const auto bytes = open_bytes(kLog);
    std::string text;
    std::vector<char> room(1 << 20);
    while (const auto count = bytes->read(room)) text.append(room.data(), count);
    return text;
  }
};

/// What the script beside this file counts, and the trace it expects.
struct IndependentCount {
  std::map<std::string, std::uint64_t> counts;
  std::vector<std::string> rows;
};

IndependentCount count_independently() {
  const auto command = "/usr/bin/python3 tests/experiments/import/count_log.py '" + kLog + "' 2>&1";
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string text;
  std::array<char, 4096> room{};
  while (const auto count = std::fread(room.data(), 1, room.size(), pipe))
    text.append(room.data(), count);
  EXPECT_EQ(::pclose(pipe), 0) << text.substr(0, 2000);
  IndependentCount found;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line) && line != "trace";) {
    std::istringstream words(line);
    std::string name;
    std::uint64_t count = 0;
    words >> name >> count;
    found.counts[name] = count;
  }
  for (std::string line; std::getline(lines, line);) found.rows.push_back(line);
  return found;
}

TEST_F(RealLog, IsUnderstoodToTheLastLine) {
  const Imported in{read_text()};
  EXPECT_EQ(in.summary.lines, 144'291U);
  EXPECT_EQ(in.summary.understood, 144'291U);
  EXPECT_EQ(in.trace.start, std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} +
                                std::chrono::seconds{74'060});
  EXPECT_EQ(in.summary.year_source, YearSource::message_ids);
  EXPECT_EQ(in.summary.ids_reused + in.summary.evicted + in.summary.unknown_origin, 0U);
}

TEST_F(RealLog, HoldsTheMessagesItsMakerSent) {
  const Imported in{read_text()};
  const auto& taken = in.summary.senders;
  EXPECT_EQ(taken.messages, 17'831U);
  EXPECT_EQ(taken.delivered + taken.bounced, taken.messages) << "each ends in exactly one";
  EXPECT_EQ(taken.lost + taken.unfinished + taken.expired, 0U);
  const auto& notices = in.summary.notices;
  EXPECT_EQ(notices.messages, taken.bounced) << "one notice for each bounce, none for a notice";
  EXPECT_EQ(notices.delivered + notices.bounced, notices.messages);
  EXPECT_EQ(in.trace.rows.size(), 17'831U);
}

TEST_F(RealLog, GivesTheCountsOfAnIndependentReader) {
  const Imported in{read_text()};
  auto counts = count_independently().counts;
  EXPECT_EQ(in.summary.senders.messages, counts["messages"]);
  EXPECT_EQ(in.summary.senders.delivered, counts["messages_sent"]);
  EXPECT_EQ(in.summary.senders.bounced, counts["messages_bounced"]);
  EXPECT_EQ(in.summary.senders.deferred_attempts, counts["messages_deferred"]);
  EXPECT_EQ(in.summary.notices.delivered, counts["notices_sent"]);
  EXPECT_EQ(in.summary.notices.bounced, counts["notices_bounced"]);
  EXPECT_EQ(in.summary.notices.deferred_attempts, counts["notices_deferred"]);
  for (const auto& [reply, count] : in.summary.replies.all())
    EXPECT_EQ(count, counts[reply.substr(0, 3) + "_" + reply.substr(4)]) << reply;
}

TEST_F(RealLog, GivesTheTraceOfAnIndependentReader) {
  const Imported in{read_text()};
  const auto expected = count_independently().rows;
  ASSERT_EQ(in.trace.rows.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_EQ(in.trace.rows[i], expected[i]) << i;
}

/// Arrivals expected from 0 to t, over those of the whole 1,500 s: rate 12 (1 + 0.6 sin(2 pi t /
/// 750 s)) per second.
double expected_share(double t) {
  constexpr double kTurn = 2 * std::numbers::pi / 750;
  return (t + 0.6 / kTurn * (1 - std::cos(kTurn * t))) / 1500;
}

TEST_F(RealLog, ShowsTheRateItWasMadeWith) {
  const Imported in{read_text()};
  constexpr double kBin = 50;
  std::array<std::uint64_t, 30> counts{};
  std::array<double, 30> shares{};
  for (const auto at : in.trace.instants) {
    const auto since_first = to_seconds(at - in.trace.instants.front());
    counts[std::min<std::size_t>(counts.size() - 1,
                                 static_cast<std::size_t>(since_first / kBin))]++;
  }
  for (std::size_t i = 0; i < shares.size(); ++i)
    shares[i] = expected_share(kBin * static_cast<double>(i + 1)) -
                expected_share(kBin * static_cast<double>(i));
  EXPECT_TRUE(check_counts(counts, shares));
}

TEST_F(RealLog, ShowsTheDomainsItWasMadeWith) {
  const Imported in{read_text()};
  std::array<std::uint64_t, 3> counts{};
  for (const auto& row : in.trace.rows) {
    counts[0] += row.find(" fabrikam.example ") != std::string::npos ? 1U : 0U;
    counts[1] += row.find(" adatum.example ") != std::string::npos ? 1U : 0U;
    counts[2] += row.find(" tailspin.example ") != std::string::npos ? 1U : 0U;
  }
  EXPECT_EQ(counts[0] + counts[1] + counts[2], in.trace.rows.size());
  EXPECT_TRUE(check_counts(counts, std::array{0.6, 0.3, 0.1}));
}

TEST_F(RealLog, SurvivesTheWayThroughATraceFile) {
  const auto path = std::filesystem::temp_directory_path() / "weir-real-log.trace";
  const auto bytes = open_bytes(kLog);
  TraceWriter writer{path};
  const auto summary = import_postfix(*bytes, {}, writer);
  writer.finish();
  const auto totals = check_trace(path);
  EXPECT_EQ(totals.arrivals, 17'831U);
  EXPECT_EQ(totals.recipients, summary.trace_recipients);
  EXPECT_EQ(totals.domains, 3U);
  EXPECT_EQ(totals.first, SimTime{} + std::chrono::seconds{3});
  std::filesystem::remove(path);
}

/// What must hold for any input.
void expect_sane(const Imported& in, const std::string& what) {
  const auto& s = in.summary;
  EXPECT_EQ(s.lines, s.understood + s.skipped_lines()) << what;
  for (const auto* o : {&s.senders, &s.notices})
    EXPECT_EQ(o->recipients, o->delivered + o->bounced + o->expired + o->lost + o->unfinished)
        << what;
  EXPECT_EQ(s.trace_rows, in.trace.rows.size()) << what;
  EXPECT_TRUE(std::is_sorted(in.trace.instants.begin(), in.trace.instants.end())) << what;
  EXPECT_GE(s.senders.recipients, s.senders.messages) << what;
}

/// A few hundred lines from somewhere in the log: a whole one 2,000 times would take minutes.
std::string random_piece(const std::string& text, std::mt19937& random) {
  const auto from = std::uniform_int_distribution<std::size_t>{0, text.size() - 1}(random);
  return text.substr(from, std::uniform_int_distribution<std::size_t>{0, 40'000}(random));
}

TEST_F(RealLog, MayBeCutAnywhere) {
  const auto text = read_text();
  std::mt19937 random{1};
  for (int round = 0; round < 2000; ++round) {
    const auto piece = random_piece(text, random);
    expect_sane(Imported{piece}, "round " + std::to_string(round));
    if (HasFailure()) break;
  }
}

void mutate(std::string& text, std::mt19937& random) {
  const auto any = [&random](std::size_t most) {
    return std::uniform_int_distribution<std::size_t>{0, most}(random);
  };
  for (auto count = any(300); count > 0 && !text.empty(); --count) {
    const auto place = any(text.size() - 1);
    const auto kind = any(3);
    if (kind == 0) text[place] = static_cast<char>(any(255));
    if (kind == 1) text.erase(place, any(30));
    if (kind == 2) text.insert(place, text.substr(any(text.size() - 1), any(200)));
    if (kind == 3) text.insert(place, any(5), static_cast<char>(any(255)));
  }
}

TEST_F(RealLog, MayBeDamagedAnywhere) {
  const auto text = read_text();
  std::mt19937 random{2};
  for (int round = 0; round < 2000; ++round) {
    auto piece = random_piece(text, random);
    mutate(piece, random);
    expect_sane(Imported{piece}, "round " + std::to_string(round));
    if (HasFailure()) break;
  }
}

TEST_F(RealLog, MayLoseLinesAndKeepsItsNumbersNear) {
  std::istringstream lines{read_text()};
  std::mt19937 random{3};
  std::string rest;
  for (std::string line; std::getline(lines, line);)
    if (random() % 100 != 0) rest += line + "\n";
  const Imported in{rest};
  expect_sane(in, "1 % of lines lost");
  const auto& s = in.summary;
  EXPECT_LT(s.senders.messages, 17'831U);
  EXPECT_GT(s.senders.messages, 17'831U * 98 / 100);
  EXPECT_EQ(s.trace_rows, s.senders.messages) << "every message taken stands in the trace";
}

}  // namespace
}  // namespace weir::experiments
