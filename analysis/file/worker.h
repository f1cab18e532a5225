#pragma once
/// A thread that does jobs for another, one after the other.

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>

namespace weir::analysis {

class Worker {
 public:
  Worker() : thread_([this] { work(); }) {}

  /// Waits until all jobs are done.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Adds a job and returns at once. It must not throw.
  void post(std::function<void()> job);

  /// Does a job behind all that were posted, and returns or throws what it does.
  template <class Job>
  auto call(Job job) {
    using Task = std::packaged_task<std::invoke_result_t<Job>()>;
    const auto task = std::make_shared<Task>(std::move(job));
    post([task] { (*task)(); });
    return task->get_future().get();
  }

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  bool ending_ = false;
  std::thread thread_;  // last: it begins when all else is there
};

}  // namespace weir::analysis
