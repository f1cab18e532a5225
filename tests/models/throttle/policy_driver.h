#pragma once
/// Any throttle policy, made by name and driven directly: attempts in, verdicts out.

#include "models/throttle/policy.h"
#include "tests/models/make_model.h"

namespace weir::testing {

class PolicyDriver {
 public:
  explicit PolicyDriver(std::string_view name, const Keys& keys = {},
                        const std::vector<throttle::AddressInfo>& addresses = {{}, {}})
      : policy_(make_model(throttle::catalogue(), name, keys)) {
    policy_->prepare(addresses);
  }

  throttle::Policy& policy() { return *policy_; }

  /// One attempt; what is let through is accepted whole. Each is the draw of its own message.
  throttle::Verdict attempt(const throttle::Attempt& attempt) {
    Draw draw(1, Purpose{0}, ++messages_, 0);
    const throttle::Verdict verdict = policy_->admit(attempt, draw);
    if (verdict.accepts()) policy_->accepted(attempt, attempt.recipients);
    return verdict;
  }

  throttle::Verdict offer(Duration when, std::uint32_t recipients = 1, std::uint32_t address = 0) {
    return attempt({.now = at(when), .address = address, .recipients = recipients});
  }
  Reply reply(Duration when, std::uint32_t recipients = 1, std::uint32_t address = 0) {
    return offer(when, recipients, address).reply;
  }
  bool passes(Duration when, std::uint32_t recipients = 1, std::uint32_t address = 0) {
    return offer(when, recipients, address).accepts();
  }

  /// Whether a connection of the address is let in; it stays open.
  bool connects(Duration when, std::uint32_t address = 0) {
    return policy_->connect(at(when), address).accepts();
  }

  void judged(Duration when, const throttle::Evidence& evidence, std::uint32_t address = 0) {
    policy_->judged(at(when), address, evidence);
  }

  throttle::Standing standing(Duration when, std::uint32_t address = 0) const {
    return *policy_->standing(address, at(when));
  }

 private:
  std::unique_ptr<throttle::Policy> policy_;
  std::uint64_t messages_ = 0;
};

/// The problems that a throttle policy would have with these keys.
inline std::size_t throttle_problems(std::string_view name, const Keys& keys) {
  return problems_of(throttle::catalogue(), name, keys).size();
}

}  // namespace weir::testing
