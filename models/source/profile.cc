/// Profile: Poisson arrivals whose rate follows the hour of the day and the day of the week.
///
/// Drawn by thinning: candidates come at the highest rate of the profile, and each is kept with the
/// share that the rate has at its instant (Lewis and Shedler, Naval Research Logistics Quarterly 26
/// (1979)). Exact for any profile, and nothing is stored; it takes two numbers a candidate.
/// The weights are relative: `rate` is the mean over whole weeks whatever they sum to.
/// Hours and days are local, by the calendar of the scenario.
///
/// Source: days: a mail filter's inbound mail, tzink, MSDN 2006-11-09; hours: assumption, a working
/// day's hump through the two measured points of facts 5.4 (1.2 % at 04 h, over 5.5 % from 11 h).
/// Left out: holidays, and hours that differ by day.

#include <cmath>
#include <numeric>

#include "models/source/timing.h"

namespace weir::source {
namespace {

class Profile final : public Source {
 public:
  struct Params {
    Rate<Message> rate{3'000, 24h};
    std::vector<double> hours{2.7, 2.0, 1.6, 1.3, 1.2, 1.6, 2.4, 3.6, 4.8, 5.4, 5.6, 5.6,
                              5.6, 5.6, 5.6, 5.6, 5.6, 5.6, 5.6, 5.2, 5.0, 4.8, 4.4, 3.6};
    std::vector<double> days{98.3, 99.7, 101.6, 100.5, 99.9, 89.9, 87.4};
    std::optional<std::int64_t> messages;
    Duration from{0s};
    std::optional<Duration> until;

    static void describe(auto field) {
      field("rate", &Params::rate, "Mean rate over whole weeks.");
      field("hours", &Params::hours, "24 weights, the first for the hour from midnight.",
            weir::Source{"assumption: a working day's hump through the points of facts 5.4"});
      field("days", &Params::days, "Seven weights, Monday first.",
            weir::Source{"tzink, MSDN 2006-11-09 (facts 5.4)"});
      field("messages", &Params::messages, "Messages in all; none: no end.");
      field("from", &Params::from, "When mail begins to come, counted from the source's begin.");
      field("until", &Params::until, "When no more comes, counted from the source's begin.");
    }

    static void check(const Params& p, const ParamsPlace& at) {
      check_weights(p.hours, 24, "hours", at);
      check_weights(p.days, 7, "days", at);
      if (p.messages && *p.messages < 0) at.report("messages", "must not be negative");
      if (p.until && *p.until < p.from) at.report("until", "must not be before 'from'");
    }

    static void check_weights(const std::vector<double>& weights, std::size_t count,
                              std::string_view key, const ParamsPlace& at) {
      double largest = 0.0;
      bool valid = weights.size() == count;
      for (const double weight : weights) {
        valid = valid && weight >= 0.0 && std::isfinite(weight);
        largest = std::max(largest, weight);
      }
      if (!valid || largest <= 0.0)
        at.report(key,
                  "expected " + std::to_string(count) + " weights, none negative and not all zero");
    }
  };

  explicit Profile(const Params& p)
      : params_(p),
        left_(p.messages.value_or(std::numeric_limits<std::int64_t>::max())),
        highest_(largest(p.hours) * largest(p.days)) {
    const double mean = sum(p.hours) / 24.0 * (sum(p.days) / 7.0);
    candidate_gap_ = mean_gap(p.rate) * mean / highest_;
  }

  void prepare(SimTime begin, const Calendar& calendar) override {
    calendar_ = calendar;
    last_ = after(begin, params_.from);
    end_ = end_of(begin, params_.until);
  }

  Arrival next(Draw& draw) override {
    if (left_ <= 0) return {};
    --left_;
    do {
      last_ = after_exponential(last_, candidate_gap_, draw);
    } while (last_ < end_ && !draw.happens({weight(last_) / highest_}));
    if (last_ >= end_) last_ = kNever;
    return {.at = last_};
  }

 private:
  static double largest(const std::vector<double>& v) {
    return v.empty() ? 0.0 : *std::max_element(v.begin(), v.end());
  }
  static double sum(const std::vector<double>& v) {
    return std::accumulate(v.begin(), v.end(), 0.0);
  }

  double weight(SimTime t) const {
    return params_.hours[static_cast<std::size_t>(calendar_.hour_of_day(t))] *
           params_.days[static_cast<std::size_t>(calendar_.day_of_week(t))];
  }

  Params params_;
  std::int64_t left_;
  double highest_;        // weight of the busiest hour of the week
  double candidate_gap_;  // mean seconds between two candidates
  Calendar calendar_;
  SimTime last_{};
  SimTime end_ = kNever;
};

}  // namespace

extern const Entry profile;
constinit const Entry profile = entry<Profile>(
    "profile", "Poisson arrivals that follow the hour of the day and the day of the week.");

}  // namespace weir::source
