#pragma once
/// What an organisation and each of its users may send (S4-41; facts 2.1).

#include <optional>

#include "models/submission/tenant_limits.h"
#include "models/submission/user_limits.h"

namespace weir::system {

/// The limits that an organisation has; nothing: there is none.
struct SendLimitParams {
  std::optional<submission::UserParams> user;
  std::optional<submission::TenantParams> tenant;
};

class SendLimits {
 public:
  SendLimits(const SendLimitParams& params, const Calendar& calendar) {
    if (params.user) user_.emplace(*params.user, calendar);
    if (params.tenant) tenant_.emplace(*params.tenant);
  }

  /// Reply::accepted, and it is counted; or why it is refused. REQUIRES: time never goes back.
  Reply admit(const submission::Submitted& mail) {
    Reply reply = user_ ? user_->admit(mail) : Reply::accepted;
    if (reply == Reply::accepted && tenant_) reply = tenant_->admit(mail);
    if (reply != Reply::accepted) return reply;
    if (user_) user_->accepted(mail);
    if (tenant_) tenant_->accepted(mail);
    return reply;
  }

  /// The outbound filter called the user's mail to `recipients` spam.
  void judged_spam(SimTime now, std::uint32_t user, std::uint32_t recipients) {
    if (user_) user_->judged_spam(now, user, recipients);
  }

 private:
  std::optional<submission::UserLimits> user_;
  std::optional<submission::TenantLimits> tenant_;
};

}  // namespace weir::system
