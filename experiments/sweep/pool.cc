#include "experiments/sweep/pool.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <fmt/core.h>
#include <poll.h>

#include "experiments/run/interrupt.h"
#include "sim/units.h"

namespace weir::experiments {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kLongestWait = 200;  // ms, between two looks at the stop flag and the clocks

/// A place in which one run is made at a time, by one child after the other.
struct Slot {
  std::unique_ptr<Child> child;
  bool ready = false;  // the child has said so
  std::optional<Task> task;
  Clock::time_point began{};
};

class Pool {
 public:
  Pool(const std::vector<Task>& tasks, const PoolOptions& options, Journal& journal)
      : tasks_(tasks), options_(options), journal_(journal) {
    slots_.resize(std::min<std::size_t>(options.jobs, tasks.size()));
  }

  bool run() {
    begin_runs();
    while (std::ranges::any_of(slots_, [](const Slot& s) { return s.task.has_value(); })) {
      wait();
      begin_runs();  // first, so that the children have work while the disk has
      record();
    }
    return next_ == tasks_.size() && !lost_;
  }

 private:
  void begin_runs() {
    for (Slot& slot : slots_) {
      if (slot.task || next_ == tasks_.size() || stop_requested()) continue;
      if (slot.child == nullptr) {
        slot.child = std::make_unique<Child>(options_.folder, options_.digest, options_.limits);
        slot.ready = false;
      }
      slot.task = tasks_[next_++];
      slot.began = Clock::now();
      slot.child->ask(fmt::format("{}", slot.task->number));
    }
  }

  void wait() {
    std::vector<pollfd> files;
    for (const Slot& slot : slots_)
      if (slot.task) files.push_back({slot.child->answers(), POLLIN, 0});
    ::poll(files.data(), files.size(), kLongestWait);
    for (Slot& slot : slots_)
      if (slot.task) look_at(slot);
  }

  /// Makes all that came together durable in one go.
  void record() {
    if (records_.empty()) return;
    journal_.append(records_);
    for (const RunRecord& record : records_)
      if (options_.finished) options_.finished(record);
    records_.clear();
  }

  void look_at(Slot& slot) {
    const bool alive = slot.child->read();
    while (const auto line = slot.child->next_line()) {
      if (!slot.ready) {
        slot.ready = true;
        slot.began = Clock::now();
      } else if (auto record = parse_journal_line(*line)) {
        return finish(slot, std::move(*record));
      } else {
        return give_up(slot, "its process wrote what is no result: ");
      }
    }
    if (!alive) return give_up(slot, "its process ");
    if (options_.limits.time && Clock::now() - slot.began > *options_.limits.time)
      give_up(slot,
              fmt::format("it took longer than {}: its process ", to_text(*options_.limits.time)));
  }

  void finish(Slot& slot, RunRecord&& record) {
    record.id = slot.task->id;
    record.attempt = slot.task->attempt;
    // What a run that failed leaves behind is nobody's business.
    if (!record.result) slot.child.reset();
    slot.task.reset();
    records_.push_back(std::move(record));
  }

  /// The run ends with its process.
  void give_up(Slot& slot, const std::string& why) {
    RunRecord record;
    record.cost.wall_s = std::chrono::duration<double>(Clock::now() - slot.began).count();
    record.reason = why + slot.child->end();
    slot.child.reset();
    if (!slot.ready) throw std::runtime_error("no run can be made: " + record.reason);
    if (stop_requested()) {  // perhaps ended by the same signal: it is no failure of the run
      slot.task.reset();
      lost_ = true;
      return;
    }
    finish(slot, std::move(record));
  }

  const std::vector<Task>& tasks_;
  const PoolOptions& options_;
  Journal& journal_;
  std::vector<Slot> slots_;
  std::size_t next_ = 0;
  std::vector<RunRecord> records_;
  bool lost_ = false;  // a run under way when a signal came
};

}  // namespace

bool make_runs(const std::vector<Task>& tasks, const PoolOptions& options, Journal& journal) {
  return Pool(tasks, options, journal).run();
}

}  // namespace weir::experiments
