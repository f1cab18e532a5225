#pragma once
/// How many external recipients an organisation may reach in 24 hours, and a mailbox of it.
///
/// The tenant external recipient rate limit grows with the number of licences; mail from the
/// default domain (onmicrosoft.com) has a small limit of its own. Spans slide. A message goes as a
/// whole: when its recipients do not all fit, it is refused.
///
/// Source: facts 2.1 (announced 2025-02-24, with the formula and the replies).
/// Left out: what the limit does not count (journal, automatic replies, reports).

#include <map>

#include "models/reply.h"
#include "models/rolling_count.h"
#include "models/submission/submitted.h"
#include "sim/params.h"

namespace weir::submission {

/// 500 x licences^0.7 + 9,500, rounded.
std::int64_t external_limit(std::int64_t licences);

struct TenantParams {
  std::int64_t licences = 25;
  bool trial = false;
  std::int64_t trial_limit = 5'000;
  std::optional<std::int64_t> external{};
  std::int64_t default_domain = 100;
  std::optional<std::int64_t> mailbox_external{};

  static void describe(auto field) {
    field("licences", &TenantParams::licences,
          "E-mail licences, trials apart: 500 x licences^0.7 + 9,500 external recipients in 24 h.",
          Bounds<std::int64_t>{1, 100'000'000}, Source{"facts 2.1"});
    field("trial", &TenantParams::trial, "Whether there are only trial licences.",
          Source{"facts 2.1"});
    field("trial_limit", &TenantParams::trial_limit, "External recipients in 24 h in that case.",
          Bounds<std::int64_t>{0, 1'000'000'000}, Source{"facts 2.1: 5,000"});
    field("external", &TenantParams::external,
          "External recipients in 24 h, in place of both; none: as they say.",
          Source{"facts 2.1: undisclosed exceptions"});
    field("default_domain", &TenantParams::default_domain,
          "External recipients in 24 h for mail from onmicrosoft.com.",
          Bounds<std::int64_t>{0, 1'000'000'000}, Source{"facts 2.1: 100"});
    field("mailbox_external", &TenantParams::mailbox_external,
          "External recipients in 24 h of one mailbox; none: no such limit.",
          Source{"facts 2.1: 2,000, announced and cancelled"});
  }
};

class TenantLimits {
 public:
  explicit TenantLimits(const TenantParams& params);

  /// Reply::accepted, or why the message is refused. REQUIRES: time never goes back.
  Reply admit(const Submitted& mail);

  /// Counts what was let through by everybody.
  void accepted(const Submitted& mail);

  std::int64_t limit() const { return limit_; }

 private:
  TenantParams params_;
  std::int64_t limit_;
  RollingCount all_;
  RollingCount default_domain_;
  std::map<std::uint32_t, RollingCount> mailboxes_;
};

}  // namespace weir::submission
