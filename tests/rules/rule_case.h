#pragma once
/// A scenario of tests/rules/scenarios/ with its books and its two records.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/scenario_run.h"

namespace weir::testing {

/// `base` and then `more`.
Assignments operator+(Assignments base, const Assignments& more);

class RuleCase {
 public:
  using Fields = std::initializer_list<std::string_view>;

  /// `file`: its name without folder and extension.
  explicit RuleCase(const std::string& file, const Assignments& changes = {});

  /// Lines of the sender's log, and of the receiver's trace, that have each of the fields. A field
  /// with commas in it is several that follow each other.
  std::size_t logged(Fields fields) const { return count(records_.sender_log, fields); }
  std::size_t traced(Fields fields) const { return count(records_.receiver_trace, fields); }

  const ScenarioRun& run() const { return run_; }
  const TwoRecords& records() const { return records_; }

  /// Recipients of the first source that ended so.
  std::uint64_t ended(Outcome outcome) const { return run_.totals().of(outcome); }

  /// Bounce messages and other notices.
  std::uint64_t notices() const { return run_.notices().messages; }

 private:
  RuleCase(const std::string& text, const Assignments& changes, int);
  static std::size_t count(const std::vector<std::string>& lines, Fields fields);

  ScenarioRun run_;
  TwoRecords records_;
};

/// The text of a scenario of tests/rules/scenarios/.
std::string rule_scenario(const std::string& file);

/// What a check finds wrong with it, a line each.
std::vector<std::string> problems_of(const std::string& file, const Assignments& changes);

}  // namespace weir::testing
