#pragma once
/// The rows as people and programs read them.

#include <span>
#include <string>

#include "bench/harness/row.h"

namespace weir::bench {

/// A row with what came of it.
struct Result {
  Row row;  // its n is the size that was run
  Measurement found;
  bool is_timed = true;  // a tiny run says nothing about times: no limit is held against it
};

std::string table_head();

/// The line of a row, with its figures and what is wrong with it below.
std::string table_line(const Result& result);

/// How many rows are wrong, above what is required, above what is aimed at.
std::string summary(std::span<const Result> results);

/// {"rows": [...]}; null for what a row does not have. Its figures, by name and unit, why it is not
/// available and what is wrong with it stand there only if there are any.
std::string to_json(std::span<const Result> results);

}  // namespace weir::bench
