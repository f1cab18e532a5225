#include "experiments/capacity/load.h"

#include <algorithm>
#include <numeric>

#include "models/purpose.h"

namespace weir::experiments {
namespace {

constexpr std::uint64_t kMostRead = 5'000'000;
constexpr std::uint64_t kMostMeasured = 20'000;
constexpr std::int64_t kMostSpans = 5'000'000;  // of all sources together

/// Hours, or longer spans where there would be too many.
Profile empty_profile(Duration horizon, std::size_t sources) {
  const std::int64_t most = std::max<std::int64_t>(
      24, kMostSpans / std::max<std::int64_t>(1, static_cast<std::int64_t>(sources)));
  Profile profile;
  while (horizon / profile.span >= most) profile.span *= 2;
  const auto spans = static_cast<std::size_t>((horizon - 1ns) / profile.span + 1);
  profile.messages.assign(std::max<std::size_t>(1, spans), 0.0);
  return profile;
}

class SourceReader {
 public:
  SourceReader(const WorldConfig& config, std::uint32_t index)
      : config_(config), source_(config.sources[index]), index_(index), chance_(config.key) {}

  SourceLoad read(SimTime begin) {
    load_.profile = empty_profile(config_.horizon, config_.sources.size());
    source_.arrivals->prepare(begin, config_.calendar);
    SimTime at{};
    for (std::uint64_t read = 0; read < kMostRead; ++read) {
      Draw draw = chance_.draw(purpose::arrival, message_key(index_, load_.messages));
      const source::Arrival arrival = source_.arrivals->next(draw);
      if (arrival.at > SimTime{config_.horizon}) return finished();
      at = arrival.at;
      count(arrival);
    }
    go_on_from(begin, at);
    return finished();
  }

 private:
  void count(const source::Arrival& arrival) {
    for (std::uint64_t i = 0; i < arrival.count && measured_ < kMostMeasured; ++i, ++measured_) {
      const std::uint64_t key = message_key(index_, load_.messages + i);
      Draw of_size = chance_.draw(purpose::size, key);
      Draw of_recipients = chance_.draw(purpose::recipients, key);
      bytes_ += arrival.size != 0 ? static_cast<double>(arrival.size)
                                  : static_cast<double>(source_.size->sample(of_size).count);
      recipients_ += arrival.recipients != 0 ? static_cast<double>(arrival.recipients)
                                             : source_.recipients->sample(of_recipients);
    }
    auto& spans = load_.profile.messages;
    const auto span = static_cast<std::size_t>(arrival.at.time_since_epoch() / load_.profile.span);
    spans[std::min(span, spans.size() - 1)] += static_cast<double>(arrival.count);
    load_.messages += arrival.count;
    load_.last = arrival.at.time_since_epoch();
  }

  /// The rest of the horizon goes on as what was read.
  void go_on_from(SimTime begin, SimTime at) {
    const double read_span = std::max(1e-9, to_seconds(at - begin));
    const double rate = static_cast<double>(load_.messages) / read_span;
    const Duration left = config_.horizon - at.time_since_epoch();
    load_.messages += static_cast<std::uint64_t>(rate * to_seconds(left));
    auto& spans = load_.profile.messages;
    const auto from = static_cast<std::size_t>(at.time_since_epoch() / load_.profile.span) + 1;
    for (std::size_t i = from; i < spans.size(); ++i)
      spans[i] = rate * to_seconds(load_.profile.span);
    load_.last = config_.horizon;
  }

  SourceLoad finished() {
    if (measured_ > 0) {
      load_.recipients = recipients_ / static_cast<double>(measured_);
      load_.bytes = bytes_ / static_cast<double>(measured_);
    }
    return std::move(load_);
  }

  const WorldConfig& config_;
  const SourceConfig& source_;
  std::uint32_t index_;
  Chance chance_;
  SourceLoad load_;
  std::uint64_t measured_ = 0;
  double recipients_ = 0.0;
  double bytes_ = 0.0;
};

/// When the plan of a source has let everything go; at once without a plan.
SimTime end_of_plan(const SourceConfig& source, const SourceLoad& load, Duration horizon) {
  double left = static_cast<double>(load.messages) * load.recipients;
  std::int64_t day = 1;
  for (; !source.pacers.empty() && left > 0.0 && day * 24h < horizon; ++day)
    for (const plan::Pacer& pacer : source.pacers) left -= pacer.planned(day);
  return SimTime{std::max<Duration>(load.last, (day - 1) * 24h)};
}

}  // namespace

double Profile::total() const { return std::accumulate(messages.begin(), messages.end(), 0.0); }

double Profile::busiest(Duration length) const {
  const auto count = static_cast<std::size_t>(std::max<std::int64_t>(1, length / span));
  double sum = 0.0;
  double most = 0.0;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    sum += messages[i];
    if (i >= count) sum -= messages[i - count];
    most = std::max(most, sum);
  }
  return most;
}

double plan_volume(const plan::Pacer& pacer, Duration begin, Duration span) {
  const std::int64_t day = begin / 24h;
  const Duration open = std::clamp<Duration>(day * 24h + pacer.spread() - begin, 0s, span);
  const double share = span > 24h ? to_seconds(span) / to_seconds(24h)
                                  : to_seconds(open) / to_seconds(pacer.spread());
  return share > 0.0 ? pacer.planned(day + 1) * share : 0.0;
}

std::vector<SourceLoad> read_loads(WorldConfig& config) {
  std::vector<SourceLoad> loads(config.sources.size());
  std::vector<char> known(config.sources.size(), 0);
  // Followers come after what they follow; the reader of scenarios has refused circles.
  for (std::size_t done = 0; done < loads.size();) {
    const std::size_t before = done;
    for (std::uint32_t i = 0; i < loads.size(); ++i) {
      const auto& after = config.sources[i].after;
      if (known[i] != 0 || (after && known[*after] == 0)) continue;
      const SimTime begin =
          after ? end_of_plan(config.sources[*after], loads[*after], config.horizon) : SimTime{};
      loads[i] = SourceReader(config, i).read(begin);
      known[i] = 1;
      ++done;
    }
    if (done == before) break;
  }
  return loads;
}

}  // namespace weir::experiments
