/// The whole simulation from a scenario to its summary: messages a second, events a message, and
/// how many bytes a message in flight takes.
///
/// `warmup-90k` scaled: volumes, rates and the receiver's limits times k, the same 45 days. The
/// result is checked inside: all of the campaign is delivered but what its unknown recipients
/// bounce. A row says how many holds of std::priority_queue at 10^4 a message costs, from the same
/// run; absolute times are of this machine only.

#include <cmath>
#include <fstream>
#include <queue>

#include <benchmark/benchmark.h>

#include "experiments/run/simulate.h"
#include "experiments/scenario/document.h"

namespace {

using namespace weir::experiments;
using weir::Setting;

constexpr std::int64_t kMessages = 90'000;

Setting scaled(std::int64_t k, const std::string& plan) {
  const auto times = [k](std::int64_t n) { return std::to_string(n * k); };
  std::vector<std::string> sets{"source.campaign.arrivals.messages=" + times(kMessages),
                                "source.regular.arrivals.rate=" + times(3'000) + "/d",
                                "site.exchange-online.throttle.ip.probation=" + times(9'000) + "/d",
                                "lane.connection_limit=" + times(20)};
  if (plan.empty()) sets.push_back("plan.warmup.volume=" + times(kMessages));
  if (!plan.empty()) sets.push_back("plan.warmup={ model = \"" + plan + "\" }");
  const Document document = load_document("experiments/scenarios/warmup-90k.toml", sets);
  for (const weir::Problem& problem : document.problems)
    throw std::runtime_error(problem.text() + " (run this from the root of the project)");
  return document.root;
}

/// Nanoseconds of one hold of std::priority_queue at 10^4 pending, here and now.
double reference_hold() {
  using Entry = std::pair<std::int64_t, std::uint64_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  weir::Draw draw(1, weir::Purpose{0}, 0, 0);
  std::vector<std::int64_t> steps;
  for (int i = 0; i < 1 << 14; ++i) steps.push_back(std::llround(draw.exponential() * 1e12));
  std::uint64_t number = 0;
  for (; number < 10'000; ++number) queue.emplace(steps[number], number);
  const auto began = std::chrono::steady_clock::now();
  for (; number < 1'010'000; ++number) {
    const std::int64_t now = queue.top().first;
    queue.pop();
    queue.emplace(now + steps[number % steps.size()], number);
  }
  benchmark::DoNotOptimize(queue.top());
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - began)
             .count() /
         1e6;
}

void warmup(benchmark::State& state) {
  const Setting root = scaled(state.range(0), "");
  const double hold = reference_hold();
  double messages = 0;
  double events = 0;
  for (auto _ : state) {
    const Summary s = simulate_receiver(median_receiver(root), {}, {1, 0, 0});
    const auto& campaign = s.sources[0].totals;
    if (campaign.of(weir::Outcome::delivered) + campaign.of(weir::Outcome::junked) +
                campaign.of(weir::Outcome::bounced) !=
            campaign.submitted ||
        s.windows_opened != 0)
      state.SkipWithError("not all of the campaign was delivered or bounced");
    messages += static_cast<double>(s.messages);
    events += static_cast<double>(s.events);
  }
  state.counters["messages"] = messages / static_cast<double>(state.iterations());
  state.counters["messages/s"] = benchmark::Counter(messages, benchmark::Counter::kIsRate);
  state.counters["events/message"] = events / messages;
  // The inverted rate is seconds a message; a hold is in ns.
  state.counters["holds/message"] = benchmark::Counter(
      messages * hold * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(warmup)->Arg(1)->Arg(10)->Arg(100)->Unit(benchmark::kMillisecond)->Iterations(1);

/// All at once against a receiver that defers everything: every message waits for its retry.
std::uint64_t resident_with_in_flight(std::int64_t k) {
  Setting root = scaled(k, "all-at-once");
  Setting share;
  share.value = std::string("100 %");
  Setting* site = root.find("site")->find("exchange-online");
  site->set("throttle", weir::make_table());
  site->set("transient", share);
  root.find("horizon")->value = std::string("1 h");
  const Summary s = simulate_receiver(root, {}, {1, 0, 0});
  if (s.recipients.in_flight != s.recipients.submitted) return 0;
  return s.peak_rss_bytes;
}

void bytes_in_flight(benchmark::State& state) {
  for (auto _ : state) {
    const std::uint64_t few = resident_with_in_flight(1);
    const std::uint64_t many = resident_with_in_flight(100);
    if (few == 0 || many == 0) state.SkipWithError("something was delivered");
    state.counters["bytes/message"] =
        static_cast<double>(many - few) / (99.0 * static_cast<double>(kMessages));
  }
}
BENCHMARK(bytes_in_flight)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
