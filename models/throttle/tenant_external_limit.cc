/// Tenant external limit: the front door of a service that counts an organisation's mail to others.
///
/// For a site that takes an organisation's mail for the outside: all its recipients count as
/// external, whoever the client is. A system that knows who is inside asks the same rule itself
/// (models/submission/tenant_limits.h, which is also where the numbers and their sources are).
///
/// Source: facts 2.1.

#include "models/submission/tenant_limits.h"
#include "models/throttle/policy.h"

namespace weir::throttle {
namespace {

class TenantExternalLimit final : public Policy {
 public:
  struct Params : submission::TenantParams {
    bool from_default_domain = false;

    static void describe(auto field) {
      const auto inherited = [&]<class T>(std::string_view key, T TenantParams::*member,
                                          std::string_view words, const auto&... attributes) {
        field(key, static_cast<T Params::*>(member), words, attributes...);
      };
      submission::TenantParams::describe(inherited);
      field("from_default_domain", &Params::from_default_domain,
            "Whether the mail's sender is in the organisation's onmicrosoft.com domain.",
            Source{"facts 2.1"});
    }
  };

  explicit TenantExternalLimit(const Params& p)
      : limits_(p), from_default_domain_(p.from_default_domain) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    for (const AddressInfo& info : addresses) users_.push_back(info.user);
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    return {.reply = limits_.admit(submitted(attempt, attempt.recipients))};
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    limits_.accepted(submitted(attempt, recipients));
  }

  std::vector<Ceiling> ceilings() const override {
    const auto limit = static_cast<double>(limits_.limit());
    return {{.parameter = "licences",
             .scope = Ceiling::Scope::site,
             .count = limit,
             .span = 24h,
             .ahead = limit}};
  }

 private:
  submission::Submitted submitted(const Attempt& attempt, std::uint32_t recipients) const {
    return {.now = attempt.now,
            .user = users_[attempt.address],
            .external = recipients,
            .default_domain = from_default_domain_};
  }

  submission::TenantLimits limits_;
  bool from_default_domain_;
  std::vector<std::uint32_t> users_;  // of each address
};

}  // namespace

extern const Entry tenant_external_limit;
constinit const Entry tenant_external_limit = entry<TenantExternalLimit>(
    "tenant-external-limit", "External recipients of an organisation in 24 hours, by licences.");

}  // namespace weir::throttle
