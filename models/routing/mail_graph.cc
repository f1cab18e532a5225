#include "models/routing/mail_graph.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace weir::routing {
namespace {

/// How an arc is reached: what it is beside its ends and domains.
struct Manner {
  Passage passage = Passage::mx;
  std::string why{};
  bool backup = false;
  bool strays = false;
  bool bypasses = false;
};

class Builder {
  using Addresses = std::vector<std::uint32_t>;

 public:
  Builder(const Network& network, const Router& router, const Attributor& attributor,
          const Surroundings& surroundings)
      : network_(network), router_(router), attributor_(attributor), surroundings_(surroundings) {}

  void add(const Flow& flow, std::uint32_t index) {
    const std::uint32_t source = node(Place::source, index, flow.name);
    graph_.nodes[source].begins = true;
    sender_domain_ = flow.sender_domain;
    left_.clear();
    for (const Flow::Part& part : flow.parts) {
      domain_ = part.domain;
      if (flow.system == kNone) {
        send(source, part.sites, {.passage = Passage::submits}, flow.addresses);
      } else {
        const std::uint32_t inside = holder(flow.system, flow.organisation);
        connect(source, inside, {.passage = Passage::submits});
        leave_from(inside, flow.system, flow.organisation);
      }
    }
  }

  MailGraph finish() {
    for (PassageArc& arc : graph_.arcs) std::sort(arc.domains.begin(), arc.domains.end());
    return std::move(graph_);
  }

 private:
  std::uint32_t node(Place place, std::uint32_t index, std::string name) {
    const auto next = static_cast<std::uint32_t>(graph_.nodes.size());
    const auto [entry, is_new] = nodes_.try_emplace({place, index}, next);
    if (is_new) graph_.nodes.push_back({.place = place, .index = index, .name = std::move(name)});
    return entry->second;
  }

  std::uint32_t end(Place place, std::uint32_t index, std::string name) {
    const std::uint32_t at = node(place, index, std::move(name));
    graph_.nodes[at].ends = true;
    return at;
  }

  /// The organisation, or the system itself where it has none.
  std::uint32_t holder(std::uint32_t system, std::uint32_t organisation) {
    return organisation != kNone
               ? node(Place::organisation, organisation, network_.organisations[organisation].name)
               : node(Place::system, system, network_.systems[system].name);
  }

  void connect(std::uint32_t from, std::uint32_t to, const Manner& manner) {
    const auto next = static_cast<std::uint32_t>(graph_.arcs.size());
    const auto [entry, is_new] = arcs_.try_emplace(
        {from, to, manner.passage, manner.why, manner.backup, manner.strays, manner.bypasses},
        next);
    if (is_new)
      graph_.arcs.push_back({.from = from,
                             .to = to,
                             .passage = manner.passage,
                             .why = manner.why,
                             .backup = manner.backup,
                             .strays = manner.strays,
                             .bypasses = manner.bypasses});
    auto& domains = graph_.arcs[entry->second].domains;
    if (std::find(domains.begin(), domains.end(), domain_) == domains.end())
      domains.push_back(domain_);
  }

  void send(std::uint32_t from, const std::vector<std::vector<std::uint32_t>>& groups,
            Manner manner, const Addresses& addresses) {
    for (std::size_t g = 0; g < groups.size(); ++g) {
      manner.backup = g > 0;
      for (const std::uint32_t site : groups[g]) {
        const std::uint32_t at = node(Place::site, site, network_.sites[site].name);
        connect(from, at, manner);
        arrive(at, site, addresses);
      }
    }
  }

  /// What becomes of mail at a site to which one of `addresses` sends it.
  void arrive(std::uint32_t at, std::uint32_t site, const Addresses& addresses) {
    const std::uint32_t system = network_.sites[site].system;
    if (system == kNone) {
      deliver(at, {.passage = Passage::delivers});
    } else if (network_.systems[system].organisations.empty()) {
      const std::uint32_t inside = holder(system, kNone);
      connect(at, inside, {.passage = Passage::door});
      leave_from(inside, system, kNone);
    } else if (site < surroundings_.submission_sites.size() &&
               surroundings_.submission_sites[site]) {
      log_in(at, system);
    } else {
      for (const std::uint32_t address : addresses) admit(at, site, address);
    }
  }

  void log_in(std::uint32_t at, std::uint32_t system) {
    const std::uint32_t home = network_.home(system, sender_domain_);
    if (home == kNone) {
      return_mail(at, Reply::not_authenticated, {.passage = Passage::returns});
    } else {
      take(at, system, home, false);
    }
  }

  void admit(std::uint32_t at, std::uint32_t site, std::uint32_t address) {
    const Attribution attribution =
        attributor_.attribute({.site = site,
                               .address = address,
                               .sender_domain = sender_domain_,
                               .recipient_domains = std::span(&domain_, 1)},
                              SimTime::max());
    if (attribution.refusal != Reply::accepted) {
      return_mail(at, attribution.refusal, {.passage = Passage::returns});
    } else {
      take(at, network_.sites[site].system, attribution.organisation, attribution.exempt);
    }
  }

  void take(std::uint32_t at, std::uint32_t system, std::uint32_t organisation, bool attracted) {
    const std::uint32_t inside = holder(system, organisation);
    connect(at, inside, {.passage = attracted ? Passage::attracts : Passage::door});
    const std::uint32_t home = network_.home(system, domain_);
    if (attracted && home != kNone && home != organisation) {
      const std::uint32_t next = holder(system, home);
      connect(inside, next, {.passage = Passage::inside, .why = "relayed"});
      leave_from(next, system, home);
    } else {
      leave_from(inside, system, organisation);
    }
  }

  /// Where mail goes from an organisation, or a system without any; each only once a domain.
  void leave_from(std::uint32_t from, std::uint32_t system, std::uint32_t organisation) {
    if (!left_.insert({from, domain_}).second) return;
    const Leg leg{.system = system, .organisation = organisation, .domain = domain_};
    follow(from, leg, false);
    if (organisation == kNone || !network_.is_registered(domain_, organisation)) return;
    if (network_.domains[domain_].type != DomainType::internal_relay) return;
    Leg stray = leg;
    stray.mailbox = Mailbox::missing;
    follow(from, stray, true);
  }

  void follow(std::uint32_t from, const Leg& leg, bool strays) {
    const Route route = router_.route(leg);
    switch (route.way) {
      case Way::mailbox:
        deliver(from, {.passage = route.stale ? Passage::misplaces : Passage::delivers});
        break;
      case Way::inside: {
        const std::uint32_t next = holder(leg.system, route.organisation);
        connect(from, next,
                {.passage = Passage::inside, .why = "same server", .bypasses = route.bypasses});
        leave_from(next, leg.system, route.organisation);
        break;
      }
      case Way::hop:
        send(from, router_.hops()[route.hop].hop.groups, manner_of(leg, route, strays),
             surroundings_.system_addresses[leg.system]);
        break;
      case Way::fail:
        return_mail(from, route.reply, {.passage = Passage::returns, .strays = strays});
        break;
    }
  }

  Manner manner_of(const Leg& leg, const Route& route, bool strays) const {
    if (route.connector == kNone) return {.passage = Passage::mx, .strays = strays};
    const auto& connectors = Router::connectors(network_, leg.system, leg.organisation);
    return {
        .passage = Passage::connector, .why = connectors[route.connector].name, .strays = strays};
  }

  void deliver(std::uint32_t from, const Manner& manner) {
    const std::string name = domain_ == kNone ? "recipients" : network_.domains[domain_].name;
    connect(from, end(Place::mailboxes, domain_, name), manner);
  }

  void return_mail(std::uint32_t from, Reply reply, Manner manner) {
    manner.why = std::string(info(reply).code) + " " + std::string(info(reply).cause);
    connect(from, end(Place::returned, 0, "returned"), manner);
  }

  using ArcKey = std::tuple<std::uint32_t, std::uint32_t, Passage, std::string, bool, bool, bool>;

  const Network& network_;
  const Router& router_;
  const Attributor& attributor_;
  const Surroundings& surroundings_;
  MailGraph graph_;
  std::uint32_t sender_domain_ = kNone;
  std::uint32_t domain_ = kNone;  // of the mail that is being followed
  std::map<std::pair<Place, std::uint32_t>, std::uint32_t> nodes_;
  std::map<ArcKey, std::uint32_t> arcs_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> left_;  // node and domain
};

}  // namespace

MailGraph mail_graph(const Network& network, const Router& router, const Attributor& attributor,
                     const Surroundings& surroundings, std::span<const Flow> flows) {
  Builder builder(network, router, attributor, surroundings);
  for (std::uint32_t i = 0; i < flows.size(); ++i) builder.add(flows[i], i);
  return builder.finish();
}

}  // namespace weir::routing
