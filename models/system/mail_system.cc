#include "models/system/mail_system.h"

#include <algorithm>

namespace weir::system {
namespace {

using filter::Disposition;

constexpr std::uint32_t kMostRecipients = 50'000;  // of a part of a message
constexpr std::size_t kMostParts = 100;            // which systems behind may divide again

std::uint32_t count(Probability share, std::uint32_t among, Draw& draw) {
  if (share.value <= 0.0) return 0;
  std::uint32_t counted = 0;
  for (std::uint32_t i = 0; i < among; ++i) counted += draw.happens(share) ? 1U : 0U;
  return counted;
}

FilterRemark remark_of(const filter::Verdict& verdict) {
  return {verdict.scl, verdict.stage, verdict.mark, verdict.stripped};
}

}  // namespace

bool MailSystem::has_organisations() const {
  return !landscape_->network.systems[system_].organisations.empty();
}

/// Whether a user of the system wrote it: at once inside, or through a client that logged in.
bool MailSystem::began_inside(const Mail& mail) const {
  return mail.address == Mail::kNone || landscape_->submission_site[mail.site];
}

/// How the message came, as far as filters judge by it.
filter::InboundFacts MailSystem::inbound_facts(const Mail& mail) const {
  filter::InboundFacts facts;
  if (mail.address == Mail::kNone) return facts;
  const routing::Network& network = landscape_->network;
  const std::uint32_t home = network.home(system_, mail.recipient_domain);
  facts.spf = routing::check_spf(network, mail.sender_domain, mail.address);
  facts.reputation = mail.reputation;
  facts.high_risk = landscape_->high_risk[mail.address];
  facts.connector_in_forest = landscape_->attributor->is_on_connector(
      mail.address, mail.site, mail.recipient_domain, mail.now);
  facts.other_forest =
      home != Mail::kNone && landscape_->attributor->is_other_forest(mail.site, home);
  return facts;
}

Admission MailSystem::admit(const Mail& mail, const Destination& destination, std::uint32_t unknown,
                            Draw&) const {
  const routing::Network& network = landscape_->network;
  Admission admission;
  if (!has_organisations()) return admission;
  if (landscape_->submission_site[mail.site]) {
    admission.organisation = network.home(system_, mail.sender_domain);
    if (admission.organisation == Mail::kNone) admission.refusal = Reply::not_authenticated;
    return admission;
  }
  const routing::Attribution attribution =
      landscape_->attributor->attribute({.site = mail.site,
                                         .address = mail.address,
                                         .sender_domain = mail.sender_domain,
                                         .recipient_domains = destination.domains,
                                         .tls = landscape_->tls[mail.address]},
                                        mail.now);
  admission.refusal = attribution.refusal;
  admission.organisation = attribution.organisation;
  admission.exempt = attribution.exempt;
  admission.looks_behind = attribution.enhanced_filtering;
  if (admission.refusal != Reply::accepted) return admission;

  const std::uint32_t home = network.home(system_, mail.recipient_domain);
  if (home == Mail::kNone) return admission;
  if (const auto& filters = landscape_->organisations[home].filters) {
    const filter::InboundFacts facts = inbound_facts(mail);
    admission.refusal = filters->connect(mail, facts).reply;
    admission.allowed = filters->allows(mail, facts);
  }
  // Unknown recipients of an authoritative domain are refused at the edge (facts 2.5: 550 5.4.1).
  if (network.domains[mail.recipient_domain].type == routing::DomainType::authoritative &&
      network.domains[mail.recipient_domain].organisation == home && mail.group == Mail::kNone) {
    admission.unknown = unknown;
    admission.checked = true;
  }
  return admission;
}

Decision MailSystem::decide(const Mail& mail, const Destination& destination, std::uint32_t unknown,
                            Draw& draw) {
  if (destination.domains.size() > 1) return divide_by_domain(mail, destination);
  if (!has_organisations()) return route(mail, destination, {});
  const std::uint32_t home = landscape_->network.home(system_, mail.recipient_domain);
  const bool ordinary = mail.organisation == Mail::kNone;
  if (home == Mail::kNone || destination.elsewhere || (!ordinary && mail.organisation != home))
    return leave(mail, destination, draw);
  Mail inbound = mail;
  inbound.organisation = home;
  return !ordinary && began_inside(mail) ? stay(inbound, unknown, draw)
                                         : arrive(inbound, unknown, draw);
}

/// A system without organisations, such as a relay (S1-01, S1-05) or a filter in front (S0-05,
/// S0-07), whose mail all goes one way keeps an envelope whole; any other sends a message for each
/// domain.
Decision MailSystem::divide_by_domain(const Mail& mail, const Destination& destination) const {
  const auto domains = static_cast<std::uint32_t>(destination.domains.size());
  if (!has_organisations()) {
    Decision first = route(mail, destination, {});
    const bool one_way = std::all_of(
        destination.domains.begin(), destination.domains.end(), [&](std::uint32_t domain) {
          Mail part = mail;
          part.recipient_domain = domain;
          const Decision decision = route(part, destination, {});
          return decision.act == Act::send && decision.hop == first.hop;
        });
    if (one_way) return first;
  }
  Decision decision{.act = Act::divide, .organisation = mail.organisation};
  for (std::uint32_t i = 0; i < domains; ++i) {
    const std::uint32_t recipients =
        mail.recipients / domains + (i < mail.recipients % domains ? 1U : 0U);
    if (recipients > 0)
      decision.shares.push_back({landscape_->destination_of(destination.domains[i]), recipients});
  }
  return decision;
}

/// What a verdict means for the message, when it ends its way; else only the mail it causes.
Decision MailSystem::end(const filter::Verdict& verdict, std::uint32_t organisation) const {
  Decision decision{.reply = verdict.reply, .organisation = organisation};
  decision.extra_notices =
      (verdict.admin_notice != Mail::kNone ? 1U : 0U) + (verdict.user_notice ? 1U : 0U);
  decision.filters = remark_of(verdict);
  decision.spam = verdict.stage == filter::Stage::spam && verdict.ends();
  switch (verdict.disposition) {
    case Disposition::go_on:
      break;
    case Disposition::junk:
      decision.act = Act::junk;
      break;
    case Disposition::quarantine:
      decision.act = Act::quarantine;
      break;
    case Disposition::erase:
      decision.act = Act::erase;
      decision.reply = Reply::erased;
      break;
    case Disposition::redirect:
      decision.act = Act::redirect;
      if (verdict.redirect_to != Mail::kNone)
        decision.copy_to = landscape_->destination_of(verdict.redirect_to);
      break;
    case Disposition::refuse:
      decision.act = Act::fail;
      break;
  }
  return decision;
}

/// What a verdict leads to: an end, or the mailboxes.
Decision MailSystem::conclude(const filter::Verdict& verdict, const Mail& mail,
                              std::uint32_t unknown, Draw& draw) const {
  Decision ended = end(verdict, mail.organisation);
  if (verdict.ends()) return ended;
  Decision placed = place(mail, unknown, draw);
  placed.extra_notices = ended.extra_notices;
  placed.filters = ended.filters;
  return placed;
}

/// Mail for the organisation's own recipients (S4-09).
Decision MailSystem::arrive(const Mail& mail, std::uint32_t unknown, Draw& draw) const {
  const auto& filters = landscape_->organisations[mail.organisation].filters;
  if (!filters || mail.notice || mail.filtered) return place(mail, unknown, draw);
  return conclude(filters->inbound(mail, inbound_facts(mail), draw), mail, unknown, draw);
}

/// The limits on what the organisation's users send, if the message is one of theirs.
SendLimits* MailSystem::limits_of(const Mail& mail) {
  const SendLimitParams& params = landscape_->organisations[mail.organisation].limits;
  if ((!params.user && !params.tenant) || mail.notice || !began_inside(mail)) return nullptr;
  return &limits_.try_emplace(mail.organisation, params, landscape_->calendar).first->second;
}

/// Whether its user may send the message (S4-41). Of a group the members count, one by one.
Reply MailSystem::ask_limits(const Mail& mail) {
  SendLimits* limits = limits_of(mail);
  if (limits == nullptr || mail.group != Mail::kNone) return Reply::accepted;
  const routing::Network& network = landscape_->network;
  const bool internal = network.is_registered(mail.recipient_domain, mail.organisation);
  const bool default_domain =
      mail.sender_domain != Mail::kNone &&
      network.domains[mail.sender_domain].name.ends_with(".onmicrosoft.com");
  return limits->admit({.now = mail.now,
                        .user = mail.source,
                        .external = internal ? 0 : mail.recipients,
                        .internal = internal ? mail.recipients : 0,
                        .default_domain = default_domain});
}

/// Mail from one user of the organisation to another: no spam filter looks at it.
Decision MailSystem::stay(const Mail& mail, std::uint32_t unknown, Draw& draw) {
  if (const Reply refusal = ask_limits(mail); refusal != Reply::accepted)
    return {.act = Act::fail, .reply = refusal, .organisation = mail.organisation};
  const auto& filters = landscape_->organisations[mail.organisation].filters;
  if (!filters || mail.notice || mail.filtered) return place(mail, unknown, draw);
  filter::Verdict verdict = filters->outbound(mail, outbound_facts(mail), draw);
  verdict.scl = filter::Verdict::kNoScl;
  return conclude(verdict, mail, unknown, draw);
}

/// Into the mailboxes; those that are elsewhere, and recipients that an internal relay domain does
/// not know, go on (S4-77).
Decision MailSystem::place(const Mail& mail, std::uint32_t unknown, Draw& draw) const {
  if (mail.group != Mail::kNone) return expand(mail);
  const routing::Domain& domain = landscape_->network.domains[mail.recipient_domain];
  Decision decision{.act = Act::deliver, .organisation = mail.organisation};
  decision.misplaced = domain.organisation != mail.organisation;
  const std::uint32_t away =
      unknown + count(landscape_->network.organisations[mail.organisation].elsewhere,
                      mail.recipients - unknown, draw);
  if (away == 0) return decision;
  if (domain.type == routing::DomainType::internal_relay && !decision.misplaced) {
    decision.act = Act::divide;
    decision.filtered = true;
    if (away < mail.recipients)
      decision.shares.push_back(
          {landscape_->destination_of(mail.recipient_domain), mail.recipients - away});
    decision.shares.push_back({landscape_->destination_of(mail.recipient_domain, true), away});
    return decision;
  }
  decision.unknown = away;
  if (away == mail.recipients) {
    decision.act = Act::fail;
    decision.reply = Reply::unknown_recipient;
  }
  return decision;
}

/// A group's members of this instant take its place (S4-02, S4-07), as messages of so many
/// recipients as one may carry.
Decision MailSystem::expand(const Mail& mail) const {
  const group::Expansion expansion =
      group::expand(landscape_->organisations[mail.organisation].groups, mail.group, mail.now);
  Decision decision{.act = Act::divide, .organisation = mail.organisation, .filtered = true};
  decision.takes = expansion.takes;
  if (expansion.reply != Reply::accepted || expansion.places.empty()) {
    decision.act = Act::fail;
    decision.reply = expansion.reply != Reply::accepted ? expansion.reply : Reply::no_route;
  }
  for (const group::Recipients& place : expansion.places)
    for (std::uint32_t done = 0; done < place.count; done += kMostRecipients)
      decision.shares.push_back({landscape_->destination_of(place.domain),
                                 std::min(kMostRecipients, place.count - done)});
  if (decision.shares.size() > kMostParts) {
    decision.act = Act::fail;
    decision.reply = Reply::recipient_limit;
  }
  return decision;
}

filter::OutboundFacts MailSystem::outbound_facts(const Mail& mail) const {
  const routing::Network& network = landscape_->network;
  filter::OutboundFacts facts;
  facts.forwarded = !began_inside(mail);
  facts.sender_accepted = network.is_registered(mail.sender_domain, mail.organisation);
  facts.authenticated =
      facts.forwarded && routing::check_spf(network, mail.sender_domain, mail.address) == Spf::pass;
  facts.sender_resolvable = mail.sender_domain == Mail::kNone ||
                            routing::has_mail_hosts(network.domains[mail.sender_domain]);
  return facts;
}

/// Mail that an organisation sends, or that a connector drew to it, for somebody else (S4-11).
Decision MailSystem::leave(const Mail& mail, const Destination& destination, Draw& draw) {
  if (mail.organisation == Mail::kNone) return route(mail, destination, {});
  if (const Reply refusal = ask_limits(mail); refusal != Reply::accepted)
    return {.act = Act::fail, .reply = refusal, .organisation = mail.organisation};
  Mail outbound = mail;
  outbound.direction = Direction::outbound;
  const filter::OutboundFacts facts = outbound_facts(mail);
  const filter::Verdict verdict = judge_leaving(outbound, facts, draw);
  if (verdict.ends()) return end(verdict, mail.organisation);
  const bool spam = verdict.pool == filter::OutboundPool::high_risk && facts.sender_resolvable;
  if (SendLimits* limits = limits_of(mail); limits != nullptr && spam)
    limits->judged_spam(mail.now, mail.source, mail.recipients);
  // What a connector drew here goes on to the organisation it is for, on whatever server (S2-04):
  // in the end it arrives, by a detour that both traces show (S4-72).
  const std::uint32_t home = landscape_->network.home(system_, mail.recipient_domain);
  if (facts.forwarded && home != Mail::kNone && home != mail.organisation) {
    Decision decision = end(verdict, mail.organisation);
    decision.act = Act::pass_on;
    decision.next_organisation = home;
    return decision;
  }
  return route(outbound, destination, verdict);
}

/// What the filters say of mail that leaves. Of a part of a message that has passed them as a whole
/// only the pool is left to decide, since not all parts leave.
filter::Verdict MailSystem::judge_leaving(const Mail& mail, const filter::OutboundFacts& facts,
                                          Draw& draw) const {
  const auto& filters = landscape_->organisations[mail.organisation].filters;
  if (filters && !mail.notice && !mail.filtered) return filters->outbound(mail, facts, draw);
  filter::Verdict verdict;
  verdict.pool = filters && !mail.notice ? filters->pool(mail, facts, draw)
                                         : filter::pool_of(mail, facts, filter::Grade::clean);
  return verdict;
}

/// Where a message goes that the system does not deliver itself.
Decision MailSystem::route(const Mail& mail, const Destination& destination,
                           const filter::Verdict& verdict) const {
  const routing::Route route = landscape_->router->route(
      {.system = system_,
       .organisation = mail.organisation,
       .domain = mail.recipient_domain,
       .mailbox = destination.elsewhere ? routing::Mailbox::missing : routing::Mailbox::here,
       .connector = verdict.connector});
  Decision decision = end(verdict, mail.organisation);
  decision.act = Act::fail;
  decision.reply = route.reply;
  decision.bypassed = route.bypasses;
  switch (route.way) {
    case routing::Way::mailbox:
      decision.act = Act::deliver;
      break;
    case routing::Way::inside:
      decision.act = Act::pass_on;
      decision.next_organisation = route.organisation;
      break;
    case routing::Way::hop:
      decision.act = Act::send;
      decision.pool = pool_of(verdict.pool);
      decision.hop = landscape_->hop_numbers[route.hop];
      break;
    case routing::Way::fail:
      break;
  }
  return decision;
}

std::uint32_t MailSystem::pool_of(filter::OutboundPool pool) const {
  const Pools& pools = landscape_->pools[system_];
  switch (pool) {
    case filter::OutboundPool::normal:
      break;
    case filter::OutboundPool::high_risk:
      return pools.high_risk;
    case filter::OutboundPool::relay:
      return pools.relay;
  }
  return pools.normal;
}

}  // namespace weir::system
