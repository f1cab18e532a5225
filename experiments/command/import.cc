#include <fmt/core.h>

#include "experiments/command/commands.h"
#include "experiments/command/json.h"
#include "experiments/command/output.h"
#include "experiments/import/postfix.h"
#include "experiments/run/interrupt.h"
#include "experiments/trace_file/trace_writer.h"

namespace weir::experiments {
namespace {

std::string output_of(const ImportOptions& options) {
  if (!options.output.empty()) return options.output;
  return options.log == "-" ? "postfix.trace.csv" : options.log + ".trace.csv";
}

PostfixSummary import_to(const ImportOptions& options, const std::string& output) {
  PostfixOptions postfix;
  postfix.year = options.year;
  postfix.notices = options.notices ? Notices::replay : Notices::leave_out;
  postfix.keep_going = [](std::uint64_t) { return !stop_requested(); };
  const auto bytes = open_bytes(options.log);
  TraceWriter writer(output);
  PostfixSummary summary = import_postfix(*bytes, postfix, writer);
  writer.finish();
  return summary;
}

}  // namespace

int import_postfix_command(const ImportOptions& options) {
  const std::string output = output_of(options);
  const PostfixSummary summary = import_to(options, output);
  const bool to_terminal = output == "-";
  if (to_terminal) {
    if (!options.quiet) fmt::print(stderr, "{}", render_summary(summary));
  } else if (!write_out(options.json ? import_json(summary) : render_summary(summary))) {
    return kFailed;
  }
  if (!options.quiet && !to_terminal) fmt::print(stderr, "trace file: {}\n", output);
  if (summary.trace_rows == 0)
    fmt::print(stderr,
               "weir: {}: no message was taken from a sender in this log: the trace is empty and "
               "cannot be replayed\n",
               options.log);
  return summary.interrupted || summary.trace_rows == 0 ? kFailed : kDone;
}

}  // namespace weir::experiments
