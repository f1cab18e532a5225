#include "experiments/record/long_series.h"

#include <algorithm>

#include <fmt/format.h>

namespace weir::experiments {

struct LongSeries::Name {
  std::string_view kind;
  std::string_view figure;
  std::optional<std::string_view> label;
};

LongSeries::Name LongSeries::parts_of(std::string_view name) {
  Name parts;
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
    parts.label = name.substr(colon + 1);
    name = name.substr(0, colon);
  }
  const std::size_t line = std::min(name.find('_'), name.size());
  parts.kind = name.substr(0, line);
  parts.figure = name.substr(std::min(line + 1, name.size()));
  return parts;
}

std::string LongSeries::problem(const std::string& name, const GridRow& row) {
  const Name parts = parts_of(name);
  const auto kind = std::ranges::find(kSeriesOfNames, parts.kind);
  if (kind == kSeriesOfNames.end())
    return fmt::format("'{}' is no series: it begins with {}", name,
                       fmt::join(kSeriesOfNames, "_, "));
  const auto of = static_cast<SeriesOf>(kind - kSeriesOfNames.begin());
  std::vector<std::string_view> figures;
  for (const CountSeries& count : kCountSeries) figures.push_back(count.name);
  figures.push_back(kQueue);
  if (of == SeriesOf::source) figures.insert(figures.end(), {kHeld, kDelay});
  if (std::ranges::count(figures, parts.figure) == 0)
    return fmt::format("'{}' is no series: of {} there are {}", name, parts.kind,
                       fmt::join(figures, ", "));
  const std::vector<std::string>& labels = row.labels(of);
  if (!parts.label || std::ranges::count(labels, *parts.label) > 0) return "";
  constexpr std::size_t kShown = 8;
  return fmt::format(
      "'{}': there is no {} '{}', but {}{}", name, parts.kind, *parts.label,
      fmt::join(labels.begin(),
                labels.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, labels.size())),
                ", "),
      labels.size() > kShown ? ", ..." : "");
}

LongSeries::LongSeries(std::string name, const GridRow& row) : name_(std::move(name)) {
  const Name parts = parts_of(name_);
  of_ =
      static_cast<SeriesOf>(std::ranges::find(kSeriesOfNames, parts.kind) - kSeriesOfNames.begin());
  figure_ = parts.figure;
  const auto count = std::ranges::find(kCountSeries, figure_, &CountSeries::name);
  if (count != kCountSeries.end()) count_ = count->member;
  const std::vector<std::string>& labels = row.labels(of_);
  kinds_ = labels.size();
  if (parts.label)
    index_ = static_cast<std::uint32_t>(std::ranges::find(labels, *parts.label) - labels.begin());
}

std::int64_t LongSeries::value_of(const GridRow& row, std::size_t index) const {
  if (count_ == nullptr) return figure_ == kQueue ? row.queue(of_)[index] : row.held()[index];
  return row.counts(of_)[index].*count_;
}

void LongSeries::take(const GridRow& row) {
  if (is_delay()) return;
  std::int64_t sum = 0;
  for (std::size_t i = index_.value_or(0); i < (index_ ? *index_ + 1 : kinds_); ++i)
    sum += value_of(row, i);
  values_.push_back(static_cast<double>(sum));
}

void LongSeries::finished(const FinishRecord& record) {
  if (!is_delay() || record.outcome != Outcome::delivered) return;
  // The notices, the last, count only when they are asked for.
  if (index_ ? record.source == *index_ : record.source + 1 < kinds_)
    values_.push_back(to_seconds(record.delay));
}

void LongRecorder::take(const World& world, const SeriesTally& tally) {
  row_.read(world, tally);
  for (LongSeries& one : series_) one.take(row_);
}

std::vector<SteadyFigure> LongRecorder::figures(std::size_t cycle,
                                                std::optional<double> quantile) const {
  std::vector<SteadyFigure> figures;
  for (const LongSeries& one : series_) {
    const analysis::LongRun run{.series = one.values(), .cycle = one.is_delay() ? 1 : cycle};
    figures.push_back({one.name(), {}, run.series.size(), run.cycle, estimate_steady_mean(run)});
    if (!quantile) continue;
    figures.push_back(figures.back());
    figures.back().quantile = quantile;
    figures.back().answer = estimate_steady_quantile(run, *quantile);
  }
  return figures;
}

}  // namespace weir::experiments
