#pragma once
/// What a plan is tuned for, from the table [tune] of a scenario.

#include <optional>
#include <string>
#include <vector>

#include "sim/params.h"

namespace weir::experiments {

/// What is made as small as can be.
enum class Aim : std::uint8_t { days, daily, mean_delay, delay_quantile };

constexpr std::array<EnumWord<Aim>, 4> words_of(Aim) {
  return {{{Aim::days, "days"},
           {Aim::daily, "days-to-daily-volume"},
           {Aim::mean_delay, "mean-delay"},
           {Aim::delay_quantile, "delay-quantile"}}};
}

/// Shapes of plans, see plan_family.h.
enum class FamilyName : std::uint8_t { geometric, growth, table };

constexpr std::array<EnumWord<FamilyName>, 3> words_of(FamilyName) {
  return {{{FamilyName::geometric, "geometric"},
           {FamilyName::growth, "growth"},
           {FamilyName::table, "table"}}};
}

struct TuneParams {
  Aim aim = Aim::days;
  std::string source;
  std::optional<std::int64_t> volume;
  std::optional<Rate<Recipient>> daily;
  Probability quantile{0.9};
  Probability risk{0.01};
  Probability delivered{0.99};
  Probability late{0.05};
  Duration late_after{4h};
  std::optional<Duration> delay_p99{};
  Probability complaints{0.003};
  std::int64_t knots = 6;
  double most_growth = 4.0;
  bool tune_spread = false;
  std::vector<std::int64_t> addresses;
  std::optional<Duration> within{};
  std::vector<std::string> against;
  double cost_per_day = 1.0;
  double cost_per_address_day = 0.0;

  static void describe(auto field) {
    describe_goal(field);
    describe_limits(field);
    describe_choice(field);
  }

  static void check(const TuneParams& p, const ParamsPlace& at) {
    if (p.volume && *p.volume < 1) at.report("volume", "must be at least 1");
    if (p.aim == Aim::daily && !p.daily)
      at.report("daily", "the aim is a daily volume: say which, such as \"1000000/d\"");
    for (const std::int64_t count : p.addresses)
      if (count < 1 || count > 10'000)
        return at.report("addresses", "each must lie between 1 and 10,000");
    if (p.within && *p.within <= Duration::zero()) at.report("within", "must be longer than 0 s");
    if (p.within && p.addresses.empty())
      at.report("within", "chooses among `addresses`: say which numbers to try, such as [1, 2, 5]");
    if (p.cost_per_day + p.cost_per_address_day <= 0.0)
      at.report("cost_per_day", "something must cost: give a price to days or to addresses");
  }

  static void describe_goal(auto& field) {
    field("aim", &TuneParams::aim,
          "What is made small: days until the volume is delivered or until a daily volume is "
          "reached, or how long the plan holds the mail (mean, or a quantile).");
    field("source", &TuneParams::source,
          "The source whose plan is tuned; when empty, the reported one.");
    field("volume", &TuneParams::volume,
          "Recipients to deliver; none: `delivered` of all that the source submits.");
    field("daily", &TuneParams::daily, "For the aim of a daily volume: that volume, of the pool.");
    field("quantile", &TuneParams::quantile, "For the aim of a quantile: which one.",
          Bounds<Probability>{{0.01}, {0.999}});
  }

  static void describe_limits(auto& field) {
    field("risk", &TuneParams::risk,
          "Largest chance, over the receivers there may be, that a window opens before the "
          "horizon.",
          Bounds<Probability>{{0.0005}, {0.5}});
    field("delivered", &TuneParams::delivered,
          "Least share of the volume that is delivered: a plan that sends less is none.",
          Bounds<Probability>{{0.5}, {1.0}});
    field("late", &TuneParams::late,
          "Largest share of the mail that is delivered later than `late_after` its release.");
    field("late_after", &TuneParams::late_after, "When mail is late, counted from its release.",
          Bounds<Duration>{1min, 720h});
    field("delay_p99", &TuneParams::delay_p99,
          "Largest delay since release of all but a hundredth of the mail, in the mean over "
          "receivers; none: no limit.");
    field("complaints", &TuneParams::complaints, "Largest share of delivered mail complained of.",
          Source{"facts 3.2: never 0.30 %"});
  }

  static void describe_choice(auto& field) {
    field("knots", &TuneParams::knots,
          "Growth family: days at which its growth may bend, spaced evenly in the logarithm.",
          Bounds<std::int64_t>{4, 12});
    field("most_growth", &TuneParams::most_growth, "Largest growth from one day to the next.",
          Bounds<double>{1.01, 20.0}, Source{"assumption: above the 3.0 of most receivers"});
    field("tune_spread", &TuneParams::tune_spread,
          "Whether the part of the day over which mail is released is tuned too.");
    field("addresses", &TuneParams::addresses,
          "Numbers of addresses to try, each made like the pool's first; when empty, the pool as "
          "it is.");
    field("within", &TuneParams::within,
          "With `addresses`: the fewest of them that get there in this time are chosen; none: the "
          "cheapest.");
    field("against", &TuneParams::against,
          "Files of schedules that the plan is compared with, as plan model table reads them.");
    field("cost_per_day", &TuneParams::cost_per_day, "Price of a day of waiting.",
          Bounds<double>{0.0, 1e9});
    field("cost_per_address_day", &TuneParams::cost_per_address_day,
          "Price of an address for a day, in the same unit.", Bounds<double>{0.0, 1e9});
  }
};

}  // namespace weir::experiments
