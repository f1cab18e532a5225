#pragma once
/// A history-window receiver driven directly, without a kernel: attempts in, verdicts out.

#include "models/throttle/policy.h"
#include "tests/models/make_model.h"

namespace weir::testing {

class Receiver {
 public:
  explicit Receiver(const Keys& keys, const std::vector<throttle::AddressInfo>& addresses = {{}})
      : policy_(make_model(throttle::catalogue(), "history-window", keys)) {
    policy_->prepare(addresses);
  }

  throttle::Policy& policy() { return *policy_; }

  /// One attempt; what is let through is accepted whole.
  throttle::Verdict attempt(const throttle::Attempt& attempt) {
    const throttle::Verdict verdict = policy_->admit(attempt, unused_);
    EXPECT_EQ(unused_.draws(), 0U) << "the receiver draws nothing";
    if (verdict.accepts()) policy_->accepted(attempt, attempt.recipients);
    return verdict;
  }

  bool passes(Duration when, std::uint32_t recipients, std::uint32_t address = 0) {
    return attempt({.now = at(when), .address = address, .recipients = recipients}).accepts();
  }

  /// `daily` recipients in 24 equal portions; whether all passed.
  bool day_passes(std::int64_t day, std::uint32_t daily, std::uint32_t address = 0) {
    bool all = true;
    for (std::uint32_t hour = 0; hour < 24; ++hour)
      all &= passes(day * 24h + hour * 1h, daily * (hour + 1) / 24 - daily * hour / 24, address);
    return all;
  }

  throttle::Standing standing(Duration when, std::uint32_t address = 0) const {
    return *policy_->standing(address, at(when));
  }
  throttle::AddressState state(Duration when, std::uint32_t address = 0) {
    policy_->wake(at(when));
    return standing(when, address).state;
  }

 private:
  std::unique_ptr<throttle::Policy> policy_;
  Draw unused_{0, Purpose{}, 0, 0};
};

/// Receiver({{"a", "b"}}) would be ambiguous.
inline Receiver receiver_with(const Keys& keys,
                              const std::vector<throttle::AddressInfo>& addresses = {{}}) {
  return Receiver(keys, addresses);
}

}  // namespace weir::testing
