#include "experiments/compare/findings.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "analysis/estimate/paired_share.h"

namespace weir::experiments {
namespace {

using Values = std::vector<std::vector<double>>;  // by variant, then by receiver

/// The receivers in which every variant has a value, and how many have not.
Values complete_receivers(std::span<const std::vector<double>> values, std::uint64_t& left_out) {
  Values complete(values.size());
  for (std::size_t r = 0; r < values.front().size(); ++r) {
    if (std::ranges::any_of(values, [r](const auto& runs) { return std::isnan(runs[r]); })) {
      ++left_out;
      continue;
    }
    for (std::size_t v = 0; v < values.size(); ++v) complete[v].push_back(values[v][r]);
  }
  return complete;
}

std::uint64_t cut_at(std::vector<double>& runs, double horizon) {
  std::uint64_t cut = 0;
  for (double& value : runs) {
    if (std::isfinite(value)) continue;
    value = horizon;
    ++cut;
  }
  return cut;
}

analysis::PairedHits hits_of(const std::vector<double>& a, const std::vector<double>& b) {
  analysis::PairedHits hits{.only_a = 0, .only_b = 0, .pairs = a.size()};
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] > b[i]) ++hits.only_a;
    if (b[i] > a[i]) ++hits.only_b;
  }
  return hits;
}

/// Not so where a value is the mean over several traffics.
bool all_yes_or_no(const std::vector<double>& values) {
  return std::ranges::all_of(values, [](double value) { return value == 0 || value == 1; });
}

Finding finding_of(const analysis::Estimate& difference, bool differs) {
  if (!differs) return Finding::same_always;
  if (difference.interval.low > 0) return Finding::more;
  return difference.interval.high < 0 ? Finding::less : Finding::none_found;
}

Difference difference_of(const ComparedFigure& figure, const std::vector<double>& a,
                         const std::vector<double>& b, Probability confidence) {
  Difference result{.paired = analysis::paired_difference(a, b, confidence)};
  if (figure.kind == FigureKind::share && all_yes_or_no(a) && all_yes_or_no(b))
    result.paired.estimate = analysis::paired_share_difference(hits_of(a, b), confidence);
  result.finding = finding_of(result.paired.estimate, a != b);
  return result;
}

struct SignedDifference {
  double value;
  analysis::Interval interval;
};

/// Of the share in `b` less that in `a`, or the other way round.
SignedDifference signed_difference(const std::vector<double>& a, const std::vector<double>& b,
                                   double sign, Probability confidence) {
  const analysis::PairedHits hits = sign > 0 ? hits_of(a, b) : hits_of(b, a);
  const analysis::Estimate estimate = analysis::paired_share_difference(hits, confidence);
  return {estimate.value, estimate.interval};
}

/// Like analysis::against_best, with intervals meant for shares.
std::vector<analysis::AgainstBest> shares_against_best(const Values& values, analysis::Best best,
                                                       Probability confidence) {
  const double others = static_cast<double>(values.size() - 1);
  const Probability each{1 - 2 * (1 - confidence.value) / others};
  const double sign = best == analysis::Best::largest ? 1 : -1;
  std::vector<analysis::AgainstBest> results;
  for (const std::vector<double>& mine : values) {
    analysis::AgainstBest lead{.difference = 1, .interval = {1, 1}};  // as if the largest were best
    for (const std::vector<double>& other : values) {
      if (&other == &mine) continue;
      const auto [value, interval] = signed_difference(other, mine, sign, each);
      lead.difference = std::min(lead.difference, value);
      lead.interval.low = std::min(lead.interval.low, interval.low);
      lead.interval.high = std::min(lead.interval.high, interval.high);
    }
    lead.interval = {std::min(lead.interval.low, 0.0), std::max(lead.interval.high, 0.0)};
    if (sign < 0) lead = {-lead.difference, {-lead.interval.high, -lead.interval.low}};
    results.push_back(lead);
  }
  return results;
}

/// Of each receiver, over its traffics; with a single one as it is, infinite or not.
std::vector<double> receiver_means(const ComparedFigure& figure, const VariantFigures& variant,
                                   Duration horizon) {
  std::vector<double> means;
  if (variant.traffics == 1) {
    for (const ReceiverFigures& run : variant.receivers) means.push_back(figure.of(run));
    return means;
  }
  for (std::size_t first = 0; first < variant.receivers.size(); first += variant.traffics) {
    analysis::Moments moments;
    for (std::size_t run = first; run < first + variant.traffics; ++run)
      moments.add(compared_value(figure, variant.receivers[run], horizon));
    means.push_back(moments.mean());
  }
  return means;
}

}  // namespace

double in_units_of(const ComparedFigure& figure, Duration duration) {
  const double seconds = to_seconds(duration);
  if (figure.units == "d") return seconds / 86'400;
  return figure.units == "h" ? seconds / 3'600 : seconds;
}

FigureFindings find_differences(const ComparedFigure& figure,
                                std::span<const std::vector<double>> values, double horizon,
                                Probability confidence) {
  if (values.size() < 2) throw std::domain_error("a comparison needs two variants");
  FigureFindings findings;
  findings.figure = figure;
  Values complete = complete_receivers(values, findings.left_out);
  findings.receivers = complete.front().size();
  for (std::vector<double>& runs : complete) {
    findings.at_horizon.push_back(cut_at(runs, horizon));
    analysis::Moments moments;
    for (const double value : runs) moments.add(value);
    findings.means.push_back(runs.empty() ? std::nan("") : moments.mean());
    findings.differences.emplace_back();
  }
  if (findings.receivers < 2) return findings;
  for (std::size_t v = 0; v < complete.size(); ++v)
    findings.differences[v] = difference_of(figure, complete.front(), complete[v], confidence);
  if (complete.size() > 2 && figure.best)
    findings.against_best = figure.kind == FigureKind::share
                                ? shares_against_best(complete, *figure.best, confidence)
                                : analysis::against_best(complete, *figure.best, confidence);
  return findings;
}

std::vector<FigureFindings> find_all_differences(std::span<const ComparedFigure> figures,
                                                 std::span<const VariantFigures> variants,
                                                 Duration horizon, Probability confidence) {
  std::vector<FigureFindings> all;
  for (const ComparedFigure& figure : figures) {
    Values values;
    std::vector<std::uint64_t> at_horizon;
    for (const VariantFigures& variant : variants) {
      values.push_back(receiver_means(figure, variant, horizon));
      at_horizon.push_back(static_cast<std::uint64_t>(std::ranges::count_if(
          variant.receivers, [&](const auto& run) { return std::isinf(figure.of(run)); })));
    }
    FigureFindings& findings = all.emplace_back(
        find_differences(figure, values, in_units_of(figure, horizon), confidence));
    if (variants.front().traffics > 1) findings.at_horizon = at_horizon;
  }
  return all;
}

double compared_value(const ComparedFigure& figure, const ReceiverFigures& receiver,
                      Duration horizon) {
  const double value = figure.of(receiver);
  return std::isinf(value) ? in_units_of(figure, horizon) : value;
}

}  // namespace weir::experiments
