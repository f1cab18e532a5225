// A site: which policy decides, what all of them count, and whom a connector exempts.

#include "models/site/site.h"

#include <gtest/gtest.h>

#include "tests/support/world_builder.h"

namespace weir::testing {
namespace {

using Seen = ScriptedPolicy::Seen;

NamedPolicy policy(Seen& seen, Reply reply = Reply::accepted, Reply connection = Reply::accepted) {
  const auto always = [](Reply r) { return [r](const throttle::Attempt&) { return r; }; };
  return {"p", std::make_unique<ScriptedPolicy>(seen, always(reply), always(connection))};
}

Site site_of(std::vector<NamedPolicy> policies, std::vector<Connector> connectors = {},
             const SiteParams& params = {}) {
  return {"site", params, std::move(policies), std::move(connectors)};
}

template <class... P>
std::vector<NamedPolicy> list(P... policies) {
  std::vector<NamedPolicy> all;
  (all.push_back(std::move(policies)), ...);
  return all;
}

Reply admit(Site& site, throttle::Attempt attempt, std::uint32_t unknown = 0) {
  Draw throttle_draw{1, Purpose{1}, 0, 0};
  Draw transient_draw{1, Purpose{2}, 0, 0};
  return site.admit(attempt, unknown, throttle_draw, transient_draw).reply;
}

TEST(Site, WithoutPoliciesAcceptsWhatIsKnown) {
  Site site = site_of({});
  EXPECT_EQ(admit(site, {.recipients = 3}, 2), Reply::accepted);
  EXPECT_EQ(admit(site, {.recipients = 3}, 3), Reply::unknown_recipient);
  EXPECT_TRUE(site.connect({}, 0).accepts());
  EXPECT_EQ(site.next_wake(), kNever);
}

TEST(Site, TheFirstPolicyThatRefusesDecides) {
  Seen a, b, c;
  Site site =
      site_of(list(policy(a), policy(b, Reply::greylisted), policy(c, Reply::throttled_busy)));
  EXPECT_EQ(admit(site, {}), Reply::greylisted);
}

TEST(Site, APolicyCountsOnlyWhatAllLetPass) {
  Seen a, b;
  Site refusing = site_of(list(policy(a), policy(b, Reply::greylisted)));
  admit(refusing, {.recipients = 4});
  EXPECT_EQ(a.accepted, 0U);

  Seen c, d;
  Site passing = site_of(list(policy(c), policy(d)));
  admit(passing, {.recipients = 4}, 1);
  EXPECT_EQ(c.accepted, 3U);
  EXPECT_EQ(d.accepted, 3U);
}

TEST(Site, NobodyCountsAMessageWithoutKnownRecipients) {
  Seen a;
  Site site = site_of(list(policy(a)));
  admit(site, {.recipients = 4}, 4);
  EXPECT_EQ(a.accepted, 0U);
}

TEST(Site, WantOfResourcesIsNobodysCount) {
  Seen a;
  Site site = site_of(list(policy(a)), {}, {.transient = {1.0}});
  EXPECT_EQ(admit(site, {.recipients = 4}), Reply::no_resources);
  EXPECT_EQ(a.accepted, 0U);
}

TEST(Site, ThrottlesComeBeforeWantOfResourcesAndUnknownRecipients) {
  Seen a;
  Site site = site_of(list(policy(a, Reply::throttled_busy)), {}, {.transient = {1.0}});
  EXPECT_EQ(admit(site, {.recipients = 1}, 1), Reply::throttled_busy);
}

TEST(Site, ARefusedConnectionIsOpenWithNobody) {
  Seen a, b, c;
  Site site =
      site_of(list(policy(a), policy(b, Reply::accepted, Reply::forest_connections), policy(c)));
  EXPECT_EQ(site.connect({}, 0).reply, Reply::forest_connections);
  EXPECT_EQ(a.open, 0);
  EXPECT_EQ(a.opened, 1);
  EXPECT_EQ(c.opened, 0);
}

TEST(Site, EvidenceAndClosingReachEveryPolicy) {
  Seen a, b;
  Site site = site_of(list(policy(a), policy(b)));
  site.connect({}, 0);
  site.disconnected({}, 0);
  site.judged({}, 0, {.recipients = 3, .traps = 1});
  for (const Seen& seen : {a, b}) {
    EXPECT_EQ(seen.open, 0);
    EXPECT_EQ(seen.judged.recipients, 3U);
    EXPECT_EQ(seen.judged.traps, 1U);
  }
}

class Waking final : public throttle::Policy {
 public:
  explicit Waking(SimTime next) : next_(next) {}
  throttle::Verdict admit(const throttle::Attempt&, Draw&) override { return {.wake_at = next_}; }
  SimTime wake(SimTime now) override { return now < next_ ? next_ : kNever; }

 private:
  SimTime next_;
};

TEST(Site, WakesAtTheEarliestInstantThatAPolicyNamed) {
  Site site = site_of(list(NamedPolicy{"a", std::make_unique<Waking>(at(5h))},
                           NamedPolicy{"b", std::make_unique<Waking>(at(3h))}));
  admit(site, {});
  EXPECT_EQ(site.next_wake(), at(3h));
  site.wake(at(3h));
  EXPECT_EQ(site.next_wake(), at(5h)) << "the other one still waits";
  site.wake(at(5h));
  EXPECT_EQ(site.next_wake(), kNever);
}

TEST(Site, StandingIsThatOfThePolicyThatKeepsOne) {
  std::vector<NamedPolicy> policies;
  policies.push_back({"a", make_model(throttle::catalogue(), "none")});
  policies.push_back({"b", make_model(throttle::catalogue(), "history-window")});
  Site site = site_of(std::move(policies));
  const std::vector<throttle::AddressInfo> addresses(2);
  site.prepare(addresses, *Calendar::parse("2026-03-02", 0h));
  EXPECT_EQ(site.standing(1, at(0s))->state, throttle::AddressState::fresh);
  EXPECT_FALSE(site_of({}).standing(0, at(0s)).has_value());
}

/// A policy that says how all addresses stand.
struct Says final : throttle::Policy {
  explicit Says(const throttle::Standing& s) : said(s) {}
  throttle::Verdict admit(const throttle::Attempt&, Draw&) override { return {}; }
  std::optional<throttle::Standing> standing(std::uint32_t, SimTime) const override { return said; }
  throttle::Standing said;
};

TEST(Site, JoinsTheStandingsOfItsPolicies) {
  using enum throttle::AddressState;
  std::vector<NamedPolicy> policies;
  policies.push_back(
      {"list", std::make_unique<Says>(throttle::Standing{.state = listed, .listings = 1})});
  policies.push_back(
      {"ip", std::make_unique<Says>(throttle::Standing{
                 .state = known, .reputation = 70.0, .windows = 2, .throttled = 48h})});
  const auto all = *site_of(std::move(policies)).standing(0, at(0s));
  EXPECT_EQ(all.state, listed);
  EXPECT_EQ(all.reputation, 70.0);
  EXPECT_EQ(all.windows, 2U);
  EXPECT_EQ(all.throttled, 48h);
  EXPECT_EQ(all.listings, 1U);
}

Connector connector(ConnectorType type, Duration registered, Duration propagation) {
  Connector made;
  made.params.type = type;
  made.params.registered = registered;
  made.params.propagation = propagation;
  made.addresses = {0};
  return made;
}

bool exempt(Site& site, Seen& seen, Duration when, std::uint32_t address) {
  admit(site, {.now = at(when), .address = address});
  return seen.exempt;
}

TEST(Connector, OfTheOrganizationExemptsTheAddressesItNames) {
  Seen seen;
  Site site = site_of(list(policy(seen)), {connector(ConnectorType::organization, 0h, 0h)});
  EXPECT_TRUE(exempt(site, seen, 0h, 0));
  EXPECT_FALSE(exempt(site, seen, 0h, 1));
}

TEST(Connector, TakesEffectWhenItsRegistrationHasSpread) {
  Seen seen;
  Site site = site_of(list(policy(seen)), {connector(ConnectorType::organization, 5h, 1h)});
  EXPECT_FALSE(exempt(site, seen, 6h - 1ns, 0));
  EXPECT_TRUE(exempt(site, seen, 6h, 0));
}

TEST(Connector, OfAPartnerExemptsNobody) {
  Seen seen;
  Site site = site_of(list(policy(seen)), {connector(ConnectorType::partner, 0h, 0h)});
  EXPECT_FALSE(exempt(site, seen, 10h, 0));
}

}  // namespace
}  // namespace weir::testing
