#include "bench/harness/run.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace weir::bench {
namespace {

constexpr int kUsage = 1;
constexpr int kFailed = 3;

bool is_asked_for(const Row& row, const Options& options) {
  switch (row.occasion) {
    case Occasion::always:
      return true;
    case Occasion::full:
      return options.full;
    case Occasion::peers:
      return options.peers;
  }
  return false;
}

void print(std::FILE* to, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), to);
  std::fflush(to);
}

/// Appears under its name when it is complete. That it can be written is known before the rows run.
class JsonFile {
 public:
  explicit JsonFile(const std::string& name) : name_(name), part_(name + ".part"), file_(part_) {
    check();
  }

  void write(std::span<const Result> results) {
    file_ << to_json(results);
    file_.close();
    check();
    std::filesystem::rename(part_, name_);
  }

 private:
  void check() const {
    if (file_) return;
    throw std::runtime_error(fmt::format(
        "cannot write {}: name a file in a folder that exists and can be written", part_));
  }

  std::string name_;
  std::string part_;
  std::ofstream file_;
};

int run(const Options& options, std::span<const Row> all) {
  const std::vector<Row> rows = chosen_rows(all, options);
  if (options.list) {
    for (const Row& row : rows) print(stdout, fmt::format("{} {}\n", row.work, row.n));
    return 0;
  }
  std::optional<JsonFile> json;
  if (!options.json.empty()) json.emplace(options.json);
  print(stdout, table_head());
  std::vector<Result> results;
  for (const Row& row : rows) {
    results.push_back(run_row(row, options));
    print(stdout, table_line(results.back()));
  }
  print(stdout, summary(results));
  if (json) json->write(results);
  const auto is_wrong = [](const Result& result) { return !result.found.problem.empty(); };
  return std::any_of(results.begin(), results.end(), is_wrong) ? kFailed : 0;
}

}  // namespace

std::vector<Row> chosen_rows(std::span<const Row> all, const Options& options) {
  const std::regex only(options.only);
  std::vector<Row> rows;
  for (const Row& row : all)
    if (is_asked_for(row, options) &&
        std::regex_search(fmt::format("{} {}", row.work, row.n), only))
      rows.push_back(row);
  if (rows.empty())
    throw UsageError(fmt::format(
        "--only {}: in no row; --list shows them, and more with --full or --peers", options.only));
  return rows;
}

Result run_row(const Row& row, const Options& options) {
  Result result{row, {}, !options.tiny};
  Load load{.n = row.n, .segments = options.segments};
  if (options.tiny) load = {.n = std::min(row.n, row.tiny_n), .segments = 2, .is_tiny = true};
  result.row.n = load.n;
  try {
    result.found = row.measure(load);
  } catch (const std::exception& e) {
    result.found.problem = e.what();
  }
  return result;
}

int run(std::span<const char* const> arguments, std::span<const Row> all) try {
  const Options options = read_options(arguments);
  if (!options.help) return run(options, all);
  print(stdout, help_text());
  return 0;
} catch (const UsageError& e) {
  print(stderr, fmt::format("bench: {}\n", e.what()));
  return kUsage;
} catch (const std::exception& e) {
  print(stderr, fmt::format("bench: {}\n", e.what()));
  return kFailed;
}

}  // namespace weir::bench
