#pragma once
/// Links of [system.NAME] to the rest of the scenario.

#include <string>

#include "sim/params.h"

namespace weir::experiments {

struct SystemLinks {
  std::string pool;
  std::string high_risk_pool;
  std::string relay_pool;

  static void describe(auto field) {
    field("pool", &SystemLinks::pool, "The pool it sends by; when empty, the only one.");
    field("high_risk_pool", &SystemLinks::high_risk_pool,
          "The pool for spam and for bounce messages; when empty, as other mail.",
          Source{"S4-38; facts 2.3"});
    field("relay_pool", &SystemLinks::relay_pool,
          "The pool for mail that is forwarded for others; when empty, as other mail.",
          Source{"facts 2.3"});
  }
};

}  // namespace weir::experiments
