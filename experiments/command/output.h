#pragma once
/// Writing to the terminal so that nothing is lost unnoticed.

#include <string>
#include <string_view>

#include "sim/setting.h"

namespace weir::experiments {

/// Writes all of `text` to standard output; false, after a message, when that failed (a closed
/// pipe, a full disk behind a redirection).
bool write_out(std::string_view text);

/// Writes all of `text` to the file; false, after a message, when that failed. No path: nothing.
bool write_file(const std::string& path, std::string_view text);

/// Every problem on a line of its own, and how many there are, on standard error.
void print_problems(const Problems& problems);

/// Says what is wrong with a call of `weir COMMAND`; the exit code.
int usage_error(std::string_view command, std::string_view message);

/// "PATH: NAME.h5" made of the scenario's file name, in the current folder.
std::string result_name(const std::string& scenario);

}  // namespace weir::experiments
