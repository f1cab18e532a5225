#pragma once
/// Customers who come at random, wait in one line and are served by the first free server.
///
/// Built from the kernel and Chance alone, so that what theory says of such queues is said of them.

#include <cstdint>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

#include "sim/kernel.h"
#include "sim/random.h"

namespace weir::testing {

class QueueModel {
 public:
  struct Shape {
    double arrivals_per_second = 0.0;              // Poisson
    std::function<double(Draw&)> service_seconds;  // independent of all else
    std::size_t servers = 1;
  };

  struct Customer {
    SimTime arrived{}, begun{}, left{};
  };

  /// Integrals over time of how many there are, in customers x nanoseconds.
  struct Areas {
    Wide waiting = 0, served = 0;
  };

  QueueModel(const StreamKey& key, Shape shape) : shape_(std::move(shape)), chance_(key) {}

  /// Lets `count` customers come, from an empty system at time 0, and runs until all have left.
  void run(std::uint32_t count) {
    customers_.resize(count);
    schedule_arrival(0);
    while (kernel_.step(kNever, [this](const Event& event) { handle(event); })) {
    }
  }

  const std::vector<Customer>& customers() const { return customers_; }
  const Areas& areas() const { return areas_; }
  Duration length() const { return kernel_.now().time_since_epoch(); }

 private:
  struct Event {
    enum class Kind : std::uint8_t { arrival, departure } kind;
    std::uint32_t customer;
  };

  static constexpr Purpose kArrival{1};
  static constexpr Purpose kService{2};

  void handle(const Event& event) {
    add_areas();
    if (event.kind == Event::Kind::arrival) {
      customers_[event.customer].arrived = kernel_.now();
      waiting_.push_back(event.customer);
      if (event.customer + 1 < customers_.size()) schedule_arrival(event.customer + 1);
    } else {
      customers_[event.customer].left = kernel_.now();
      --busy_;
    }
    if (busy_ < shape_.servers && !waiting_.empty()) serve_next();
  }

  void schedule_arrival(std::uint32_t customer) {
    Draw draw = chance_.draw(kArrival, customer);
    const double gap = draw.exponential() / shape_.arrivals_per_second;
    kernel_.in(chance_.duration(gap), {Event::Kind::arrival, customer});
  }

  void serve_next() {
    const std::uint32_t customer = waiting_.front();
    waiting_.pop_front();
    ++busy_;
    customers_[customer].begun = kernel_.now();
    Draw draw = chance_.draw(kService, customer);
    kernel_.in(chance_.duration(shape_.service_seconds(draw)), {Event::Kind::departure, customer});
  }

  void add_areas() {
    const Wide span = (kernel_.now() - last_).count();
    areas_.waiting += span * static_cast<Wide>(waiting_.size());
    areas_.served += span * static_cast<Wide>(busy_);
    last_ = kernel_.now();
  }

  Shape shape_;
  Chance chance_;
  Kernel<Event> kernel_;
  std::vector<Customer> customers_;
  std::deque<std::uint32_t> waiting_;
  std::size_t busy_ = 0;
  Areas areas_;
  SimTime last_{};
};

}  // namespace weir::testing
