#include "models/delivery/event_profile.h"

#include "sim/random.h"

namespace weir {
namespace {

// The least that two readings after one another are apart.
std::uint64_t reading_of(EventProfile::Clock clock) {
  std::uint64_t least = ~std::uint64_t{0};
  for (int i = 0; i < 1'000; ++i) {
    const std::uint64_t first = clock();
    least = std::min(least, clock() - first);
  }
  return least;
}

}  // namespace

EventProfile::EventProfile(Clock clock) : clock_(clock), reading_(reading_of(clock)) {}

void EventProfile::end_taking() {
  const std::uint64_t ns = clock_() - handled_at_;
  taking_.add(ns - std::min(ns, reading_));
  handled_at_ = 0;
}

void EventProfile::measured(std::size_t kind, std::uint64_t ns) {
  Counter& counter = counters_[kind];
  const bool first = counter.count <= kMeasuredFirst;
  (first ? first_ : later_)[kind].add(ns - std::min(ns, reading_));
  counter.next += counter.count < kMeasuredFirst ? 1 : distance();
}

std::uint64_t EventProfile::distance() {
  return kMeanDistance / 2 + mix64(++draws_) % (kMeanDistance + 1);
}

std::array<KindProfile, std::variant_size_v<Event>> EventProfile::kinds() const {
  std::array<KindProfile, std::variant_size_v<Event>> kinds;
  for (std::size_t i = 0; i < kinds.size(); ++i)
    kinds[i] = {.count = counters_[i].count,
                .ties = counters_[i].ties,
                .first = first_[i],
                .later = later_[i]};
  return kinds;
}

}  // namespace weir
