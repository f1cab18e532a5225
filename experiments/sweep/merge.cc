#include "experiments/sweep/merge.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <stdexcept>
#include <unordered_map>

#include <fmt/core.h>

#include "experiments/compare/figure.h"
#include "experiments/sweep/stopping.h"
#include "sim/calendar.h"

namespace weir::experiments {
namespace {

std::int64_t bits_of(const FigureValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  return std::bit_cast<std::int64_t>(std::get<double>(value));
}

std::size_t days_of(const Setting& root) {
  Problems none;
  const Duration horizon =
      build_scenario(median_receiver(root), {}, TraceCheck::header, none).frame.horizon;
  return static_cast<std::size_t>(days_begun(horizon));
}

}  // namespace

RunTable::RunTable(Sweep& sweep, const std::filesystem::path& folder) {
  const std::size_t runs = sweep.design().runs();
  std::unordered_map<std::string, std::size_t> first;
  for (std::size_t run = 0; run < runs; ++run) {
    ids_.push_back(sweep.id_of(run));
    same_.push_back(first.try_emplace(ids_.back(), run).first->second);
  }
  states_.assign(runs, RunState::to_do);
  figures_.assign(runs * run_figures().size(), 0);
  delivered_.resize(runs);
  days_ = days_of(sweep.root());
  notes_ = read_journals(folder, [&](RunRecord&& record) {
    if (const auto found = first.find(record.id); found != first.end())
      take(found->second, std::move(record));
  });
  for (std::size_t run = 0; run < runs; ++run) states_[run] = states_[same_[run]];
  if (sweep.design().stop) leave_out_what_is_not_needed(sweep);
}

void RunTable::leave_out_what_is_not_needed(Sweep& sweep) {
  const Stopping stopping(sweep);
  const std::uint64_t replications = sweep.design().replications;
  for (std::size_t point = 0; point < sweep.design().points.size(); ++point) {
    const std::size_t first = point * replications;
    const auto metric = [&](std::uint64_t replication) -> std::optional<double> {
      const std::size_t run = first + replication;
      if (states_[run] != RunState::done) return std::nullopt;
      RunResult result;
      for (std::size_t f = 0; f < run_figures().size(); ++f)
        result.figures.push_back(figure(run, f));
      result.delivered_by_day = delivered_[same_[run]];
      return stopping.metric_of(result);
    };
    const PointStanding standing = stopping.judge(point, metric);
    for (std::size_t run = first + standing.needed; run < first + replications; ++run)
      states_[run] = RunState::not_needed;
    if (!standing.reached) ++not_reached_;
  }
}

void RunTable::take(std::size_t run, RunRecord&& record) {
  if (!record.result) {
    if (states_[run] == RunState::to_do) states_[run] = RunState::failed;
    return;
  }
  std::vector<std::int64_t> bits;
  for (const FigureValue& value : record.result->figures) bits.push_back(bits_of(value));
  const auto cells = figures_.begin() + static_cast<std::ptrdiff_t>(run * bits.size());
  const bool again = states_[run] == RunState::done;
  if (again && !(std::equal(bits.begin(), bits.end(), cells) &&
                 delivered_[run] == record.result->delivered_by_day))
    throw std::runtime_error(
        fmt::format("run {} has two results that differ: its journals come from programs or "
                    "machines that do not compute alike; merge those of one kind",
                    record.id));
  states_[run] = RunState::done;
  std::ranges::copy(bits, cells);
  delivered_[run] = std::move(record.result->delivered_by_day);
  days_ = std::max(days_, delivered_[run].size());
}

FigureValue RunTable::figure(std::size_t run, std::size_t figure) const {
  const std::int64_t bits = figures_[same_[run] * run_figures().size() + figure];
  FigureValue value = run_figures()[figure].of(ReceiverFigures{});
  if (std::holds_alternative<std::int64_t>(value)) return bits;
  return std::bit_cast<double>(bits);
}

std::uint64_t RunTable::delivered_by(std::size_t run, std::size_t day) const {
  const std::vector<std::uint64_t>& by_day = delivered_[same_[run]];
  const auto end = by_day.begin() + static_cast<std::ptrdiff_t>(std::min(day, by_day.size()));
  return std::accumulate(by_day.begin(), end, std::uint64_t{0});
}

std::vector<std::size_t> RunTable::in_order_of_id() const {
  std::vector<std::size_t> order(size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {},
                           [this](std::size_t run) { return std::string_view(ids_[run]); });
  return order;
}

std::size_t RunTable::missing() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      states_, [](RunState s) { return s == RunState::failed || s == RunState::to_do; }));
}

}  // namespace weir::experiments
