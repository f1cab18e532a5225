#include "bench/harness/options.h"

#include <charconv>
#include <regex>
#include <string_view>

#include <fmt/format.h>

namespace weir::bench {
namespace {

void check_regex(const std::string& text) {
  try {
    const std::regex tried(text);
  } catch (const std::regex_error& e) {
    throw UsageError(
        fmt::format("--only {}: not a regular expression ({}); a part of a row's name will do",
                    text, e.what()));
  }
}

int read_segments(const std::string& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1 || value > 1'000)
    throw UsageError(fmt::format("--segments {}: expected a whole number from 1 to 1000", text));
  return value;
}

}  // namespace

Options read_options(std::span<const char* const> arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view name = arguments[i];
    const auto value = [&](std::string_view what) -> std::string {
      const std::string_view next = i + 1 < arguments.size() ? arguments[i + 1] : "";
      if (next.empty() || next.starts_with("--"))
        throw UsageError(fmt::format("{} needs {} behind it", name, what));
      return arguments[++i];
    };
    if (name == "--only") {
      check_regex(options.only = value("a regular expression"));
    } else if (name == "--json") {
      options.json = value("the name of a file");
    } else if (name == "--segments") {
      options.segments = read_segments(value("a number"));
    } else if (name == "--full") {
      options.full = true;
    } else if (name == "--tiny") {
      options.tiny = true;
    } else if (name == "--peers") {
      options.peers = true;
    } else if (name == "--list") {
      options.list = true;
    } else if (name == "--help" || name == "-h") {
      options.help = true;
    } else {
      throw UsageError(fmt::format("no option '{}'; --help lists them", name));
    }
  }
  if (options.full && options.tiny)
    throw UsageError("--full and --tiny exclude each other: leave one of them out");
  return options;
}

std::string help_text() {
  return R"(./do bench [OPTION...]   builds the benchmarks, runs them in turn and prints their table
  --only REGEX     rows in whose "work n" this is found, e.g. 'hold.* 10000$'
  --full           the large rows too, which may take hours
  --peers          also other engines, whose packages ./do bench installs then
  --json FILE      writes {"rows": [{"work", "n", "ns", "reference_ns", "ratio", "required",
                   "aim"}, ...]}
  --segments N     timed segments of each side (9); medians are taken over them
  --tiny           very small sizes: shows that the results are right, times mean nothing
  --list           only names the rows that would run
)";
}

}  // namespace weir::bench
