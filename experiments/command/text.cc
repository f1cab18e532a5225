#include "experiments/command/text.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/core.h>

#include "analysis/interval.h"
#include "experiments/command/steady.h"

namespace weir::experiments {
std::string count_text(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return digits;
}

std::string count_text(double n) { return count_text(static_cast<std::uint64_t>(std::llround(n))); }

namespace {

std::string share_text(double share) { return fmt::format("{:.1f} %", 100 * share); }

/// "label  value" lines with the labels in one column.
void line(std::string& out, std::string_view label, const std::string& value) {
  out += fmt::format("  {:<22}  {}\n", label, value);
}

std::string outcomes_text(const SourceTotals& t) {
  std::string text;
  const auto add = [&](std::string_view name, std::uint64_t n) {
    if (n == 0) return;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count_text(n), name);
  };
  add("delivered", t.of(Outcome::delivered));
  add("junked", t.of(Outcome::junked));
  add("quarantined", t.of(Outcome::quarantined));
  add("deleted", t.of(Outcome::deleted));
  add("redirected", t.of(Outcome::redirected));
  add("bounced", t.of(Outcome::bounced));
  add("expired", t.of(Outcome::expired));
  add("refused", t.of(Outcome::refused));
  add("held", t.held);
  add("in flight", t.in_flight);
  return text.empty() ? "nothing" : text;
}

std::string delay_text(const DelayFigures& d) {
  const auto within = [](std::optional<double> quantile) {
    return quantile ? "within " + seconds_text(quantile) : std::string("never");
  };
  std::string text =
      fmt::format("half {}, 90 % {}, 99 % {}", within(d.p50), within(d.p90), within(d.p99));
  if (d.mean)
    text += fmt::format("\n  {:<22}  mean {}, longest {}", "", seconds_text(d.mean),
                        seconds_text(d.max));
  return text;
}

std::string standing_text(const throttle::Standing& s) {
  std::string text(ValueType<throttle::AddressState>::word(s.state));
  if (!std::isnan(s.reputation)) text += fmt::format(", reputation {:.1f}", s.reputation);
  text += fmt::format(", {} window{}, {:.1f} h throttled", s.windows, s.windows == 1 ? "" : "s",
                      to_seconds(s.throttled) / 3600);
  if (s.listings > 0)
    text += fmt::format(", listed {} time{}", s.listings, s.listings == 1 ? "" : "s");
  return text;
}

/// Sources, addresses and replies may be many: the first `most`, then how many more.
template <class Items, class Write>
void some(std::string& out, const Items& items, std::size_t most, const Write& write) {
  for (std::size_t i = 0; i < items.size() && i < most; ++i) write(items[i]);
  if (items.size() > most)
    out += fmt::format("  ... and {} more (all of them in the result file and with --json)\n",
                       items.size() - most);
}

void attempts_text(std::string& out, const Summary& s) {
  line(out, "attempts",
       fmt::format("{}: {} accepted, {} deferred, {} rejected", count_text(s.attempts.total),
                   count_text(s.attempts.accepted), count_text(s.attempts.deferred),
                   count_text(s.attempts.rejected)));
  std::vector<std::string> lines;
  for (const ReplyInfo& reply : all_replies()) {
    const std::uint64_t n = s.replies[static_cast<std::size_t>(reply.reply)];
    if (n == 0 || reply.reply == Reply::accepted) continue;
    lines.push_back(fmt::format("    {:>12}  {} ({})\n", count_text(n), reply.code, reply.cause));
  }
  some(out, lines, 11, [&](const std::string& line) { out += line; });
}

double mean_over(const VariantFigures& variant,
                 const std::function<double(const ReceiverFigures&)>& figure) {
  double sum = 0;
  for (const ReceiverFigures& r : variant.receivers) sum += figure(r);
  return variant.receivers.empty() ? 0 : sum / static_cast<double>(variant.receivers.size());
}

using Cell = std::function<std::string(const VariantFigures&)>;

std::string share_cell(const VariantFigures& v,
                       const std::function<bool(const ReceiverFigures&)>& hit) {
  const auto hits =
      static_cast<std::uint64_t>(std::count_if(v.receivers.begin(), v.receivers.end(), hit));
  return share_text(static_cast<double>(hits) / static_cast<double>(v.receivers.size()));
}

std::string interval_cell(const VariantFigures& v,
                          const std::function<bool(const ReceiverFigures&)>& hit) {
  const auto hits =
      static_cast<std::uint64_t>(std::count_if(v.receivers.begin(), v.receivers.end(), hit));
  const auto interval = analysis::clopper_pearson_interval(hits, v.receivers.size());
  return fmt::format("{:.1f}-{:.1f} %", 100 * interval.low, 100 * interval.high);
}

bool throttled(const ReceiverFigures& r) { return r.windows > 0; }
bool listed(const ReceiverFigures& r) { return r.listings > 0; }

std::string quantile_cell(const VariantFigures& v, double p) {
  const auto value = v.report_delay.quantile(p);
  return seconds_text(value && std::isfinite(*value) ? value : std::nullopt);
}

std::string reputation_cell(const VariantFigures& v) {
  const double mean = mean_over(v, [](const auto& r) { return r.reputation_end; });
  return std::isnan(mean) ? "-" : fmt::format("{:.1f}", mean);
}

std::vector<std::pair<std::string, Cell>> table_rows() {
  std::vector<std::pair<std::string, Cell>> rows;
  for (const std::int64_t day : kReportDays)
    rows.emplace_back(fmt::format("delivered by day {}", day), [day](const VariantFigures& v) {
      return count_text(
          mean_over(v, [day](const auto& r) { return static_cast<double>(r.delivered_by(day)); }));
    });
  rows.emplace_back("  day 15, strictest 5 %", [](const VariantFigures& v) {
    return count_text(delivered_at_strictest(v, 15));
  });
  for (const auto& [label, outcome] :
       {std::pair{"bounced, all mail", Outcome::bounced}, {"expired, all mail", Outcome::expired}})
    rows.emplace_back(label, [outcome = outcome](const VariantFigures& v) {
      return count_text(mean_over(
          v, [&](const auto& r) { return static_cast<double>(r.recipients.of(outcome)); }));
    });
  rows.emplace_back("receivers with a window",
                    [](const VariantFigures& v) { return share_cell(v, throttled); });
  rows.emplace_back("  95 % interval",
                    [](const VariantFigures& v) { return interval_cell(v, throttled); });
  rows.emplace_back("receivers that list",
                    [](const VariantFigures& v) { return share_cell(v, listed); });
  rows.emplace_back("  95 % interval",
                    [](const VariantFigures& v) { return interval_cell(v, listed); });
  rows.emplace_back("hours throttled, mean", [](const VariantFigures& v) {
    return fmt::format("{:.1f}", mean_over(v, [](const auto& r) { return r.window_hours; }));
  });
  rows.emplace_back("delay since release: half",
                    [](const VariantFigures& v) { return quantile_cell(v, 0.5); });
  rows.emplace_back("  90 %", [](const VariantFigures& v) { return quantile_cell(v, 0.9); });
  rows.emplace_back("  99 %", [](const VariantFigures& v) { return quantile_cell(v, 0.99); });
  rows.emplace_back("reputation at the end", reputation_cell);
  return rows;
}

std::string system_text(const SystemFigures& system) {
  std::string text = count_text(system.taken) + " messages taken over";
  if (system.utilisation > 0)
    text += fmt::format("; servers busy {:.1f} %, longest queue {}", 100 * system.utilisation,
                        count_text(system.longest_queue));
  return text;
}

std::string tenants_text(const tenants::Totals& t) {
  return fmt::format("{} recipients of clean mail: {:.3f} % delivered, {} junked, {} refused",
                     count_text(t.offered), 100 * t.delivered_share(), count_text(t.junked),
                     count_text(t.refused));
}

/// The events of its trace that there were any of.
std::string organisation_text(const OrganisationFigures& organisation) {
  std::string text;
  const auto add = [&](std::uint64_t n, std::string_view word) {
    if (n > 0) text += (text.empty() ? "" : ", ") + count_text(n) + " " + std::string(word);
  };
  for (const auto& [event, word] : words_of(TransportEvent{}))
    add(organisation.counts.of(event), word);
  add(organisation.counts.bypassed, "past the filter in front");
  add(organisation.counts.misplaced, "in the wrong place");
  return text.empty() ? "nothing" : text;
}

}  // namespace

std::string seconds_text(std::optional<double> seconds) {
  if (!seconds) return "never";
  const double s = *seconds;
  if (s < 100) return fmt::format("{:.2f} s", s);
  if (s < 6'000) return fmt::format("{:.1f} min", s / 60);
  if (s < 48 * 3600) return fmt::format("{:.1f} h", s / 3600);
  return fmt::format("{:.1f} d", s / 86'400);
}

double delivered_at_strictest(const VariantFigures& variant, std::int64_t days) {
  std::vector<std::uint64_t> delivered;
  for (const ReceiverFigures& r : variant.receivers) delivered.push_back(r.delivered_by(days));
  std::sort(delivered.begin(), delivered.end());
  const auto count = static_cast<std::size_t>(std::max<long long>(
      1, std::llround(kStrictestShare * static_cast<double>(delivered.size()))));
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += static_cast<double>(delivered[i]);
  return sum / static_cast<double>(count);
}

std::string summary_text(const Summary& s) {
  std::string out = s.scenario + (s.variant.empty() ? "" : " [" + s.variant + "]") + "\n";
  if (s.interrupted)
    out += fmt::format("  INTERRUPTED after {} of simulated time: all figures are of that part\n",
                       seconds_text(s.simulated_s));
  line(out, "mail",
       fmt::format("{} messages to {} recipients", count_text(s.messages),
                   count_text(s.recipients.submitted)));
  line(out, "ended as", outcomes_text(s.recipients));
  attempts_text(out, s);
  line(out, "delay since release", delay_text(s.delay));
  if (s.held.max > 0)
    line(out, "held by plans",
         fmt::format("{} on average, {} at most", seconds_text(s.held.mean),
                     seconds_text(s.held.max)));
  line(out, "throttling windows",
       fmt::format("{} opened, {:.1f} h in all", s.windows_opened, s.window_hours));
  some(out, s.sources, 6, [&](const SourceFigures& source) {
    if (source.totals.submitted > 0)
      line(out, "source " + source.name, outcomes_text(source.totals));
  });
  some(out, s.addresses, 6, [&](const AddressFigures& a) {
    line(out, a.address + " at " + a.site,
         count_text(a.messages) + " messages" +
             (a.standing ? "; " + standing_text(*a.standing) : ""));
  });
  if (s.sites.size() > 1)
    some(out, s.sites, 6, [&](const SiteFigures& site) {
      if (site.attempts.total > 0)
        line(out, "answered by " + site.name,
             count_text(site.attempts.total) + " attempts, " + count_text(site.attempts.accepted) +
                 " accepted");
    });
  some(out, s.systems, 6, [&](const SystemFigures& system) {
    line(out, "system " + system.name, system_text(system));
  });
  some(out, s.organisations, 6, [&](const OrganisationFigures& organisation) {
    line(out, "organisation " + organisation.name, organisation_text(organisation));
  });
  some(out, s.tenants, 6, [&](const TenantsFigures& tenants) {
    line(out, "tenants " + tenants.name, tenants_text(tenants.totals));
  });
  if (s.clamped > 0)
    line(out, "clamped", fmt::format("{} drawn durations were cut at the horizon", s.clamped));
  line(out, "run",
       fmt::format("seed {}, receiver {}, fingerprint {:016x}", s.key.seed, s.key.receiver,
                   s.fingerprint));
  line(out, "events", fmt::format("{} in {:.2f} s", count_text(s.events), s.wall_s));
  if (!s.steady.empty()) out += "\n" + steady_text(s.steady);
  if (s.profile) out += "\n" + profile_text(*s.profile);
  return out;
}

std::string profile_text(const ProfileFigures& p) {
  const auto time_text = [](const TimeFigures& time) {
    return fmt::format("{:>7.1f} % +-{:>5.1f} {:>9.0f}", 100 * time.share, 100 * time.margin,
                       time.ns);
  };
  std::string out = fmt::format("  {:<20}{:>15}{:>9}{:>17} {:>9}{:>15}\n", "event", "count",
                                "share", "time", "ns each", "ties");
  for (const EventFigures& kind : p.kinds)
    out += fmt::format("  {:<20}{:>15}{:>7.1f} %{}{:>15}\n", kind.name, count_text(kind.count),
                       100 * static_cast<double>(kind.count) / static_cast<double>(p.events),
                       time_text(kind.time), count_text(kind.ties));
  out += fmt::format("  {:<20}{:>15}{:>9}{}{:>15}\n", "(finding the next)", count_text(p.events),
                     "", time_text(p.agenda), count_text(p.ties));
  out += fmt::format("  {} events were measured", count_text(p.measured));
  if (p.left_out > 0) out += fmt::format(", {} left out as interrupted", count_text(p.left_out));
  return out + "; times are wall-clock, +- with 95 % confidence\n";
}

std::string variants_text(const std::string& title, const std::string& report,
                          const std::vector<VariantFigures>& variants) {
  std::string out = title + "\n";
  out += fmt::format(
      "  mean over {} receiver{}, the same ones and the same traffic for all; deliveries and delay "
      "of '{}'\n\n",
      variants.front().receivers.size(), variants.front().receivers.size() == 1 ? "" : "s", report);
  std::size_t width = 15;
  for (const VariantFigures& v : variants) width = std::max(width, v.name.size() + 2);
  out += fmt::format("  {:<26}", "");
  for (const VariantFigures& v : variants) out += fmt::format("{:>{}}", v.name, width);
  out += "\n";
  for (const auto& [label, cell] : table_rows()) {
    out += fmt::format("  {:<26}", label);
    for (const VariantFigures& v : variants) out += fmt::format("{:>{}}", cell(v), width);
    out += "\n";
  }
  for (const VariantFigures& v : variants)
    if (!v.complete)
      out += fmt::format("\n  INTERRUPTED: {} has only {} receivers\n", v.name, v.receivers.size());
  return out;
}

}  // namespace weir::experiments
