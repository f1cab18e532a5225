#include "bench/mail/simulations.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "experiments/ensemble/distribution.h"
#include "experiments/scenario/document.h"

namespace weir::bench::mail {
namespace {

using experiments::Document;
using experiments::Summary;

constexpr double kUnknown = 0.005;  // share of recipients, as in warmup-90k
constexpr double kSpam = 0.002;
constexpr std::uint64_t kMostConnections = 100'000;

Setting sound(const Document& document) {
  for (const Problem& problem : document.problems) throw std::runtime_error(problem.text());
  return experiments::median_receiver(document.root);
}

/// Whether `count` of `n` is what chance makes of `share`: within five deviations.
bool is_plausible(std::uint64_t count, std::uint64_t n, double share) {
  const double expected = share * static_cast<double>(n);
  return std::abs(static_cast<double>(count) - expected) <= 5 * std::sqrt(expected) + 5;
}

/// Everything arrived but what its recipients' names kept out, and what is under way at the end.
std::string problem_of_delivery(const Summary& s) {
  if (s.windows_opened != 0) return fmt::format("{} windows opened, not 0", s.windows_opened);
  for (std::size_t i = 0; i + 1 < s.sources.size(); ++i) {
    const SourceTotals& t = s.sources[i].totals;
    const std::uint64_t bounced = t.of(Outcome::bounced);
    const std::uint64_t junked = t.of(Outcome::junked);
    if (t.of(Outcome::delivered) + junked + bounced + t.in_flight != t.submitted)
      return "something was neither delivered nor bounced";
    if (t.in_flight > 1'000 + t.submitted / 1'000) return "too much is in flight at the end";
    if (!is_plausible(bounced, t.submitted, kUnknown)) return fmt::format("{} bounced", bounced);
    if (!is_plausible(junked, t.submitted - bounced, kSpam))
      return fmt::format("{} junked", junked);
  }
  return {};
}

std::string problem_of_waiting(const Summary& s) {
  if (s.recipients.in_flight != s.recipients.submitted) return "something is no longer in flight";
  if (s.attempts.deferred != s.attempts.total) return "something was not deferred";
  return {};
}

/// A day's mail by Poisson, of the kind that warmup-90k sends.
std::string mail_for_a_day(const std::string& to) {
  return fmt::format(R"(horizon = "1 d"
[source.mail]
arrivals = {{ model = "poisson", rate = "200000/d" }}
to = [{}]
unknown = "0.5 %"
spam = "0.2 %"
complaints = "0.05 %"
)",
                     to);
}

std::string site_of(std::uint64_t i) {
  return fmt::format(R"([site.s{0}.throttle.ip]
model = "history-window"
probation = "1000000/d"
[domain."d{0}.example"]
mx = ["10 s{0}"]
)",
                     i);
}

/// Each in a /24 of its own.
std::string address_of(std::uint64_t i) {
  return fmt::format("[address.a{}]\nip = \"10.{}.{}.1\"\n", i, i / 256 % 256, i % 256);
}

Simulation day_of_mail(const std::string& text) {
  return {sound(experiments::parse_document(text, "benchmark")), problem_of_delivery};
}

/// Each message is tried so many times, five minutes apart.
Simulation refused(std::uint64_t messages, std::uint64_t times) {
  const std::string text = fmt::format(
      R"(horizon = "{} min"
[source.mail]
arrivals = {{ model = "campaign", messages = {} }}
[address.a]
[lane]
connection_limit = {}
retry = {{ model = "fixed-list", waits = ["5 min"], lifetime = "365 d" }}
[site.s]
transient = "100 %"
)",
      5 * times, messages, std::clamp<std::uint64_t>(messages / 100, 20, kMostConnections));
  return {sound(experiments::parse_document(text, "benchmark")), problem_of_waiting};
}

}  // namespace

Simulation warmup(std::uint64_t messages) {
  const std::uint64_t campaign = std::max<std::uint64_t>(30, messages * 2 / 3);
  const std::vector<std::string> sets{
      fmt::format("source.campaign.arrivals.messages={}", campaign),
      fmt::format("plan.warmup.volume={}", campaign),
      fmt::format("source.regular.arrivals.rate={}/d", campaign / 30),
      fmt::format("site.exchange-online.throttle.ip.probation={}/d", campaign / 10),
      fmt::format("lane.connection_limit={}",
                  std::clamp<std::uint64_t>(campaign / 4500, 20, kMostConnections))};
  return {sound(experiments::load_document("experiments/scenarios/warmup-90k.toml", sets)),
          problem_of_delivery};
}

Simulation in_flight(std::uint64_t messages) {
  return refused(messages, std::max<std::uint64_t>(2, 300'000 / messages));
}

Simulation waiting(std::uint64_t messages) { return refused(messages, 1); }

Simulation addresses(std::uint64_t count) {
  std::string text = mail_for_a_day(R"("d0.example")") + site_of(0);
  for (std::uint64_t i = 0; i < count; ++i) text += address_of(i);
  return day_of_mail(text);
}

Simulation sites(std::uint64_t count) {
  std::string to;
  for (std::uint64_t i = 0; i < count; ++i) to += fmt::format(R"("d{}.example", )", i);
  std::string text = mail_for_a_day(to) + address_of(0);
  for (std::uint64_t i = 0; i < count; ++i) text += site_of(i);
  return day_of_mail(text);
}

}  // namespace weir::bench::mail
