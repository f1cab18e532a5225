// Choosing an address without looking at all of them, beside looking at all of them.

#include "models/delivery/paced_pool.h"

#include <algorithm>
#include <map>
#include <optional>

#include <gtest/gtest.h>

#include "models/selection/selection.h"
#include "tests/models/make_model.h"

namespace weir::testing {
namespace {

Draw dice(std::uint64_t n) { return {mix64(StreamKey{}), Purpose{255}, n, 0}; }

/// The selections as their first lines say, asked with all that are open.
class LiteralSelection {
 public:
  LiteralSelection(std::string_view name, std::vector<std::uint32_t> warm)
      : name_(name), warm_(std::move(warm)) {}

  std::size_t choose(const std::vector<std::uint32_t>& addresses,
                     const std::vector<std::size_t>& open,
                     const std::vector<std::uint64_t>& released, std::uint64_t sender, Draw& draw) {
    if (name_ == "random") return open[draw.below(open.size())];
    const auto rank = [&](std::size_t i) -> std::pair<std::uint64_t, std::uint64_t> {
      const std::uint32_t address = addresses[i];
      if (name_ == "least-used") return {0, released[i]};
      if (name_ == "hashed-by-sender") return {0, ~mix64(StreamKey{sender, address, 0})};
      const bool is_warm = std::ranges::find(warm_, address) != warm_.end();
      return {name_ == "overflow" && is_warm ? 1 : 0, last_use_[address]};
    };
    const std::size_t best = *std::ranges::min_element(open, {}, rank);
    last_use_[addresses[best]] = ++uses_;
    return best;
  }

 private:
  std::string name_;
  std::vector<std::uint32_t> warm_;
  std::map<std::uint32_t, std::uint64_t> last_use_;
  std::uint64_t uses_ = 0;
};

struct Given final : selection::Released {
  std::uint64_t by(std::size_t position) const override { return counts[position]; }
  std::vector<std::uint64_t> counts;
};

std::vector<std::int64_t> volumes_with_free_days() {
  std::vector<std::int64_t> days;
  for (int week = 0; week < 15; ++week) days.insert(days.end(), {0, 3, 0, 20, 7, 0, 2});
  return days;
}

/// Volumes of all kinds: none on some days, a few, many, and in some pools no limit.
std::unique_ptr<plan::Curve> some_curve(Draw& draw, bool may_be_unlimited) {
  switch (draw.below(may_be_unlimited ? 4 : 3)) {
    case 0:
      return make_model(plan::catalogue(), "table", {{"days", volumes_with_free_days()}});
    case 1:
      return make_model(plan::catalogue(), "flat", {{"volume", 4'000}, {"days", 100}});
    case 2:
      return make_model(plan::catalogue(), "flat", {{"volume", 600}, {"days", 100}});
    default:
      return make_model(plan::catalogue(), "all-at-once");
  }
}

std::vector<plan::Pacer> some_pacers(std::uint64_t seed, std::size_t n) {
  Draw draw = dice(seed);
  const auto hours = [&](std::uint64_t most) {
    return 1h * static_cast<std::int64_t>(draw.below(most + 1));
  };
  const Duration spread = draw.below(2) == 0 ? Duration{24h} : 1h + hours(22);
  const Duration hold = hours(60);
  std::vector<plan::Pacer> pacers;
  for (std::size_t i = 0; i < n; ++i) {
    auto curve = some_curve(draw, seed % 3 == 0);
    plan::PacerParams params{.spread = spread, .cut = {draw.uniform()}, .hold = hold};
    if (draw.below(3) == 0) params.gate = Probability{0.5};
    pacers.emplace_back(std::move(curve), params).begin(at(0s));
  }
  return pacers;
}

/// A source of the pool, as it is and literally.
struct Source {
  Source(std::uint64_t seed, const std::vector<std::uint32_t>& addresses)
      : pacers(some_pacers(seed, addresses.size())),
        literal_pacers(some_pacers(seed, addresses.size())),
        pool(pacers, addresses, 1, at(0s)) {}

  std::vector<std::size_t> literally_open(SimTime now) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < literal_pacers.size(); ++i)
      if (literal_pacers[i].earliest(now) <= now) open.push_back(i);
    return open;
  }

  SimTime literal_opening(SimTime now) {
    SimTime first = kNever;
    for (plan::Pacer& pacer : literal_pacers) first = std::min(first, pacer.earliest(now));
    return first;
  }

  void refuse(std::size_t position, SimTime now) {
    pacers[position].throttled(now);
    pool.told(position, now);
    literal_pacers[position].throttled(now);
  }

  void deliver(std::size_t position, SimTime now) {
    pacers[position].delivered(now, 2);
    literal_pacers[position].delivered(now, 2);
  }

  void release(std::size_t position, SimTime now, std::uint32_t recipients) {
    pacers[position].released(now, recipients);
    pool.told(position, now);
    literal_pacers[position].released(now, recipients);
  }

  std::vector<plan::Pacer> pacers;
  std::vector<plan::Pacer> literal_pacers;
  PacedPool pool;
};

/// Two sources that share a pool and its selection; counts what happened, so that a test can say
/// that it did.
class SharedPool {
 public:
  SharedPool(std::string_view name, std::uint64_t seed)
      : draw_(dice(seed)),
        addresses_(some_addresses(1 + draw_.below(seed % 2 == 0 ? 80 : 5))),
        warm_{addresses_.front(), addresses_.back()},
        selection_(make_model(selection::catalogue(), name)),
        literal_(name, warm_),
        sources_{Source(seed, addresses_), Source(seed + 1, addresses_)} {
    selection_->set_warm(warm_);
    given_.counts.resize(addresses_.size());
  }

  void step() {
    now_ += some_wait();
    Source& source = sources_[draw_.below(2)];
    const std::size_t position = draw_.below(addresses_.size());
    const std::uint64_t what = draw_.below(20);
    if (what == 0) source.refuse(position, now_);
    if (what < 10) source.deliver(position, now_);
    const std::vector<std::size_t> open = source.literally_open(now_);
    selection::Candidates& candidates = source.pool.candidates(0, now_);
    ASSERT_EQ(candidates.count(), open.size());
    for (std::size_t i = 0; i < open.size(); ++i) ASSERT_EQ(candidates.nth(i), open[i]);
    if (open.empty()) {
      ++closed;
      ASSERT_EQ(source.pool.next_opening(now_), source.literal_opening(now_));
      return;
    }
    choose(source, candidates, open);
  }

  std::uint64_t closed = 0;
  std::uint64_t partly_open = 0;

 private:
  std::vector<std::uint32_t> some_addresses(std::size_t n) {
    std::vector<std::uint32_t> addresses;
    for (std::size_t i = 0; i < n; ++i)
      addresses.push_back(static_cast<std::uint32_t>(7 * i % (n + 7) + 3));
    return addresses;
  }

  Duration some_wait() {
    constexpr std::array kScales{0s, 0s, 0s, 1s, 60s, 600s, 7200s};
    return kScales[draw_.below(kScales.size())] * static_cast<std::int64_t>(draw_.below(10));
  }

  void choose(Source& source, selection::Candidates& candidates,
              const std::vector<std::size_t>& open) {
    if (open.size() < addresses_.size()) ++partly_open;
    const std::uint64_t sender = draw_.below(2) == 0 ? draw_.below(9) : draw_();
    const std::uint64_t message = draw_();
    Draw mine = dice(message);
    Draw his = dice(message);
    const std::size_t position =
        selection_->choose(candidates, {.sender = sender, .draw = mine, .released = given_});
    ASSERT_EQ(position, literal_.choose(addresses_, open, given_.counts, sender, his));
    ++given_.counts[position];
    source.release(position, now_, 1 + static_cast<std::uint32_t>(draw_.below(3)));
  }

  Draw draw_;
  std::vector<std::uint32_t> addresses_;
  std::vector<std::uint32_t> warm_;
  std::unique_ptr<selection::Selection> selection_;
  LiteralSelection literal_;
  Given given_;
  std::array<Source, 2> sources_;
  SimTime now_{};
};

TEST(PacedPool, ChoosesAsOneWhoLooksAtEveryAddress) {
  for (const selection::Entry* entry : selection::catalogue()) {
    std::uint64_t closed = 0;
    std::uint64_t partly_open = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      SCOPED_TRACE(std::string(entry->name) + ", world " + std::to_string(seed));
      SharedPool pool(entry->name, seed);
      for (int i = 0; i < 700 && !HasFatalFailure(); ++i) pool.step();
      closed += pool.closed;
      partly_open += pool.partly_open;
    }
    EXPECT_GT(closed, 100U) << entry->name;
    EXPECT_GT(partly_open, 1'000U) << entry->name;
  }
}

}  // namespace
}  // namespace weir::testing
