#include "experiments/command/json.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "analysis/interval.h"
#include "experiments/command/json_parts.h"
#include "experiments/command/sweep_text.h"
#include "experiments/command/text.h"

namespace weir::experiments {

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json number(std::optional<double> value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

namespace {

Json recipients_json(const SourceTotals& t) {
  return {{"submitted", t.submitted},
          {"expanded", t.expanded},
          {"refused", t.of(Outcome::refused)},
          {"delivered", t.of(Outcome::delivered)},
          {"junked", t.of(Outcome::junked)},
          {"quarantined", t.of(Outcome::quarantined)},
          {"deleted", t.of(Outcome::deleted)},
          {"redirected", t.of(Outcome::redirected)},
          {"bounced", t.of(Outcome::bounced)},
          {"expired", t.of(Outcome::expired)},
          {"held", t.held},
          {"in_flight", t.in_flight}};
}

Json attempts_json(const AttemptCounts& a) {
  return {{"total", a.total},
          {"accepted", a.accepted},
          {"deferred", a.deferred},
          {"rejected", a.rejected}};
}

Json delay_json(const DelayFigures& d) {
  return {{"mean", number(d.mean)},
          {"p50", number(d.p50)},
          {"p90", number(d.p90)},
          {"p99", number(d.p99)},
          {"max", number(d.max)}};
}

Json held_json(const HeldFigures& h) { return {{"mean", h.mean}, {"max", h.max}}; }

/// Refused attempts by the rule or limit that refused them.
Json causes_json(const std::array<std::uint64_t, kReplies>& replies) {
  Json causes = Json::object();
  for (const ReplyInfo& reply : all_replies()) {
    const std::uint64_t n = replies[static_cast<std::size_t>(reply.reply)];
    if (n == 0 || reply.severity == Severity::accept) continue;
    Json& cause = causes[std::string(reply.cause)];
    cause = cause.is_null() ? n : cause.get<std::uint64_t>() + n;
  }
  return causes;
}

Json replies_json(const std::array<std::uint64_t, kReplies>& replies) {
  Json codes = Json::object();
  for (const ReplyInfo& reply : all_replies()) {
    const std::uint64_t n = replies[static_cast<std::size_t>(reply.reply)];
    if (n == 0) continue;
    Json& code = codes[std::string(reply.code)];
    code = code.is_null() ? n : code.get<std::uint64_t>() + n;
  }
  return codes;
}

Json sources_json(const Summary& s) {
  Json sources = Json::object();
  for (const SourceFigures& source : s.sources)
    sources[source.name] = {{"messages", source.totals.messages},
                            {"recipients", recipients_json(source.totals)},
                            {"delay_s", delay_json(source.delay)},
                            {"held_s", held_json(source.held)},
                            {"delivered_by_day", source.delivered_by_day}};
  return sources;
}

/// Keyed by address; an address with lanes to several sites by "address@site".
Json addresses_json(const Summary& s) {
  Json addresses = Json::object();
  for (const AddressFigures& a : s.addresses) {
    const auto lanes =
        std::count_if(s.addresses.begin(), s.addresses.end(),
                      [&](const AddressFigures& other) { return other.address == a.address; });
    Json& entry = addresses[lanes > 1 ? a.address + "@" + a.site : a.address];
    entry = {{"site", a.site}, {"messages", a.messages}};
    if (!a.standing) continue;
    entry["reputation_end"] = number(a.standing->reputation);
    entry["state_end"] = ValueType<throttle::AddressState>::word(a.standing->state);
    entry["windows"] = a.standing->windows;
    entry["throttled_hours"] = to_seconds(a.standing->throttled) / 3600;
    entry["listings"] = a.standing->listings;
  }
  return addresses;
}

Json sites_json(const Summary& s) {
  Json sites = Json::object();
  for (const SiteFigures& site : s.sites)
    sites[site.name] = {{"attempts", site.attempts.total},
                        {"accepted", site.attempts.accepted},
                        {"deferred", site.attempts.deferred},
                        {"rejected", site.attempts.rejected}};
  return sites;
}

Json systems_json(const Summary& s) {
  Json systems = Json::object();
  for (const SystemFigures& system : s.systems)
    systems[system.name] = {{"messages", system.taken},
                            {"waiting", system.waiting},
                            {"longest_queue", system.longest_queue},
                            {"utilisation", number(system.utilisation)}};
  return systems;
}

/// Recipients by what each organisation's message trace says.
Json organisations_json(const Summary& s) {
  Json organisations = Json::object();
  for (const OrganisationFigures& o : s.organisations) {
    Json& entry = organisations[o.name];
    for (const auto& [event, word] : words_of(TransportEvent{}))
      entry[std::string(word)] = o.counts.of(event);
    entry["filter_bypassed"] = o.counts.bypassed;
    entry["misplaced"] = o.counts.misplaced;
  }
  return organisations;
}

Json tenants_json(const Summary& s) {
  Json tenants = Json::object();
  for (const TenantsFigures& t : s.tenants)
    tenants[t.name] = {
        {"offered", t.totals.offered}, {"delivered", t.totals.delivered()},
        {"junked", t.totals.junked},   {"refused", t.totals.refused},
        {"unknown", t.totals.unknown}, {"delivered_share", t.totals.delivered_share()}};
  return tenants;
}

void add_time(Json& json, const TimeFigures& time) {
  json["time_share"] = time.share;
  json["time_margin"] = time.margin;
  json["ns"] = time.ns;
}

Json profile_json(const ProfileFigures& p) {
  Json kinds = Json::object();
  for (const EventFigures& kind : p.kinds) {
    Json& entry = kinds[std::string(kind.name)];
    entry = {{"count", kind.count}, {"ties", kind.ties}};
    add_time(entry, kind.time);
  }
  Json agenda = Json::object();
  add_time(agenda, p.agenda);
  return {{"events", p.events},     {"ties", p.ties}, {"measured", p.measured},
          {"left_out", p.left_out}, {"kinds", kinds}, {"agenda", agenda}};
}

Json share_json(std::uint64_t hits, std::uint64_t n) {
  const auto interval = analysis::clopper_pearson_interval(hits, n);
  return {{"count", hits},
          {"share", static_cast<double>(hits) / static_cast<double>(n)},
          {"low95", interval.low},
          {"high95", interval.high}};
}

/// A mean over receivers, with its 95 % interval when there are at least two.
Json mean_json(const std::vector<double>& samples) {
  if (samples.size() < 2) return {{"mean", number(samples.empty() ? NAN : samples.front())}};
  const auto estimate = analysis::estimate_mean(samples);
  return {{"mean", number(estimate.mean)},
          {"low95", number(estimate.interval.low)},
          {"high95", number(estimate.interval.high)}};
}

template <class Figure>
std::vector<double> samples_of(const VariantFigures& v, Figure&& figure) {
  std::vector<double> samples;
  for (const ReceiverFigures& r : v.receivers) samples.push_back(static_cast<double>(figure(r)));
  return samples;
}

void add_sums(Json& json, const VariantFigures& v) {
  SourceTotals totals;
  AttemptCounts attempts;
  std::uint64_t events = 0;
  for (const ReceiverFigures& r : v.receivers) {
    totals.submitted += r.recipients.submitted;
    totals.expanded += r.recipients.expanded;
    for (std::size_t i = 0; i < kOutcomes; ++i) totals.finished[i] += r.recipients.finished[i];
    totals.held += r.recipients.held;
    totals.in_flight += r.recipients.in_flight;
    attempts.total += r.attempts.total;
    attempts.accepted += r.attempts.accepted;
    attempts.deferred += r.attempts.deferred;
    attempts.rejected += r.attempts.rejected;
    events += r.events;
  }
  json["events"] = events;
  json["recipients"] = recipients_json(totals);
  json["attempts"] = attempts_json(attempts);
}

Json variant_json(const VariantFigures& v) {
  Json json;
  json["receivers"] = v.receivers.size();
  json["complete"] = v.complete;
  json["fingerprint"] = fmt::format("{:016x}", v.fingerprint);
  add_sums(json, v);
  Json by_day = Json::object();
  for (const std::int64_t day : kReportDays)
    by_day[std::to_string(day)] =
        mean_json(samples_of(v, [day](const auto& r) { return r.delivered_by(day); }));
  json["delivered_by_day"] = by_day;
  if (!v.receivers.empty()) {
    json["delivered_by_day_15_strictest"] = delivered_at_strictest(v, 15);
    const auto count = [&](auto&& hit) {
      return static_cast<std::uint64_t>(std::count_if(v.receivers.begin(), v.receivers.end(), hit));
    };
    json["throttled"] =
        share_json(count([](const auto& r) { return r.windows > 0; }), v.receivers.size());
    json["listed"] =
        share_json(count([](const auto& r) { return r.listings > 0; }), v.receivers.size());
  }
  json["windows"] = {
      {"opened", mean_json(samples_of(v, [](const auto& r) { return r.windows; }))},
      {"hours", mean_json(samples_of(v, [](const auto& r) { return r.window_hours; }))}};
  json["delay_s"] = delay_json(delay_figures(v.delay));
  json["report_delay_s"] = delay_json(delay_figures(v.report_delay));
  json["reputation_end"] = mean_json(samples_of(v, [](const auto& r) { return r.reputation_end; }));
  return json;
}

Json goal_json(const KnownMean& mean) {
  const auto estimate = mean.estimate();
  return {{"figure", mean.goal().figure.name},
          {"units", mean.goal().figure.units},
          {"precision", mean.goal().precision.relative_error},
          {"most", mean.goal().precision.most},
          {"reached", mean.state() == KnownMean::State::reached},
          {"receivers", mean.receivers()},
          {"mean", estimate ? Json(estimate->value) : Json(nullptr)},
          {"low95", estimate ? Json(estimate->interval.low) : Json(nullptr)},
          {"high95", estimate ? Json(estimate->interval.high) : Json(nullptr)}};
}

Json bound_json(const Bound& bound) {
  return {{"per_second", number(bound.per_second)}, {"settings", bound.settings}};
}

Json queue_json(const std::optional<analysis::QueueFigures>& queue) {
  if (!queue) return nullptr;
  return {{"utilisation", queue->utilisation},
          {"waits", queue->waits},
          {"wait_s", number(queue->wait)},
          {"waiting", number(queue->waiting)}};
}

Json bottleneck_json(const Bottleneck& b) {
  return {{"kind", b.kind},
          {"name", b.name},
          {"setting", b.setting},
          {"unit", b.unit},
          {"asked", b.asked},
          {"ceiling", b.ceiling},
          {"span_s", to_seconds(b.span)},
          {"utilisation", b.utilisation},
          {"busiest", b.busiest},
          {"while_new", b.while_new},
          {"mail_per_second", b.mail_per_second},
          {"bound_per_second", number(b.bound)},
          {"queue", queue_json(b.queue)}};
}

}  // namespace

std::string summary_json(const Summary& s) {
  Json json;
  json["scenario"] = s.scenario;
  if (!s.variant.empty()) json["variant"] = s.variant;
  json["seed"] = s.key.seed;
  json["receiver"] = s.key.receiver;
  json["replication"] = s.key.traffic;
  json["fingerprint"] = fmt::format("{:016x}", s.fingerprint);
  json["interrupted"] = s.interrupted;
  json["simulated_s"] = s.simulated_s;
  json["events"] = s.events;
  json["wall_s"] = s.wall_s;
  json["peak_rss_bytes"] = s.peak_rss_bytes;
  json["messages"] = s.messages;
  json["recipients"] = recipients_json(s.recipients);
  json["attempts"] = attempts_json(s.attempts);
  json["causes"] = causes_json(s.replies);
  json["replies"] = replies_json(s.replies);
  json["windows"] = {{"opened", s.windows_opened}, {"hours", s.window_hours}};
  json["listings"] = s.listings;
  json["clamped_draws"] = s.clamped;
  json["delay_s"] = delay_json(s.delay);
  json["held_s"] = held_json(s.held);
  json["sources"] = sources_json(s);
  json["addresses"] = addresses_json(s);
  json["sites"] = sites_json(s);
  if (!s.tenants.empty()) json["tenants"] = tenants_json(s);
  if (!s.systems.empty()) {
    json["systems"] = systems_json(s);
    json["organisations"] = organisations_json(s);
    json["decisions"] = causes_json(s.decisions);
  }
  for (const SteadyFigure& figure : s.steady) json["steady"].push_back(steady_json(figure));
  if (s.profile) json["profile"] = profile_json(*s.profile);
  return dump(json);
}

std::string variants_json(const VariantsHead& head, const std::vector<VariantFigures>& variants) {
  Json json;
  json["scenario"] = head.scenario;
  json["seed"] = head.seed;
  json["replications"] = head.replications;
  json["wall_s"] = head.wall_s;
  json["peak_rss_bytes"] = peak_resident_bytes();
  if (head.mean) json["goal"] = goal_json(*head.mean);
  json["variants"] = Json::object();
  for (const VariantFigures& variant : variants)
    json["variants"][variant.name] = variant_json(variant);
  return dump(json);
}

std::string import_json(const PostfixSummary& s) {
  Json skipped = Json::object();
  for (const auto& [reason, count] : s.skipped.all()) skipped[reason] = count;
  Json replies = Json::object();
  for (const auto& [code, count] : s.replies.all()) replies[code] = count;
  Json json;
  json["messages"] = s.senders.messages;
  json["bounce_notices"] = s.notices.messages;
  json["delivered"] = s.senders.delivered + s.notices.delivered;
  json["bounced"] = s.senders.bounced + s.notices.bounced;
  json["expired"] = s.senders.expired + s.notices.expired;
  json["unfinished"] = s.senders.unfinished + s.notices.unfinished;
  json["deferred_attempts"] = s.senders.deferred_attempts + s.notices.deferred_attempts;
  json["lines"] = s.lines;
  json["understood"] = s.understood;
  json["skipped"] = skipped;
  json["replies"] = replies;
  json["trace"] = {{"rows", s.trace_rows}, {"recipients", s.trace_recipients}};
  json["interrupted"] = s.interrupted;
  if (!s.input_problem.empty()) json["input_problem"] = s.input_problem;
  return dump(json);
}

std::string topology_json(const Topology& topology) {
  const analysis::Network drawing = drawing_of(topology);
  Json nodes = Json::array();
  for (const analysis::Node& node : drawing.nodes)
    nodes.push_back({{"name", node.name}, {"kind", node.kind}});
  Json arcs = Json::array();
  for (const routing::PassageArc& arc : topology.graph.arcs) {
    Json domains = Json::array();
    for (const std::uint32_t domain : arc.domains)
      if (domain != routing::kNone) domains.push_back(topology.domains[domain]);
    arcs.push_back({{"from", drawing.nodes[arc.from].name},
                    {"to", drawing.nodes[arc.to].name},
                    {"passage", ValueType<routing::Passage>::word(arc.passage)},
                    {"why", arc.why},
                    {"backup", arc.backup},
                    {"strays", arc.strays},
                    {"bypasses", arc.bypasses},
                    {"domains", domains}});
  }
  Json findings = Json::array();
  for (const routing::Finding& finding : topology.findings)
    findings.push_back({{"kind", finding.kind}, {"path", finding.path}, {"text", finding.text}});
  return dump(
      {{"scenario", topology.title}, {"nodes", nodes}, {"arcs", arcs}, {"findings", findings}});
}

std::string capacity_json(const Capacity& capacity) {
  Json bottlenecks = Json::array();
  for (const Bottleneck& b : capacity.bottlenecks) bottlenecks.push_back(bottleneck_json(b));
  return dump({{"scenario", capacity.title},
               {"verdict", capacity.verdict},
               {"submitted_per_second", capacity.submitted},
               {"carried", bound_json(capacity.carried)},
               {"most", bound_json(capacity.most)},
               {"headroom", number(capacity.headroom)},
               {"loop", capacity.loop},
               {"spectral_radius", number(capacity.spectral_radius)},
               {"refusal", capacity.refusal.empty() ? Json(nullptr) : Json(capacity.refusal)},
               {"bottlenecks", bottlenecks}});
}

std::string plan_json(const SweepHead& head, const Design& design, const Estimate& estimate) {
  Json factors = Json::array();
  for (const Factor& factor : design.factors) {
    Json levels = Json::array();
    for (const Level& level : factor.levels) levels.push_back(level.label);
    factors.push_back({{"name", factor.name}, {"path", factor.path}, {"levels", levels}});
  }
  Json until = nullptr;
  if (design.stop)
    until = {{"metric", design.stop->metric.name},
             {"precision", design.stop->precision.relative_error},
             {"min", design.stop->precision.fewest}};
  return dump({{"scenario", head.title},
               {"until", until},
               {"seed", design.seed},
               {"factors", factors},
               {"points", design.points.size()},
               {"replications", design.replications},
               {"runs", design.runs()},
               {"pilot",
                {{"runs", estimate.pilots},
                 {"wall_s", estimate.cost.wall_s},
                 {"peak_rss_bytes", estimate.cost.peak_bytes}}},
               {"jobs", estimate.jobs.count},
               {"estimated_s", estimate.seconds(design.runs())}});
}

std::string standing_json(const SweepHead& head, const Standing& standing) {
  Json failures = Json::array();
  for (const auto& [reason, count] : standing.failures)
    failures.push_back({{"reason", reason}, {"runs", count}});
  return dump({{"scenario", head.title},
               {"folder", head.folder},
               {"runs", standing.runs},
               {"done", standing.done},
               {"failed", standing.failed},
               {"to_do", standing.to_do()},
               {"undecided", standing.undecided},
               {"not_reached", standing.not_reached},
               {"failures", failures}});
}

namespace {

Json tree_json(const Setting& setting) {
  if (const SettingTable* table = setting.table()) {
    Json json = Json::object();
    for (const auto& [key, value] : *table) json[key] = tree_json(value);
    return json;
  }
  if (const SettingList* list = setting.list()) {
    Json json = Json::array();
    for (const Setting& value : *list) json.push_back(tree_json(value));
    return json;
  }
  if (const auto* text = setting.string()) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&setting.value)) return *whole;
  if (const auto* real = std::get_if<double>(&setting.value)) return number(*real);
  return std::get<bool>(setting.value);
}

}  // namespace

std::string setting_json(const Setting& setting) { return dump(tree_json(setting)); }

std::string problems_json(const Problems& problems) {
  Json list = Json::array();
  for (const Problem& p : problems)
    list.push_back({{"file", p.place.file},
                    {"line", p.place.line},
                    {"column", p.place.column},
                    {"path", p.path},
                    {"value", p.value},
                    {"message", p.message}});
  return dump({{"problems", list}});
}

}  // namespace weir::experiments
