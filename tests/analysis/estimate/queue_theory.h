#pragma once
/// What theory says of M/M/1 queues with mean service 1: the truths that estimates must meet.

#include <cmath>
#include <cstdint>

namespace weir::analysis {

struct QueueTheory {
  double load = 0.0;  // rho, in (0, 1)

  double mean_wait() const { return load / (1.0 - load); }
  double wait_variance() const { return load * (2.0 - load) / std::pow(1.0 - load, 2.0); }

  /// The limit of n Var(mean of n waits) (Daley 1968).
  double wait_asymptotic_variance() const {
    return load * (2.0 + 5.0 * load - 4.0 * load * load + load * load * load) /
           std::pow(1.0 - load, 4.0);
  }

  /// The p-quantile of the wait, for p > 1 - load.
  double wait_quantile(double p) const { return std::log(load / (1.0 - p)) / (1.0 - load); }
  double sojourn_quantile(double p) const { return -std::log(1.0 - p) / (1.0 - load); }

  double mean_number() const { return load / (1.0 - load); }
  double number_variance() const { return load / std::pow(1.0 - load, 2.0); }

  /// The limit of T Var(mean over a time T of the number in the system).
  double number_asymptotic_variance() const {
    return 2.0 * load * (1.0 + load) / std::pow(1.0 - load, 4.0);
  }

  /// Mean of the first `customers` waits of a queue that starts empty, by Spitzer's identity:
  /// E W_n is the sum over k <= n of E max(0, S_k) / k, S_k what k services exceed k gaps by.
  double mean_of_first_waits(std::uint32_t customers) const {
    double sum = 0.0;
    double wait = 0.0;
    for (std::uint32_t n = 0; n < customers; ++n) {
      if (n > 0) wait += mean_excess(n) / n;
      sum += wait;
    }
    return sum / customers;
  }

 private:
  // E max(0, S_k). When the last of k gaps ends, j services have ended with the chance that j of
  // the events before it are services; each of the other k - j lasts 1 more on average.
  double mean_excess(std::uint32_t k) const {
    const double gap = load / (1.0 + load);  // that the next event ends a gap
    double chance = std::pow(gap, k);
    double sum = 0.0;
    for (std::uint32_t j = 0; j < k; ++j) {
      sum += chance * (k - j);
      chance *= (1.0 - gap) * (k + j) / (j + 1);
    }
    return sum;
  }
};

}  // namespace weir::analysis
