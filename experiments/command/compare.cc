#include "experiments/command/compare.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "experiments/command/chosen.h"
#include "experiments/command/commands.h"
#include "experiments/command/compare_text.h"
#include "experiments/command/output.h"
#include "experiments/command/precision.h"
#include "experiments/command/progress.h"
#include "experiments/compare/pairing.h"
#include "experiments/result/comparison_file.h"
#include "experiments/run/workers.h"
#include "experiments/scenario/scenario.h"
#include "sim/calendar.h"
#include "sim/units.h"

namespace weir::experiments {
namespace {

constexpr std::uint64_t kUsualReplications = 100;

/// What is compared, whole and sound.
struct Entry {
  Variant variant;
  std::string text;  // of the file, as given
};

/// The options read, or what is wrong with them.
struct CompareSettings {
  Probability confidence;
  double delivered = 0;
  std::uint64_t replications = kUsualReplications;
  std::optional<double> precision;
  std::string fault;
};

std::string usage_fault(const CompareOptions& o) {
  if (o.all_variants && o.scenarios.size() > 1)
    return "--variants is for a single scenario; leave it out, or name one file";
  if (!o.all_variants && o.scenarios.size() < 2)
    return fmt::format("{} is compared with nothing: name another scenario, or --variants",
                       o.scenarios.front());
  if (o.precision.has_value() != !o.figure.empty())
    return "--precision and --figure go together: --precision '5 %' --figure days_to_deliver";
  if (o.traffics > 1 && o.precision)
    return "--traffics and --precision exclude each other: more receivers are worth more than more "
           "traffics of each";
  const std::uint64_t fewest = o.precision ? analysis::kFewestReplications : 2;
  if (o.replications.value_or(fewest) < fewest)
    return fmt::format("--replications {}: fewer than {} tell nothing of how sure {} is",
                       *o.replications, fewest, o.precision ? "a precision" : "a difference");
  return "";
}

CompareSettings read_settings(const CompareOptions& o) {
  CompareSettings settings;
  settings.fault = usage_fault(o);
  if (!settings.fault.empty()) return settings;
  settings.confidence = {read_share("--confidence", o.confidence, settings.fault)};
  settings.delivered = read_share("--delivered", o.delivered, settings.fault);
  if (o.precision) settings.precision = read_share("--precision", *o.precision, settings.fault);
  settings.replications =
      o.replications.value_or(o.precision ? kMostReplications : kUsualReplications);
  return settings;
}

/// "plans/a.toml" as "a", unless another file is called so too.
std::vector<std::string> names_of_files(const std::vector<std::string>& files) {
  std::vector<std::string> stems;
  for (const std::string& file : files)
    stems.push_back(std::filesystem::path(file).stem().string());
  if (std::set(stems.begin(), stems.end()).size() == stems.size()) return stems;
  std::vector<std::string> names = files;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (std::ranges::count(files, files[i]) > 1) names[i] = fmt::format("{} #{}", files[i], i + 1);
  return names;
}

/// Every scenario that is compared; none after problems, all of which were printed.
std::vector<Entry> read_entries(const CompareOptions& options) {
  std::vector<Entry> entries;
  bool sound = true;
  const std::vector<std::string> names = names_of_files(options.scenarios);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto document = sound_document(options.scenarios[i], options.assignments);
    sound = sound && document;
    if (!document) continue;
    if (options.all_variants) {
      for (Variant& variant : all_variants(document->root))
        entries.push_back({std::move(variant), document->text});
    } else {
      entries.push_back({{names[i], document->root}, document->text});
    }
  }
  if (!sound) entries.clear();
  return entries;
}

Contender contender_of(const Variant& variant) {
  Problems ignored;  // the document is sound
  const Scenario median =
      build_scenario(median_receiver(variant.root), {}, TraceCheck::header, ignored);
  return {variant.name, median.frame.title, median.world.sources[median.report].name,
          median.frame.horizon};
}

void remark_on_frames(Comparison& comparison) {
  const Contender& first = comparison.contenders.front();
  for (const Contender& other : comparison.contenders) {
    if (other.report != first.report)
      comparison.remarks.push_back(
          fmt::format("deliveries and delay are of '{}' in {}, of '{}' in {}", first.report,
                      first.name, other.report, other.name));
    if (other.horizon != first.horizon)
      comparison.remarks.push_back(
          fmt::format("{} runs for {}, {} for {}: counts are over as long as each runs, and what "
                      "was never delivered counts as the longest",
                      first.name, to_text(first.horizon), other.name, to_text(other.horizon)));
  }
}

Duration longest_horizon(const Comparison& comparison) {
  return std::ranges::max(comparison.contenders, {}, &Contender::horizon).horizon;
}

/// One `weir compare`: what is compared, how, and what is found.
class CompareRun {
 public:
  CompareRun(const CompareOptions& options, const CompareSettings& settings,
             std::vector<Entry> entries)
      : options_(options), settings_(settings), entries_(std::move(entries)) {
    comparison_.seed = options.seed;
    comparison_.traffics = options.traffics;
    comparison_.confidence = settings.confidence;
    for (const Entry& entry : entries_) {
      comparison_.contenders.push_back(contender_of(entry.variant));
      const std::string& first = comparison_.contenders.front().name;
      const Pairing pairing = pairing_of(entries_.front().variant.root, entry.variant.root);
      for (std::string& remark : remarks_on(pairing, first, entry.variant.name))
        comparison_.remarks.push_back(std::move(remark));
    }
    remark_on_frames(comparison_);
    figures_ = compared_figures(days_begun(longest_horizon(comparison_)), settings.delivered);
  }

  int run() {
    if (settings_.precision)
      if (const std::string fault = set_goal(); !fault.empty())
        return usage_error("compare", fault);
    const auto began = std::chrono::steady_clock::now();
    const std::vector<VariantFigures> variants = simulate();
    comparison_.receivers = variants.front().receivers.size() / options_.traffics;
    comparison_.interrupted = !variants.front().complete;
    if (comparison_.receivers < 2) {
      fmt::print(stderr, "weir: interrupted before two receivers were done: no result\n");
      return kFailed;
    }
    comparison_.findings = find_all_differences(figures_, variants, longest_horizon(comparison_),
                                                settings_.confidence);
    comparison_.wall_s =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (!options_.output.empty()) write(variants);
    return finish();
  }

 private:
  /// Chooses the figure that must be precise; what is wrong with it, or nothing.
  std::string set_goal() {
    std::vector<std::string> names;
    for (const ComparedFigure& figure : figures_)
      if (figure.kind != FigureKind::share) names.push_back(figure.name);
    if (std::ranges::count(names, options_.figure) == 0)
      return fmt::format("--figure {}: no figure that can be known to a share of its mean{}",
                         options_.figure, suggestion(options_.figure, names));
    comparison_.goal = {.figure = options_.figure,
                        .precision = {.relative_error = *settings_.precision,
                                      .most = settings_.replications,
                                      .confidence = settings_.confidence}};
    return "";
  }

  std::vector<VariantFigures> simulate() {
    Progress progress("comparing", options_.quiet ? Verbosity::silent : Verbosity::talking);
    ReplicateOptions replication{.seed = options_.seed,
                                 .replications = settings_.replications,
                                 .traffics = options_.traffics,
                                 .jobs = options_.jobs > 0 ? options_.jobs : allowed_cpus(),
                                 .progress = {}};
    replication.progress = [&](std::uint64_t done, std::uint64_t total) {
      progress.show(
          static_cast<double>(done) / static_cast<double>(total),
          fmt::format("{} of {}{} runs", done, comparison_.goal ? "at most " : "", total));
    };
    std::optional<analysis::SequentialDifferences> sequence;
    if (comparison_.goal) {
      sequence.emplace(entries_.size(), comparison_.goal->precision);
      replication.enough = [&](std::span<const ReceiverFigures> row) {
        return is_enough(*sequence, row);
      };
    }
    std::vector<Variant> variants;
    for (const Entry& entry : entries_) variants.push_back(entry.variant);
    return replicate(variants, replication);
  }

  bool is_enough(analysis::SequentialDifferences& sequence, std::span<const ReceiverFigures> row) {
    const auto figure =
        std::ranges::find(figures_, comparison_.goal->figure, &ComparedFigure::name);
    std::vector<double> values;
    for (const ReceiverFigures& receiver : row)
      values.push_back(compared_value(*figure, receiver, longest_horizon(comparison_)));
    sequence.add(values);
    comparison_.goal->reached = sequence.state() == analysis::SequentialDifferences::State::reached;
    return comparison_.goal->reached;
  }

  void write(const std::vector<VariantFigures>& variants) const {
    std::string given;
    std::string effective;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const std::string heading = fmt::format("# {}\n", entries_[i].variant.name);
      if (i == 0 || !options_.all_variants) given.append(heading).append(entries_[i].text);
      effective.append(heading).append(to_toml(entries_[i].variant.root));
    }
    write_comparison_file({.path = options_.output,
                           .command = command_text(),
                           .title = comparison_.contenders.front().title,
                           .scenario_as_given = given,
                           .effective = effective,
                           .seed = options_.seed,
                           .days = days_begun(longest_horizon(comparison_))},
                          variants, comparison_);
  }

  /// The command as typed, near enough to repeat it.
  std::string command_text() const {
    std::string text = fmt::format("weir compare {}", fmt::join(options_.scenarios, " "));
    for (const std::string& set : options_.assignments) text.append(" --set '").append(set) += '\'';
    if (options_.all_variants) text += " --variants";
    text +=
        fmt::format(" --replications {} --seed {} --confidence '{}' --delivered '{}'",
                    settings_.replications, options_.seed, options_.confidence, options_.delivered);
    if (options_.traffics > 1) text += fmt::format(" --traffics {}", options_.traffics);
    if (options_.precision)
      text += fmt::format(" --precision '{}' --figure {}", *options_.precision, options_.figure);
    return text;
  }

  int finish() const {
    if (!write_out(options_.json ? comparison_json(comparison_) : comparison_text(comparison_)))
      return kFailed;
    if (!options_.quiet && !options_.output.empty())
      fmt::print(stderr, "result file: {}\n", options_.output);
    if (comparison_.interrupted) {
      fmt::print(stderr, "weir: interrupted: what had been simulated until then was compared\n");
      return kFailed;
    }
    if (!comparison_.goal || comparison_.goal->reached) return kDone;
    fmt::print(stderr,
               "weir: {}: not known to within {} after {} receivers; allow more with "
               "--replications, or ask for less\n",
               comparison_.goal->figure, *options_.precision, comparison_.receivers);
    return kNotReached;
  }

  const CompareOptions& options_;
  const CompareSettings& settings_;
  std::vector<Entry> entries_;
  std::vector<ComparedFigure> figures_;
  Comparison comparison_;
};

}  // namespace

int compare_command(const CompareOptions& options) {
  const CompareSettings settings = read_settings(options);
  if (!settings.fault.empty()) return usage_error("compare", settings.fault);
  std::vector<Entry> entries = read_entries(options);
  if (entries.empty()) return kBadScenario;
  if (entries.size() < 2)
    return usage_error("compare",
                       "--variants: the scenario has no [variant.NAME] tables to compare with");
  return CompareRun(options, settings, std::move(entries)).run();
}

}  // namespace weir::experiments
