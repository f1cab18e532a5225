// The least that somebody else's program does with weir: it compiles, links and computes.

#include <cstdio>

#include "models/throttle/policy.h"
#include "sim/quantity.h"

int main() {
  using namespace weir;
  const Duration two_hours = std::chrono::hours{2};
  std::printf("%.0f\n", to_seconds(two_hours));
  return throttle::catalogue().empty() ? 1 : 0;
}
