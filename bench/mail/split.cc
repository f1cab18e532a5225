#include "bench/mail/split.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "bench/harness/compare.h"
#include "bench/harness/cpu_time.h"
#include "bench/mail/scratch.h"
#include "bench/mail/timed_run.h"
#include "models/delivery/event.h"
#include "models/purpose.h"
#include "sim/kernel.h"

namespace weir::bench::mail {
namespace {

/// Hears everything and keeps nothing.
class Nobody : public Recorder {
 public:
  void arrived(SimTime, std::uint32_t, std::uint64_t) override {}
  void released(const ReleaseRecord&) override {}
  void attempted(const AttemptRecord&) override {}
  void finished(const FinishRecord&) override {}
};

struct Scheduled {
  SimTime at;  // when this was scheduled
  SimTime due;
};

/// Tells from the records what the world must have scheduled: the next arrival and the next release
/// of a source from the one before, the connection from the attempt's start, the reply from there.
/// A complaint leaves no record; there is one for each 2,000 messages.
class Schedules final : public Nobody {
 public:
  explicit Schedules(const WorldConfig& config)
      : connect_time_(config.pools.front().lane.connect_time),
        arrived_(config.sources.size()),
        released_(config.sources.size()) {}

  void arrived(SimTime now, std::uint32_t source, std::uint64_t) override {
    if (source < arrived_.size()) follow(arrived_[source], now);
  }
  void released(const ReleaseRecord& record) override {
    if (record.held > Duration::zero()) follow(released_[record.source], record.now);
    released_[record.source] = record.now;
  }
  void attempted(const AttemptRecord& record) override {
    const SimTime connected = record.started + connect_time_;
    all_.push_back({record.started, connected});
    all_.push_back({connected, record.replied});
  }

  /// In the order of scheduling.
  std::vector<Scheduled> take() {
    const auto earlier = [](const Scheduled& a, const Scheduled& b) { return a.at < b.at; };
    std::stable_sort(all_.begin(), all_.end(), earlier);
    return std::move(all_);
  }

 private:
  void follow(SimTime& last, SimTime now) {
    all_.push_back({last, now});
    last = now;
  }

  Duration connect_time_;
  std::vector<SimTime> arrived_;   // by source, the last one
  std::vector<SimTime> released_;  // the same
  std::vector<Scheduled> all_;
};

std::vector<Scheduled> schedules_of(const Simulation& simulation) {
  experiments::Scenario scenario = built(simulation);
  Schedules schedules(scenario.world);
  const TimedWorld run = run_world(std::move(scenario), schedules);
  std::vector<Scheduled> all = schedules.take();
  const auto missing = static_cast<double>(run.world->events()) - static_cast<double>(all.size());
  const double complaints = static_cast<double>(all.size()) / 3 * 0.0005;
  if (std::abs(missing - complaints) > 5 * std::sqrt(complaints) + 5)
    throw std::runtime_error(fmt::format("{} events are not told by records", missing));
  return all;
}

double cpu_ns_of_kernel(const std::vector<Scheduled>& schedules) {
  Kernel<Event> kernel;
  std::size_t next = 0;
  const auto schedule = [&] {
    for (; next < schedules.size() && schedules[next].at <= kernel.now(); ++next)
      kernel.at(schedules[next].due, ReplyArrives{Id<Message>{}});
  };
  const double began = process_cpu_ns();
  schedule();
  while (kernel.step(kNever, [&](const Event&) { schedule(); })) {
  }
  const double cpu_ns = process_cpu_ns() - began;
  if (kernel.executed() != schedules.size())
    throw std::runtime_error("the kernel alone did not run all events");
  return cpu_ns;
}

/// Of a source's messages: their sizes, gaps, and what their recipients make of them.
std::uint64_t draw_all(const SourceConfig& source, std::uint32_t index, std::uint64_t messages,
                       Chance& chance) {
  std::uint64_t sum = 0;
  for (std::uint64_t serial = 0; serial < messages; ++serial) {
    const std::uint64_t key = message_key(index, serial);
    Draw size = chance.draw(purpose::size, key);
    sum += static_cast<std::uint64_t>(source.size->sample(size).count);
    if (source.after) {  // it comes by itself, not all at once
      Draw gap = chance.draw(purpose::arrival, key);
      sum += static_cast<std::uint64_t>(chance.exponential(gap, 1h).count());
    }
    sum += chance.draw(purpose::unknown, key).happens(source.params.unknown);
    sum += chance.draw(purpose::spam, key).happens(source.content.spam);
    sum += chance.draw(purpose::complaint, key).happens(source.params.complaints);
  }
  return sum;
}

double cpu_ns_of_chance(const Simulation& simulation, const experiments::Summary& summary) {
  const experiments::Scenario scenario = built(simulation);
  Chance chance(scenario.world.key, scenario.world.horizon);
  std::uint64_t sum = 0;
  const double began = process_cpu_ns();
  for (std::uint32_t i = 0; i < scenario.world.sources.size(); ++i)
    sum += draw_all(scenario.world.sources[i], i, summary.sources[i].totals.messages, chance);
  const double cpu_ns = process_cpu_ns() - began;
  if (sum == 0) throw std::runtime_error("nothing was drawn");
  return cpu_ns;
}

}  // namespace

Split split_of(const Simulation& simulation, int rounds) {
  const Scratch folder;
  const std::vector<Scheduled> schedules = schedules_of(simulation);
  std::vector<double> whole, bare, kernel, chance;
  double messages = 0;
  for (int i = 0; i < rounds; ++i) {
    const TimedRun run = run_recorded(simulation, folder.path() / "split.h5", {});
    messages = static_cast<double>(run.messages());
    whole.push_back(run.cpu_ns);
    Nobody nobody;
    bare.push_back(run_world(built(simulation), nobody).cpu_ns);
    kernel.push_back(cpu_ns_of_kernel(schedules));
    chance.push_back(cpu_ns_of_chance(simulation, run.summary));
  }
  Split split{.kernel = median(kernel) / messages,
              .chance = median(chance) / messages,
              .models = 0,
              .recording = (median(whole) - median(bare)) / messages};
  split.models = median(bare) / messages - split.kernel - split.chance;
  return split;
}

}  // namespace weir::bench::mail
