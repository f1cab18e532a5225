#pragma once
/// A mail system by the rules: connectors, filters, local delivery, routing.
///
/// What comes in is attributed to an organisation or to none, and judged by the connection filter
/// of its recipients'. Then: the organisation that a connector drew it to sends it on by its own
/// rules (S2-04, S2-06); that which has the recipients filters and delivers it (S4-09); what began
/// inside, or leaves, passes the outbound filters (S4-11) and goes to a neighbour on the same
/// server (S0-02), through an outbound connector (S4-75), or to the hosts that DNS gives (S0-01).

#include "models/system/landscape.h"

namespace weir::system {

class MailSystem final : public Transport {
 public:
  /// REQUIRES: the landscape is complete by the time of the first call.
  MailSystem(std::shared_ptr<const Landscape> landscape, std::uint32_t system)
      : landscape_(std::move(landscape)), system_(system) {}

  Admission admit(const Mail& mail, const Destination& destination, std::uint32_t unknown,
                  Draw& draw) const override;
  Decision decide(const Mail& mail, const Destination& destination, std::uint32_t unknown,
                  Draw& draw) override;

 private:
  bool has_organisations() const;
  bool began_inside(const Mail& mail) const;
  filter::InboundFacts inbound_facts(const Mail& mail) const;
  filter::OutboundFacts outbound_facts(const Mail& mail) const;

  Decision divide_by_domain(const Mail& mail, const Destination& destination) const;
  Decision arrive(const Mail& mail, std::uint32_t unknown, Draw& draw) const;
  Decision stay(const Mail& mail, std::uint32_t unknown, Draw& draw);
  Decision place(const Mail& mail, std::uint32_t unknown, Draw& draw) const;
  Decision expand(const Mail& mail) const;
  Decision leave(const Mail& mail, const Destination& destination, Draw& draw);
  filter::Verdict judge_leaving(const Mail& mail, const filter::OutboundFacts& facts,
                                Draw& draw) const;
  Decision route(const Mail& mail, const Destination& destination,
                 const filter::Verdict& verdict) const;
  Decision conclude(const filter::Verdict& verdict, const Mail& mail, std::uint32_t unknown,
                    Draw& draw) const;
  Decision end(const filter::Verdict& verdict, std::uint32_t organisation) const;
  std::uint32_t pool_of(filter::OutboundPool pool) const;
  SendLimits* limits_of(const Mail& mail);
  Reply ask_limits(const Mail& mail);

  std::shared_ptr<const Landscape> landscape_;
  std::uint32_t system_;
  std::map<std::uint32_t, SendLimits> limits_;  // by organisation
};

}  // namespace weir::system
