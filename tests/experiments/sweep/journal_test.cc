// A journal gives back what was written, and drops what a crash tore, and only that.

#include "experiments/sweep/journal.h"

#include <cmath>
#include <fstream>
#include <limits>

#include <gtest/gtest.h>
#include <unistd.h>

namespace weir::experiments {
namespace {

namespace fs = std::filesystem;

RunRecord done(const std::string& id) {
  RunRecord record;
  record.id = id;
  record.attempt = 2;
  record.cost = {0.25, 0.125, 12'345'678};
  record.host = "here";
  record.finished = "2026-03-02T08:30:00Z";
  ReceiverFigures figures;
  figures.windows = 3;
  figures.window_hours = 0.1 + 0.2;
  figures.fingerprint = 0xffff'ffff'ffff'fffe;
  figures.reputation_end = std::numeric_limits<double>::quiet_NaN();
  figures.delay_p99 = std::numeric_limits<double>::infinity();
  figures.delivered_by_day = {30, 0, 70};
  record.result = result_of(figures);
  return record;
}

RunRecord failed(const std::string& id) {
  RunRecord record;
  record.id = id;
  record.reason = "ended by signal 9\tand\na line";
  return record;
}

class JournalFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("weir-journal-" + std::to_string(::getpid()));
    fs::create_directories(folder_ / "journal");
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name = "all") const {
    return folder_ / "journal" / (name + ".journal");
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> all;
    notes_ = read_journals(folder_, [&](RunRecord&& record) { all.push_back(record.id); });
    return all;
  }

  fs::path folder_;
  mutable std::vector<std::string> notes_;
};

using Ids = std::vector<std::string>;

TEST(JournalLine, GivesBackEveryBit) {
  const RunRecord record = done("ab");
  const auto read =
      parse_journal_line(journal_line(record).substr(0, journal_line(record).size() - 1));
  ASSERT_TRUE(read && read->result);
  EXPECT_EQ(read->id, "ab");
  EXPECT_EQ(read->attempt, 2U);
  EXPECT_EQ(read->cost.peak_bytes, 12'345'678U);
  EXPECT_EQ(read->result->delivered_by_day, record.result->delivered_by_day);
  for (std::size_t i = 0; i < run_figures().size(); ++i) {
    const FigureValue& a = record.result->figures[i];
    const FigureValue& b = read->result->figures[i];
    const bool both_nan = std::holds_alternative<double>(a) && std::isnan(std::get<double>(a)) &&
                          std::isnan(std::get<double>(b));
    EXPECT_TRUE(both_nan || a == b) << run_figures()[i].name;
  }
}

TEST(JournalLine, KeepsAReasonOnOneLine) {
  const std::string line = journal_line(failed("x"));
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto read = parse_journal_line(line.substr(0, line.size() - 1));
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->result);
  EXPECT_EQ(read->reason, "ended by signal 9 and a line");
}

TEST(JournalLine, AnyChangedCharacterIsNoticed) {
  std::string line = journal_line(done("ab"));
  line.pop_back();
  ASSERT_TRUE(parse_journal_line(line));
  for (std::size_t at = 0; at < line.size(); ++at) {
    std::string changed = line;
    changed[at] = changed[at] == '0' ? '1' : '0';
    EXPECT_FALSE(parse_journal_line(changed)) << at;
    EXPECT_FALSE(parse_journal_line(line.substr(0, at))) << "torn at " << at;
  }
}

TEST_F(JournalFiles, GrowsAndIsReadInOrder) {
  { Journal(folder_, "all").append(std::vector{done("a"), failed("b")}); }
  { Journal(folder_, "all").append(std::vector{done("c")}); }
  { Journal(folder_, "shard-1-of-2").append(std::vector{done("d")}); }
  EXPECT_EQ(ids(), (Ids{"a", "b", "c", "d"}));
  EXPECT_TRUE(notes_.empty());
}

TEST_F(JournalFiles, ALineTornByACrashIsCutOffWhereverItWasTorn) {
  { Journal(folder_, "all").append(std::vector{done("a")}); }
  const auto whole = fs::file_size(file());
  { Journal(folder_, "all").append(std::vector{done("b")}); }
  const auto both = fs::file_size(file());
  for (auto size = whole + 1; size < both; ++size) {
    fs::resize_file(file(), size);
    EXPECT_EQ(ids(), Ids{"a"}) << "a reader passes over it";
    EXPECT_EQ(notes_.size(), 1U);
    {
      Journal journal(folder_, "all");
      EXPECT_TRUE(journal.was_torn());
      journal.append(std::vector{done("b")});
    }
    EXPECT_EQ(ids(), (Ids{"a", "b"}));
    EXPECT_TRUE(notes_.empty()) << "nothing of it is left";
  }
  EXPECT_FALSE(Journal(folder_, "all").was_torn());
}

TEST_F(JournalFiles, RubbishInTheMiddleCostsItsOwnLine) {
  { Journal(folder_, "all").append(std::vector{done("a")}); }
  std::ofstream(file(), std::ios::app) << "rubbish\n";
  { Journal(folder_, "all").append(std::vector{done("b")}); }
  EXPECT_EQ(ids(), (Ids{"a", "b"}));
  ASSERT_EQ(notes_.size(), 1U);
  EXPECT_NE(notes_[0].find("all.journal:2:"), std::string::npos) << notes_[0];
}

TEST_F(JournalFiles, BelongsToOneProcessAtATime) {
  const Journal first(folder_, "all");
  EXPECT_THROW(Journal(folder_, "all"), std::runtime_error);
  EXPECT_NO_THROW(Journal(folder_, "shard-1-of-2"));
}

}  // namespace
}  // namespace weir::experiments
