#include "analysis/estimate/sequential_difference.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace weir::analysis {

SequentialDifferences::SequentialDifferences(std::size_t alternatives, Precision precision)
    : precision_(precision) {
  [[maybe_unused]] const SequentialMean checked{precision};  // refuses what is out of range
  if (alternatives < 2) throw std::domain_error("a difference needs two alternatives");
  differences_.resize(alternatives - 1);
}

void SequentialDifferences::add(std::span<const double> replication) {
  if (replication.size() != differences_.size() + 1)
    throw std::domain_error("a replication has a value for each alternative");
  if (state_ != State::running)
    throw std::logic_error("a replication after the decision to stop would bias the difference");
  ++count_;
  if (std::ranges::none_of(replication, [](double value) { return std::isnan(value); })) {
    first_.add(replication.front());
    for (std::size_t i = 0; i < differences_.size(); ++i)
      differences_[i].add(replication[i + 1] - replication.front());
  }
  state_ = judge();
}

SequentialDifferences::State SequentialDifferences::judge() const {
  const double allowed = precision_.half_width_share() * std::abs(first_.mean());
  const auto is_known = [&](const Moments& difference) {
    return student_interval(difference, precision_.confidence).half_width() <= allowed;
  };
  if (first_.count() >= precision_.fewest && std::ranges::all_of(differences_, is_known))
    return State::reached;
  return count_ < precision_.most ? State::running : State::not_reached;
}

}  // namespace weir::analysis
