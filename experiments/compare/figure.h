#pragma once
/// The figures by which variants are compared: what each is called, how a run gets it, and how a
/// difference of it is said.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate/comparison.h"
#include "experiments/run/replicate.h"

namespace weir::experiments {

/// How the values of a figure are to be read.
enum class FigureKind : std::uint8_t {
  amount,  // a number, or NaN where a run has none
  time,    // until something; infinite where the run ended before: counts as its horizon
  share,   // 1 where something happened, 0 where it did not
};

/// The words around an amount: "B <verb> 4.1 h <more>".
struct FigureWords {
  std::string label;  // in tables: "delay, 90 %"
  std::string verb;   // "delivers"
  std::string more;   // "later"
  std::string less;   // "earlier"
};

struct ComparedFigure {
  std::string name;   // "days_to_deliver"
  std::string units;  // "1", "s", "h", "d"
  FigureKind kind = FigureKind::amount;
  std::optional<analysis::Best> best;  // nothing: neither end is better by itself
  FigureWords words;
  std::function<double(const ReceiverFigures&)> of;
};

/// Of the reported source's recipients, the share by which it counts as delivered.
inline constexpr double kDeliveredShare = 0.99;

/// Days until `share` of what the reported source submitted in the whole run was delivered, to a
/// part of a day by taking each day's deliveries as even. Infinite when it never was, NaN when
/// nothing was submitted.
double days_to_deliver(const ReceiverFigures& figures, double share);

/// All figures for runs of `days` days, in the order of tables.
std::vector<ComparedFigure> compared_figures(std::int64_t days, double delivered_share);

}  // namespace weir::experiments
