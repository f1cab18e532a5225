/// Restricted users: the front door of a service that forbids users who send like spammers to send.
///
/// For a site that takes an organisation's mail for the outside: all its recipients count as
/// external, and what recipients' filters call spam stands for the service's own verdict. A system
/// that knows both asks the same rule itself (models/submission/user_limits.h).
///
/// Source: S4-41, S4-42; facts 2.1.

#include "models/submission/user_limits.h"
#include "models/throttle/policy.h"

namespace weir::throttle {
namespace {

class RestrictedUsers final : public Policy {
 public:
  using Params = submission::UserParams;

  explicit RestrictedUsers(const Params& p) : params_(p), limits_(p) {}

  void set_calendar(const Calendar& calendar) override {
    limits_ = submission::UserLimits(params_, calendar);
  }

  void prepare(std::span<const AddressInfo> addresses) override {
    for (const AddressInfo& info : addresses) users_.push_back(info.user);
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    return {.reply = limits_.admit(submitted(attempt, attempt.recipients))};
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    limits_.accepted(submitted(attempt, recipients));
  }

  void judged(SimTime now, std::uint32_t address, const Evidence& evidence) override {
    if (evidence.spam > 0) limits_.judged_spam(now, users_[address], evidence.spam);
  }

  std::optional<Standing> standing(std::uint32_t address, SimTime now) const override {
    const bool restricted = now < limits_.restricted_until(users_[address]);
    return Standing{.state = restricted ? AddressState::listed : AddressState::known};
  }

 private:
  submission::Submitted submitted(const Attempt& attempt, std::uint32_t recipients) const {
    return {.now = attempt.now, .user = users_[attempt.address], .external = recipients};
  }

  Params params_;
  submission::UserLimits limits_;
  std::vector<std::uint32_t> users_;  // of each address
};

}  // namespace

extern const Entry restricted_users;
constinit const Entry restricted_users = entry<RestrictedUsers>(
    "restricted-users", "Forbids users to send who exceed the outbound spam policy.");

}  // namespace weir::throttle
