#include "models/submission/tenant_limits.h"

#include <cmath>

namespace weir::submission {

std::int64_t external_limit(std::int64_t licences) {
  return std::llround(500.0 * std::pow(static_cast<double>(licences), 0.7) + 9500.0);
}

TenantLimits::TenantLimits(const TenantParams& params)
    : params_(params),
      limit_(params.external.value_or(params.trial ? params.trial_limit
                                                   : external_limit(params.licences))),
      all_(24h),
      default_domain_(24h) {}

Reply TenantLimits::admit(const Submitted& mail) {
  if (mail.external == 0) return Reply::accepted;
  all_.roll_to(mail.now);
  default_domain_.roll_to(mail.now);
  if (mail.default_domain && default_domain_.sum() + mail.external > params_.default_domain)
    return Reply::default_domain_limit;
  if (all_.sum() + mail.external > limit_)
    return params_.trial ? Reply::tenant_trial_limit : Reply::tenant_external_limit;
  if (!params_.mailbox_external) return Reply::accepted;
  RollingCount& mailbox = mailboxes_.try_emplace(mail.user, Duration{24h}).first->second;
  mailbox.roll_to(mail.now);
  return mailbox.sum() + mail.external > *params_.mailbox_external ? Reply::submission_quota
                                                                   : Reply::accepted;
}

void TenantLimits::accepted(const Submitted& mail) {
  all_.add(mail.now, mail.external);
  if (mail.default_domain) default_domain_.add(mail.now, mail.external);
  if (params_.mailbox_external)
    mailboxes_.try_emplace(mail.user, Duration{24h}).first->second.add(mail.now, mail.external);
}

}  // namespace weir::submission
