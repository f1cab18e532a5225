/// Table: a volume for each stage, as in the warm-up schedules that large senders publish.
///
/// The numbers stand in the scenario, or in a file of comma-separated columns: one named `day` or
/// `stage` and one with the volume, `messages` (a day) or `messages_per_hour` (times 24). The
/// column is found by these names unless `column` says another. Days may begin at 0 or 1 and may
/// have gaps: a volume holds until the next row. After the last one it goes on.
/// Lines that begin with # are comments.
///
/// Source: the published schedules in experiments/schedules/, facts 3.1.

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>

#include "models/file.h"
#include "models/plan/curve.h"

namespace weir::plan {
namespace {

constexpr std::int64_t kLargest = 1'000'000'000'000;

struct Row {
  std::int64_t stage;
  double volume;
};

/// Finds what a schedule's file says, or the first thing that is wrong with it.
class ScheduleReader {
 public:
  explicit ScheduleReader(std::string column) : column_(std::move(column)) {}

  std::vector<Row> read(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    while (problem_.empty() && std::getline(file, line)) {
      ++line_;
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (line.empty() || line.front() == '#') continue;
      read_line(split(line));
    }
    if (problem_.empty() && rows_.empty()) fail("there are no rows in it");
    if (!problem_.empty()) return {};
    const std::int64_t shift = 1 - rows_.front().stage;
    for (Row& row : rows_) row.stage += shift;
    return std::move(rows_);
  }

  /// Empty when all is well.
  const std::string& problem() const { return problem_; }

 private:
  static std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else if (c != ' ' && c != '\t' && c != '"') {
        cells.back() += c;
      }
    }
    return cells;
  }

  static std::optional<std::int64_t> number(const std::string& cell) {
    std::int64_t value = 0;
    const char* end = cell.data() + cell.size();
    const auto [stop, error] = std::from_chars(cell.data(), end, value);
    if (error != std::errc{} || stop != end || value < 0 || value > kLargest) return std::nullopt;
    return value;
  }

  void fail(std::string what) {
    problem_ = (line_ > 0 ? "line " + std::to_string(line_) + ": " : "") + std::move(what);
  }

  void read_line(const std::vector<std::string>& cells) {
    if (stage_at_) {
      read_row(cells);
    } else {
      read_header(cells);
    }
  }

  void read_header(const std::vector<std::string>& names) {
    const auto find = [&](std::string_view name) -> std::optional<std::size_t> {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) return std::nullopt;
      return static_cast<std::size_t>(found - names.begin());
    };
    stage_at_ = find("day") ? find("day") : find("stage");
    if (!stage_at_) return fail("expected names of columns, one of them 'day' or 'stage'");
    if (column_.empty()) column_ = find("messages") ? "messages" : "messages_per_hour";
    const auto volume_at = find(column_);
    if (!volume_at)
      return fail("there is no column '" + column_ + "'" + suggestion(column_, names));
    volume_at_ = *volume_at;
    if (column_.ends_with("_per_hour")) per_day_ = 24.0;
  }

  void read_row(const std::vector<std::string>& cells) {
    if (cells.size() <= std::max(*stage_at_, volume_at_)) return fail("a column is missing");
    const auto stage = number(cells[*stage_at_]);
    const auto volume = number(cells[volume_at_]);
    if (!stage || !volume) return fail("expected whole numbers from 0 to " + to_text(kLargest));
    if (rows_.empty() && *stage > 1) return fail("the first day must be 0 or 1");
    if (!rows_.empty() && *stage <= rows_.back().stage) return fail("the days must ascend");
    rows_.push_back({*stage, static_cast<double>(*volume) * per_day_});
  }

  std::string column_;
  std::optional<std::size_t> stage_at_;
  std::size_t volume_at_ = 0;
  double per_day_ = 1.0;
  std::vector<Row> rows_;
  int line_ = 0;
  std::string problem_;
};

class Table final : public Curve {
 public:
  struct Params {
    std::vector<std::int64_t> days;
    std::string file;
    std::string column;

    static void describe(auto field) {
      field("days", &Params::days, "Recipients of each day, one number a stage.");
      field("file", &Params::file,
            "A file with the columns 'day' or 'stage' and 'messages' or 'messages_per_hour'.");
      field("column", &Params::column,
            "Name of the file's column with the volume, when it is neither of these; "
            "per day, unless its name ends in _per_hour.");
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.days.empty() == p.file.empty())
        at.report("days", "give either 'days' or 'file', and not both");
      if (p.file.empty() && !p.column.empty()) at.report("column", "only a 'file' has columns");
      for (const std::int64_t day : p.days)
        if (day < 0 || day > kLargest)
          return at.report("days", "each must lie between 0 and " + to_text(kLargest));
    }
  };

  Table(const Params& p, const ParamsPlace& at) {
    for (const std::int64_t day : p.days)
      rows_.push_back({static_cast<std::int64_t>(rows_.size()) + 1, static_cast<double>(day)});
    if (const std::string path = named_file(at, "file"); !path.empty() && p.days.empty()) {
      ScheduleReader reader(p.column);
      rows_ = reader.read(path);
      if (!reader.problem().empty()) at.report("file", reader.problem());
    }
    if (rows_.empty()) rows_.push_back({1, 0.0});  // only after a problem
  }

  double volume(std::int64_t stage) const override {
    const auto next =
        std::upper_bound(rows_.begin(), rows_.end(), stage,
                         [](std::int64_t s, const Row& row) { return s < row.stage; });
    return next == rows_.begin() ? rows_.front().volume : std::prev(next)->volume;
  }

 private:
  std::vector<Row> rows_;
};

}  // namespace

extern const Entry table;
constinit const Entry table =
    entry<Table>("table", "A volume for each stage, from the scenario or a file of columns.");

}  // namespace weir::plan
